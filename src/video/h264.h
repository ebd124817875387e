#pragma once

#include "video/nal_units.h"

#include <optional>
#include <vector>

// As much of H.264 (ITU-T Rec. H.264, 04/2017) as carrying it needs: its NAL units and its parameter sets.

namespace leedswatch::video {

/// What clause 7.3.2.1 says of the pictures.
struct SequenceParameters {
    int width = 0;  ///< after cropping
    int height = 0;
    unsigned chromaFormat = 1;
    unsigned lumaDepth = 8;
    unsigned chromaDepth = 8;
    bool coloursApart = false;        ///< each colour is coded as a picture of its own
    unsigned numberBits = 4;          ///< of a picture's number (frame_num); more than 16 is noise
    bool mayLeaveNumbersOut = false;  ///< a hole in the numbers is no loss
    unsigned referenceFrames = 0;
    bool framesOnly = true;  ///< no picture is coded as two fields
};

/// Nothing if the NAL unit is not a sequence parameter set that makes sense.
[[nodiscard]] std::optional<SequenceParameters> readSequenceParameters(Bytes nalUnit);

/// The beginning of a slice header (clause 7.3.3).
struct H264Slice {
    bool isIdr = false;
    bool isReference = false;
    bool isIntra = false;
    std::uint32_t number = 0;  ///< frame_num
    bool isField = false;
    bool isBottom = false;  ///< of a field
};

/// Nothing if the NAL unit holds no slice, or its header ends too soon.
[[nodiscard]] std::optional<H264Slice> readH264Slice(Bytes nalUnit, const SequenceParameters& parameters);

/// Turns the Annex B byte stream (start codes) that a source gives into AVC form and follows the parameter sets. A key
/// picture is an IDR picture, one from which the stream says that decoding may begin (recovery point, D.2.8), or an
/// intra picture of a stream that keeps one reference picture only. Fields that come one by one stay packets of their
/// own; the second one says so.
class H264Stream final : public StreamParser {
public:
    void describe(Bytes annexB) override;
    /// One picture. Parameter sets inside it replace the ones before; `format` then changes.
    [[nodiscard]] Packet convert(Bytes annexB) override;
    /// Null until both kinds of parameter set have been seen and made sense.
    [[nodiscard]] const std::shared_ptr<const StreamFormat>& format() const override { return m_format; }

private:
    void take();
    void rebuildFormat();
    [[nodiscard]] std::optional<unsigned> activeSequence() const;
    [[nodiscard]] bool completesPicture(const H264Slice& slice);

    ParameterSets m_sequenceSets;
    ParameterSets m_pictureSets;
    std::map<unsigned, unsigned> m_sequenceOfPicture;  // which sequence set a picture set names
    std::optional<unsigned> m_activeSequence;
    std::shared_ptr<const StreamFormat> m_format;
    SequenceParameters m_parameters;  // of m_format
    std::optional<H264Slice> m_firstField;
    WaitingUnits m_waiting;
    bool m_waitingKey = false;  // what waits says that decoding may begin with the next picture
    // Scratch, kept so that a picture costs no allocation but its own.
    std::vector<Bytes> m_nalUnits;
};

}  // namespace leedswatch::video

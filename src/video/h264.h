#pragma once

#include "video/stream_parser.h"

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
};

/// Nothing if the NAL unit is not a sequence parameter set that makes sense.
[[nodiscard]] std::optional<SequenceParameters> readSequenceParameters(Bytes nalUnit);

/// Turns the Annex B byte stream (start codes) that a source gives into AVC form and follows the parameter sets. A key
/// picture is an IDR picture, or one from which the stream says that decoding may begin (recovery point, D.2.8).
class H264Stream final : public StreamParser {
public:
    void describe(Bytes annexB) override;
    /// One picture. Parameter sets inside it replace the ones before; `format` then changes.
    [[nodiscard]] Packet convert(Bytes annexB) override;
    /// Null until both kinds of parameter set have been seen and made sense.
    [[nodiscard]] const std::shared_ptr<const StreamFormat>& format() const override { return m_format; }

private:
    using Sets = std::vector<std::vector<std::byte>>;
    void take(const std::vector<Bytes>& sequence, const std::vector<Bytes>& picture);
    void rebuildFormat();

    Sets m_sequenceSets;
    Sets m_pictureSets;
    std::shared_ptr<const StreamFormat> m_format;
    // Scratch, kept so that a picture costs no allocation but its own.
    std::vector<Bytes> m_nalUnits;
};

}  // namespace leedswatch::video

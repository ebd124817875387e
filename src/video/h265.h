#pragma once

#include "video/nal_units.h"

#include <array>
#include <optional>

// As much of H.265 (ITU-T Rec. H.265, 12/2016) as carrying it needs.

namespace leedswatch::video {

/// What clause 7.3.2.2 says of the pictures.
struct H265Sequence {
    unsigned number = 0;
    int width = 0;  ///< inside the conformance window
    int height = 0;
    unsigned chromaFormat = 1;
    unsigned lumaDepth = 8;
    unsigned chromaDepth = 8;
    unsigned temporalLayers = 1;
    bool temporalNesting = false;
    std::array<std::byte, 12> profile{};  ///< general profile, tier and level, as hvcC repeats them
};

/// Nothing if the NAL unit is not a sequence parameter set that makes sense.
[[nodiscard]] std::optional<H265Sequence> readH265Sequence(Bytes nalUnit);

/// Table 7-1, as far as it matters here.
enum class H265Picture {
    None,     ///< no slice in it
    Usual,    ///< rests on others
    Skipped,  ///< RASL: rests on pictures before the key picture before it; cannot be decoded if decoding began there
    Key,      ///< IRAP: IDR, CRA or BLA
};
/// Of a picture in length-prefixed form.
[[nodiscard]] H265Picture h265PictureOf(Bytes picture);

/// H.265 as a source gives it, Annex B. Every picture at which decoding may begin (IRAP) is a key picture.
class H265Stream final : public StreamParser {
public:
    void describe(Bytes annexB) override;
    [[nodiscard]] Packet convert(Bytes annexB) override;
    /// Null until all three kinds of parameter set have been seen and made sense.
    [[nodiscard]] const std::shared_ptr<const StreamFormat>& format() const override { return m_format; }

private:
    void take();
    void rebuildFormat();
    [[nodiscard]] std::optional<unsigned> activeSequence() const;

    ParameterSets m_videoSets;
    ParameterSets m_sequenceSets;
    ParameterSets m_pictureSets;
    std::map<unsigned, unsigned> m_sequenceOfPicture;  // which sequence set a picture set names
    std::optional<unsigned> m_activeSequence;
    std::shared_ptr<const StreamFormat> m_format;
    WaitingUnits m_waiting;
    // Scratch, kept so that a picture costs no allocation but its own.
    std::vector<Bytes> m_nalUnits;
};

}  // namespace leedswatch::video

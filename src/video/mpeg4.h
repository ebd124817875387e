#pragma once

#include "video/stream_parser.h"

#include <optional>
#include <vector>

// As much of MPEG-4 part 2 (ISO/IEC 14496-2:2004, clause 6.2) as carrying it needs.

namespace leedswatch::video {

/// What the header of a video object layer says of the pictures.
struct Mpeg4Layer {
    int width = 0;
    int height = 0;
};

/// `header` begins behind the start code. Nothing if it makes no sense, or its pictures are not rectangles.
[[nodiscard]] std::optional<Mpeg4Layer> readMpeg4Layer(Bytes header);

/// MPEG-4 part 2 as a source gives it. Every intra coded picture (I-VOP) is a key picture.
class Mpeg4Stream final : public StreamParser {
public:
    void describe(Bytes headers) override;
    [[nodiscard]] Packet convert(Bytes picture) override;
    /// Null until a header with a size has been seen.
    [[nodiscard]] const std::shared_ptr<const StreamFormat>& format() const override { return m_format; }

private:
    void takeHeaders(Bytes bytes);

    std::vector<std::byte> m_headers;  // as they came last, without what is not theirs
    std::shared_ptr<const StreamFormat> m_format;
};

}  // namespace leedswatch::video

#pragma once

#include "video/stream_parser.h"

#include <optional>

// As much of JPEG (ITU-T Rec. T.81, annex B) as carrying pictures in it needs.

namespace leedswatch::video {

struct JpegSize {
    int width = 0;
    int height = 0;
};

/// Of the first frame header. Nothing if these bytes are no JPEG picture, or break off before their size.
[[nodiscard]] std::optional<JpegSize> readJpegSize(Bytes picture);

/// Whether a picture has its end (EOI); zeros may stand behind it. One that was cut off has none.
[[nodiscard]] bool hasJpegEnd(Bytes picture);

/// A JPEG a picture, each of them a key picture.
class MjpegStream final : public StreamParser {
public:
    void describe(Bytes) override {}
    [[nodiscard]] Packet convert(Bytes picture) override;
    [[nodiscard]] const std::shared_ptr<const StreamFormat>& format() const override { return m_format; }

private:
    std::shared_ptr<const StreamFormat> m_format;
};

}  // namespace leedswatch::video

#pragma once

#include "base/result.h"
#include "video/ffmpeg_handles.h"

#include <cstdint>

namespace leedswatch::transcode {

/// The brightness of a picture, 8 bits a pixel. Keeps what it looks at.
class Luma {
public:
    [[nodiscard]] int width() const { return m_frame->width; }
    [[nodiscard]] int height() const { return m_frame->height; }
    [[nodiscard]] const std::uint8_t* row(int y) const { return m_frame->data[0] + y * m_frame->linesize[0]; }
    /// The same picture once more, without a copy.
    [[nodiscard]] Luma share() const { return Luma{video::FrameHandle{av_frame_clone(m_frame.get())}}; }
    [[nodiscard]] bool hasSizeOf(const Luma& other) const {
        return width() == other.width() && height() == other.height();
    }

private:
    friend class LumaReader;
    explicit Luma(video::FrameHandle frame) : m_frame{std::move(frame)} {}

    video::FrameHandle m_frame;
};

/// Gives the brightness of decoded pictures of any kind: without a copy where it is a plane of its own. One thread.
class LumaReader {
public:
    /// Error: Unsupported (the pixel format).
    [[nodiscard]] base::Result<Luma> read(const AVFrame& picture);

private:
    [[nodiscard]] base::Result<Luma> convert(const AVFrame& picture);

    video::ScalerHandle m_scaler;
};

}  // namespace leedswatch::transcode

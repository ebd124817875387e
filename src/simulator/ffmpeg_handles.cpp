#include "simulator/ffmpeg_handles.h"

#include <array>

namespace leedswatch::simulator {

FramePointer makeFrame(int width, int height) {
    FramePointer frame{av_frame_alloc()};
    if (frame) {
        frame->width = width;
        frame->height = height;
        frame->format = AV_PIX_FMT_YUV420P;
        if (av_frame_get_buffer(frame.get(), 0) < 0) {
            frame.reset();
        }
    }
    return frame;
}

base::Error ffmpegError(int code, const std::string& what) {
    std::array<char, AV_ERROR_MAX_STRING_SIZE> words{};
    av_strerror(code, words.data(), words.size());
    base::ErrorCode mapped = base::ErrorCode::Damaged;
    if (code == AVERROR_DECODER_NOT_FOUND || code == AVERROR_ENCODER_NOT_FOUND || code == AVERROR_PATCHWELCOME) {
        mapped = base::ErrorCode::Unsupported;
    } else if (code == AVERROR(ENOENT)) {
        mapped = base::ErrorCode::NotFound;
    } else if (code == AVERROR(ENOMEM)) {
        mapped = base::ErrorCode::Internal;
    }
    return {mapped, what + ": " + words.data()};
}

}  // namespace leedswatch::simulator

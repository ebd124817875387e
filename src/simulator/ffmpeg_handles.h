#pragma once

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libswscale/swscale.h>
}

#include "base/result.h"

#include <memory>
#include <string>

// Ownership of FFmpeg's things, and the one place where its errors become ours.

namespace leedswatch::simulator {

struct FfmpegFree {
    void operator()(AVCodecContext* context) const { avcodec_free_context(&context); }
    void operator()(AVFormatContext* context) const { avformat_close_input(&context); }
    void operator()(AVFrame* frame) const { av_frame_free(&frame); }
    void operator()(AVPacket* packet) const { av_packet_free(&packet); }
    void operator()(SwsContext* context) const { sws_freeContext(context); }
};
template <typename T>
using FfmpegHandle = std::unique_ptr<T, FfmpegFree>;

/// A picture before it is encoded or after it was decoded: 8-bit YUV 4:2:0 where nothing else is said.
using FramePointer = FfmpegHandle<AVFrame>;

/// A new frame of that size with memory of its own; null only when there is none.
[[nodiscard]] FramePointer makeFrame(int width, int height);

/// `what` says what was being done to what; FFmpeg's own words follow it.
[[nodiscard]] base::Error ffmpegError(int code, const std::string& what);

}  // namespace leedswatch::simulator

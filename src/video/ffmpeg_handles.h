#pragma once

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/dict.h>
#include <libavutil/frame.h>
#include <libavutil/mem.h>
#include <libswscale/swscale.h>
}

#include <cstdint>
#include <memory>

// FFmpeg's C objects as owners. Nothing else in the program frees one by hand.

namespace leedswatch::video {

struct FfmpegDeleter {
    void operator()(AVPacket* packet) const { av_packet_free(&packet); }
    void operator()(AVFrame* frame) const { av_frame_free(&frame); }
    void operator()(AVCodecContext* context) const { avcodec_free_context(&context); }
    void operator()(AVCodecParameters* parameters) const { avcodec_parameters_free(&parameters); }
    void operator()(AVCodecParserContext* parser) const { av_parser_close(parser); }
    void operator()(SwsContext* scaler) const { sws_freeContext(scaler); }
    void operator()(AVDictionary* dictionary) const { av_dict_free(&dictionary); }
    void operator()(std::uint8_t* memory) const { av_free(memory); }
    void operator()(AVIOContext* io) const {
        av_freep(&io->buffer);
        avio_context_free(&io);
    }
};

struct InputCloser {
    void operator()(AVFormatContext* input) const { avformat_close_input(&input); }
};
/// For muxers whose AVIOContext is owned apart.
struct OutputCloser {
    void operator()(AVFormatContext* output) const { avformat_free_context(output); }
};

using PacketHandle = std::unique_ptr<AVPacket, FfmpegDeleter>;
using FrameHandle = std::unique_ptr<AVFrame, FfmpegDeleter>;
using CodecContextHandle = std::unique_ptr<AVCodecContext, FfmpegDeleter>;
using CodecParametersHandle = std::unique_ptr<AVCodecParameters, FfmpegDeleter>;
using ParserHandle = std::unique_ptr<AVCodecParserContext, FfmpegDeleter>;
using ScalerHandle = std::unique_ptr<SwsContext, FfmpegDeleter>;
using DictionaryHandle = std::unique_ptr<AVDictionary, FfmpegDeleter>;
using IoHandle = std::unique_ptr<AVIOContext, FfmpegDeleter>;
using InputHandle = std::unique_ptr<AVFormatContext, InputCloser>;
using OutputHandle = std::unique_ptr<AVFormatContext, OutputCloser>;

}  // namespace leedswatch::video

#include "read_back.h"

#include "video/ffmpeg_handles.h"

#include <stdexcept>

namespace leedswatch::tests {
namespace {

video::InputHandle openFile(const std::filesystem::path& file) {
    AVFormatContext* context = nullptr;
    if (avformat_open_input(&context, file.c_str(), nullptr, nullptr) < 0) {
        throw std::runtime_error{"does not open: " + file.string()};
    }
    video::InputHandle input{context};
    if (avformat_find_stream_info(context, nullptr) < 0 || context->nb_streams < 1 ||
        context->streams[0]->codecpar->codec_type != AVMEDIA_TYPE_VIDEO) {
        throw std::runtime_error{"no pictures first: " + file.string()};
    }
    return input;
}

int takeFrames(AVCodecContext& decoder) {
    const video::FrameHandle frame{av_frame_alloc()};
    int count = 0;
    while (avcodec_receive_frame(&decoder, frame.get()) == 0) {
        if (frame->decode_error_flags != 0 || (frame->flags & AV_FRAME_FLAG_CORRUPT) != 0) {
            throw std::runtime_error{"a picture is damaged"};
        }
        ++count;
    }
    return count;
}

}  // namespace

std::vector<ReadPicture> readBack(const std::filesystem::path& file) {
    const auto input = openFile(file);
    const video::PacketHandle packet{av_packet_alloc()};
    std::vector<ReadPicture> pictures;
    while (av_read_frame(input.get(), packet.get()) == 0) {
        if (packet->stream_index != 0) {
            av_packet_unref(packet.get());
            continue;
        }
        const auto* begin = reinterpret_cast<const std::byte*>(packet->data);
        const AVRational ticks{1, video::kMediaTicksPerSecond};
        const AVRational base = input->streams[0]->time_base;
        pictures.push_back({{begin, begin + packet->size},
                            av_rescale_q(packet->pts, base, ticks),
                            av_rescale_q(packet->duration, base, ticks),
                            (packet->flags & AV_PKT_FLAG_KEY) != 0});
        av_packet_unref(packet.get());
    }
    return pictures;
}

std::vector<ReadSound> readSoundBack(const std::filesystem::path& file) {
    const auto input = openFile(file);
    const video::PacketHandle packet{av_packet_alloc()};
    std::vector<ReadSound> sound;
    while (av_read_frame(input.get(), packet.get()) == 0) {
        if (packet->stream_index == 1) {
            const auto* begin = reinterpret_cast<const std::byte*>(packet->data);
            sound.push_back({{begin, begin + packet->size}, packet->pts});
        }
        av_packet_unref(packet.get());
    }
    return sound;
}

int decodeAll(const std::filesystem::path& file) {
    const auto input = openFile(file);
    const AVCodecParameters* parameters = input->streams[0]->codecpar;
    const AVCodec* codec = avcodec_find_decoder(parameters->codec_id);
    const video::CodecContextHandle decoder{avcodec_alloc_context3(codec)};
    avcodec_parameters_to_context(decoder.get(), parameters);
    decoder->err_recognition = AV_EF_EXPLODE | AV_EF_CAREFUL;
    if (avcodec_open2(decoder.get(), codec, nullptr) < 0) {
        throw std::runtime_error{"the decoder does not open"};
    }
    const video::PacketHandle packet{av_packet_alloc()};
    int count = 0;
    while (av_read_frame(input.get(), packet.get()) == 0) {
        if (packet->stream_index == 0 && avcodec_send_packet(decoder.get(), packet.get()) < 0) {
            throw std::runtime_error{"a picture does not decode"};
        }
        av_packet_unref(packet.get());
        count += takeFrames(*decoder);
    }
    avcodec_send_packet(decoder.get(), nullptr);
    return count + takeFrames(*decoder);
}

}  // namespace leedswatch::tests

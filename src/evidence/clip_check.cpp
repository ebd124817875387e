#include "evidence/clip_check.h"

#include "video/ffmpeg_error.h"
#include "video/ffmpeg_handles.h"

namespace leedswatch::evidence {
namespace {

base::Result<video::InputHandle> openMp4(const std::filesystem::path& file, bool withEditList) {
    video::quietFfmpeg();
    AVFormatContext* input = nullptr;
    AVDictionary* options = nullptr;
    av_dict_set(&options, "ignore_editlist", withEditList ? "0" : "1", 0);
    const std::string name = "file:" + file.string();
    const int answer = avformat_open_input(&input, name.c_str(), av_find_input_format("mov"), &options);
    av_dict_free(&options);
    if (answer < 0) {
        return base::fail(video::errorFromFfmpeg(answer, "open " + file.filename().string()));
    }
    return video::InputHandle{input};
}

/// One stream of pictures, the first, and at most one of sound.
bool isClip(const AVFormatContext& input) {
    const auto typeOf = [&](unsigned number) { return input.streams[number]->codecpar->codec_type; };
    return (input.nb_streams == 1 || (input.nb_streams == 2 && typeOf(1) == AVMEDIA_TYPE_AUDIO)) &&
           typeOf(0) == AVMEDIA_TYPE_VIDEO;
}

base::Result<void> countStored(const std::filesystem::path& file, const std::stop_token& stop, ClipContents& contents) {
    TRY_ASSIGN(const auto input, openMp4(file, false));
    const video::PacketHandle packet{av_packet_alloc()};
    while (av_read_frame(input.get(), packet.get()) >= 0) {
        if (packet->stream_index == 0) {
            ++contents.stored;
        } else {
            contents.soundBytes += static_cast<std::uint64_t>(packet->size);
        }
        av_packet_unref(packet.get());
        if (stop.stop_requested()) {
            return base::fail(base::ErrorCode::Cancelled, "the export was cancelled");
        }
    }
    return {};
}

base::Result<video::CodecContextHandle> openDecoder(const AVCodecParameters& parameters) {
    const AVCodec* codec = avcodec_find_decoder(parameters.codec_id);
    video::CodecContextHandle decoder{codec != nullptr ? avcodec_alloc_context3(codec) : nullptr};
    if (!decoder || avcodec_parameters_to_context(decoder.get(), &parameters) < 0) {
        return base::fail(base::ErrorCode::Unsupported, "there is no decoder for the exported video");
    }
    decoder->thread_count = 2;
    if (const int answer = avcodec_open2(decoder.get(), codec, nullptr); answer < 0) {
        return base::fail(video::errorFromFfmpeg(answer, "open a decoder for the exported video"));
    }
    return decoder;
}

void countDecoded(AVCodecContext& decoder, AVFrame& frame, ClipContents& contents) {
    while (avcodec_receive_frame(&decoder, &frame) >= 0) {
        ++contents.decoded;
    }
}

}  // namespace

base::Result<ClipContents> contentsOf(const std::filesystem::path& file, const std::stop_token& stop,
                                      const std::function<void(double)>& advanced) {
    ClipContents contents;
    TRY(countStored(file, stop, contents));
    TRY_ASSIGN(const auto input, openMp4(file, true));
    if (!isClip(*input)) {
        return base::fail(base::ErrorCode::Damaged, file.filename().string() + " does not hold one video");
    }
    TRY_ASSIGN(const auto decoder, openDecoder(*input->streams[0]->codecpar));
    const video::PacketHandle packet{av_packet_alloc()};
    const video::FrameHandle frame{av_frame_alloc()};
    std::int64_t read = 0;
    while (av_read_frame(input.get(), packet.get()) >= 0) {
        if (packet->stream_index != 0) {
            av_packet_unref(packet.get());
            continue;
        }
        contents.shown += (packet->flags & AV_PKT_FLAG_DISCARD) == 0 ? 1 : 0;
        static_cast<void>(avcodec_send_packet(decoder.get(), packet.get()));  // a refused one is missing in the count
        av_packet_unref(packet.get());
        countDecoded(*decoder, *frame, contents);
        if (stop.stop_requested()) {
            return base::fail(base::ErrorCode::Cancelled, "the export was cancelled");
        }
        if (advanced && ++read % 64 == 0) {
            advanced(static_cast<double>(read) / static_cast<double>(std::max<std::int64_t>(contents.stored, 1)));
        }
    }
    avcodec_send_packet(decoder.get(), nullptr);
    countDecoded(*decoder, *frame, contents);
    return contents;
}

}  // namespace leedswatch::evidence

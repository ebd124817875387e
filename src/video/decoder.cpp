#include "video/decoder.h"

#include "video/ffmpeg_error.h"

#include <cstring>

namespace leedswatch::video {
namespace {

bool isBroken(const AVFrame& frame) {
    return (frame.flags & AV_FRAME_FLAG_CORRUPT) != 0 || frame.decode_error_flags != 0;
}

}  // namespace

base::Result<std::unique_ptr<Decoder>> Decoder::create(std::shared_ptr<const StreamFormat> format) {
    quietFfmpeg();
    const AVCodec* codec = avcodec_find_decoder(AV_CODEC_ID_H264);
    if (codec == nullptr) {
        return base::fail(base::ErrorCode::Unsupported, "this installation of FFmpeg has no H.264 decoder");
    }
    std::unique_ptr<Decoder> decoder{new Decoder{std::move(format)}};
    decoder->m_context.reset(avcodec_alloc_context3(codec));
    decoder->m_packet.reset(av_packet_alloc());
    decoder->m_received.reset(av_frame_alloc());
    decoder->m_frame.reset(av_frame_alloc());
    AVCodecContext& context = *decoder->m_context;
    const auto& record = decoder->m_format->record;
    context.extradata = static_cast<std::uint8_t*>(av_mallocz(record.size() + AV_INPUT_BUFFER_PADDING_SIZE));
    context.extradata_size = static_cast<int>(record.size());
    std::memcpy(context.extradata, record.data(), record.size());
    // A thread for each stream is ours already; more inside would add a picture of delay each.
    context.thread_count = 1;
    context.flags |= AV_CODEC_FLAG_LOW_DELAY;
    if (const int answer = avcodec_open2(&context, codec, nullptr); answer < 0) {
        return base::fail(base::ErrorCode::Unsupported, errorFromFfmpeg(answer, "open the decoder").message);
    }
    return decoder;
}

const AVFrame* Decoder::decode(const Packet& packet) {
    if (av_new_packet(m_packet.get(), static_cast<int>(packet.bytes->size())) < 0) {
        ++m_refused;
        return nullptr;
    }
    std::memcpy(m_packet->data, packet.bytes->data(), packet.bytes->size());
    m_packet->pts = packet.time;
    m_packet->flags = packet.isKey ? AV_PKT_FLAG_KEY : 0;
    const int answer = avcodec_send_packet(m_context.get(), m_packet.get());
    av_packet_unref(m_packet.get());
    const bool afterHole = m_order.isAfterHole(*packet.bytes);
    m_waitsForKey = m_waitsForKey || afterHole;
    bool whole = answer >= 0;
    bool received = false;
    // One packet is one picture; should there be more, the newest counts.
    while (whole && avcodec_receive_frame(m_context.get(), m_received.get()) >= 0) {
        received = true;
        av_frame_unref(m_frame.get());
        av_frame_move_ref(m_frame.get(), m_received.get());
        whole = !isBroken(*m_frame);
        if (whole && m_frame->key_frame != 0) {
            m_waitsForKey = false;
        }
    }
    m_waitsForKey = m_waitsForKey || !whole;
    if (!received || m_waitsForKey) {
        ++m_refused;
        return nullptr;
    }
    ++m_decoded;
    return m_frame.get();
}

}  // namespace leedswatch::video

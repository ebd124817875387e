#include "video/decoder.h"

#include "video/ffmpeg_codec.h"
#include "video/ffmpeg_error.h"
#include "video/h265.h"
#include "video/mjpeg.h"

#include <algorithm>
#include <cstring>
#include <thread>

namespace leedswatch::video {
namespace {

// A camera that reorders pictures does so from its first GOP on.
constexpr std::size_t kFirstPackets = 16;
constexpr int kLarge = 1280 * 720;

bool isBroken(const AVFrame& frame) {
    return (frame.flags & AV_FRAME_FLAG_CORRUPT) != 0 || frame.decode_error_flags != 0;
}

}  // namespace

Decoder::Decoder(std::shared_ptr<const StreamFormat> format, HardwareDecoding* hardware, Pace pace)
    : m_format{std::move(format)},
      m_hardware{hardware},
      m_packet{av_packet_alloc()},
      m_received{av_frame_alloc()},
      m_frame{av_frame_alloc()},
      m_pace{pace} {
    if (m_format->codec == VideoCodec::H264) {
        m_references.emplace<FrameOrder>(m_format->record);
    } else if (m_format->codec == VideoCodec::H265) {
        m_references.emplace<H265References>(m_format->record);
    }
}

base::Result<std::unique_ptr<Decoder>> Decoder::create(std::shared_ptr<const StreamFormat> format,
                                                       HardwareDecoding* hardware, Pace pace) {
    quietFfmpeg();
    std::unique_ptr<Decoder> decoder{new Decoder{std::move(format), hardware, pace}};
    TRY(decoder->open());
    return decoder;
}

base::Result<void> Decoder::open() {
    const AVCodec* codec = avcodec_find_decoder(ffmpegIdOf(m_format->codec));
    if (codec == nullptr) {
        return base::fail(base::ErrorCode::Unsupported,
                          "this installation of FFmpeg has no decoder for " + std::string{nameOf(m_format->codec)});
    }
    m_context.reset(avcodec_alloc_context3(codec));
    const CodecParametersHandle parameters{avcodec_parameters_alloc()};
    describeTo(*parameters, *m_format);
    avcodec_parameters_to_context(m_context.get(), parameters.get());
    useThreads();
    // Of a small picture, bringing it back from the card costs more than decoding it here.
    const bool isLarge = m_format->width * m_format->height >= kLarge;
    m_isInHardware =
        m_hardware != nullptr && isLarge && !m_isDelayed && m_hardware->mayTry() && m_hardware->joinTo(*m_context);
    const int answer = avcodec_open2(m_context.get(), codec, nullptr);
    if (answer < 0 && m_isInHardware) {
        m_hardware->giveUp();
        return open();
    }
    if (answer < 0) {
        return base::fail(base::ErrorCode::Unsupported, errorFromFfmpeg(answer, "open the decoder").message);
    }
    return {};
}

// A thread for each stream is ours already; more inside add a picture of delay each. That is worth it only while a past
// is caught up with: a GOP of 100 pictures of 1920x1080 takes one core 0.8 s.
void Decoder::useThreads() {
    constexpr unsigned most = 4;
    const bool isLarge = m_format->width * m_format->height >= kLarge;
    const bool isSplit = m_format->codec == VideoCodec::H264 || m_format->codec == VideoCodec::H265;
    const unsigned cores = std::min(std::thread::hardware_concurrency(), most);
    m_isDelayed = m_pace == Pace::CatchingUp && isLarge && isSplit && cores > 1 && !m_reorders;
    m_context->thread_count = m_isDelayed ? static_cast<int>(cores) : 1;
    m_context->thread_type = FF_THREAD_FRAME;
    if (!m_reorders && !m_isDelayed) {
        m_context->flags |= AV_CODEC_FLAG_LOW_DELAY;
    }
}

const AVFrame* Decoder::decode(const Packet& packet) {
    if (std::exchange(m_gaveNothing, false) && !packet.isSecondField) {
        ++m_refused;
        ++m_withoutReason;
    }
    const Soundness soundness = judge(packet);
    noticeReordering(packet);
    if (soundness == Soundness::Refused) {
        ++m_refused;
        return nullptr;
    }
    return decodeSound(packet, soundness == Soundness::Sound);
}

// libavcodec fills holes in a stream with copies or grey and says nothing, and shows what it can of a JPEG.
Decoder::Soundness Decoder::judge(const Packet& packet) {
    if (m_format->codec == VideoCodec::Mjpeg) {
        return hasJpegEnd(*packet.bytes) ? Soundness::Sound : Soundness::Refused;
    }
    if (auto* order = std::get_if<FrameOrder>(&m_references)) {
        return order->isAfterHole(*packet.bytes) ? Soundness::AfterHole : Soundness::Sound;
    }
    if (auto* references = std::get_if<H265References>(&m_references)) {
        const bool isAfterHole = references->isAfterHole(*packet.bytes);
        if (isAfterHole && h265PictureOf(*packet.bytes) == H265Picture::Skipped) {
            return Soundness::Refused;  // nothing rests on it but its like
        }
        return isAfterHole ? Soundness::AfterHole : Soundness::Sound;
    }
    return Soundness::Sound;
}

// Until a picture comes that is shown before one that came earlier, nothing waits for its turn. Then the decoder is
// opened anew with an order of showing, and what it had so far of a first GOP is decoded again.
void Decoder::noticeReordering(const Packet& packet) {
    const bool goesBack = m_newestTime && packet.time < *m_newestTime;
    m_newestTime = std::max(packet.time, m_newestTime.value_or(packet.time));
    if (m_reorders) {
        return;
    }
    if (goesBack) {
        m_reorders = true;
        m_refused -= std::exchange(m_withoutReason, 0);  // they were waiting for their turn
        if (open()) {
            decodeAgain(std::exchange(m_first, {}));
        }
        return;
    }
    if (m_isUndecided && (packet.isKey || !m_first.empty())) {
        m_first.push_back(packet);
    }
    if (m_first.size() >= kFirstPackets) {
        m_isUndecided = false;
        m_first.clear();
    }
}

void Decoder::leaveHardware() {
    m_waitsForKey = true;
    m_keyTime.reset();
    static_cast<void>(open());
}

void Decoder::decodeAgain(const std::vector<Packet>& packets) {
    m_waitsForKey = true;
    m_keyTime.reset();
    const auto decoded = m_decoded;
    const auto refused = m_refused;
    const auto given = m_givenTime;
    for (const Packet& packet : packets) {
        static_cast<void>(decodeSound(packet, true));
    }
    m_decoded = decoded;
    m_refused = refused;
    m_givenTime = given;
    m_gaveNothing = false;
}

const AVFrame* Decoder::decodeSound(const Packet& packet, bool isSound) {
    if (!isSound) {
        m_waitsForKey = true;
        m_keyTime.reset();
    }
    if (packet.isKey) {
        m_keyTime = packet.time;
    }
    const bool wasInHardware = m_isInHardware;
    bool received = false;
    if (!send(packet) || !receive(received)) {
        m_waitsForKey = true;
        m_keyTime.reset();
        if (wasInHardware && isSound) {
            m_hardware->noteBad();
        }
        if (wasInHardware && !m_hardware->mayTry()) {
            leaveHardware();
        }
        received = true;
    }
    if (!received) {
        m_gaveNothing = !m_reorders && !m_isDelayed;
        return nullptr;
    }
    if (m_waitsForKey) {
        ++m_refused;
        return nullptr;
    }
    // When reordering is noticed a later picture may have been given out already.
    if (m_reorders && m_givenTime && m_frame->pts <= *m_givenTime &&
        *m_givenTime - m_frame->pts < kMediaTicksPerSecond) {
        return nullptr;
    }
    m_givenTime = m_frame->pts;
    ++m_decoded;
    return m_frame.get();
}

bool Decoder::send(const Packet& packet) {
    if (av_new_packet(m_packet.get(), static_cast<int>(packet.bytes->size())) < 0) {
        return false;
    }
    std::memcpy(m_packet->data, packet.bytes->data(), packet.bytes->size());
    m_packet->pts = packet.time;
    m_packet->flags = packet.isKey ? AV_PKT_FLAG_KEY : 0;
    const int answer = avcodec_send_packet(m_context.get(), m_packet.get());
    av_packet_unref(m_packet.get());
    return answer >= 0;
}

// libavcodec decodes by itself, and says nothing, what the device turns out not to know.
void Decoder::noteWhere(const AVFrame& picture) {
    if (!m_isInHardware) {
        return;
    }
    if (picture.hw_frames_ctx != nullptr) {
        m_hardware->noteGood();
    } else {
        m_hardware->giveUp();
        m_isInHardware = false;
    }
}

// One packet is one picture; should there be more, the newest counts.
bool Decoder::receive(bool& received) {
    while (avcodec_receive_frame(m_context.get(), m_received.get()) >= 0) {
        received = true;
        const bool isWhole = !isBroken(*m_received);
        av_frame_unref(m_frame.get());
        noteWhere(*m_received);
        if (m_received->hw_frames_ctx != nullptr) {
            if (av_hwframe_transfer_data(m_frame.get(), m_received.get(), 0) < 0) {
                return false;
            }
            av_frame_copy_props(m_frame.get(), m_received.get());
            av_frame_unref(m_received.get());
        } else {
            av_frame_move_ref(m_frame.get(), m_received.get());
        }
        if (!isWhole) {
            return false;
        }
        if (m_keyTime && m_frame->pts >= *m_keyTime) {
            m_waitsForKey = false;
        }
    }
    return true;
}

}  // namespace leedswatch::video

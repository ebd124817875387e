#include "viewer/rtsp_client.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

namespace leedswatch::tests {
namespace {

using Clock = std::chrono::steady_clock;

Shown shownIn(const AVFrame& frame) {
    Shown shown{frame.width, frame.height, 0, 1469598103934665603ULL};
    double sum = 0;
    for (int y = 0; y < frame.height; ++y) {
        for (int x = 0; x < frame.width; ++x) {
            const std::uint8_t value = frame.data[0][y * frame.linesize[0] + x];
            sum += value;
            shown.fingerprint = (shown.fingerprint ^ value) * 1099511628211ULL;
        }
    }
    shown.brightness = sum / (static_cast<double>(frame.width) * frame.height);
    return shown;
}

}  // namespace

RtspClient::~RtspClient() {
    close();
}

int RtspClient::open(const std::string& url) {
    close();
    av_log_set_level(AV_LOG_QUIET);
    m_format = avformat_alloc_context();
    m_deadline.at = Clock::now() + std::chrono::seconds{20};
    m_format->interrupt_callback = {
        [](void* deadline) { return Clock::now() > static_cast<Deadline*>(deadline)->at ? 1 : 0; }, &m_deadline};
    AVDictionary* options = nullptr;
    av_dict_set(&options, "rtsp_transport", "tcp", 0);
    const int result = avformat_open_input(&m_format, url.c_str(), nullptr, &options);
    av_dict_free(&options);
    return result;
}

void RtspClient::close() {
    m_deadline.at = Clock::now() + std::chrono::seconds{5};
    avcodec_free_context(&m_decoder);
    avformat_close_input(&m_format);
    m_origin.reset();
}

std::optional<Received> RtspClient::read(std::chrono::milliseconds patience) {
    m_deadline.at = Clock::now() + patience;
    AVPacket* packet = av_packet_alloc();
    std::optional<Received> received;
    if (m_format != nullptr && av_read_frame(m_format, packet) == 0) {
        // The first packet of an RTSP session may come without a time.
        const std::int64_t time = packet->pts == AV_NOPTS_VALUE ? 0 : packet->pts;
        received = Received{time, (packet->flags & AV_PKT_FLAG_KEY) != 0, static_cast<std::size_t>(packet->size)};
    }
    av_packet_free(&packet);
    return received;
}

bool RtspClient::openDecoder() {
    if (m_decoder != nullptr) {
        return true;
    }
    if (m_format == nullptr || m_format->nb_streams == 0) {
        return false;
    }
    const AVCodecParameters* parameters = m_format->streams[0]->codecpar;
    m_decoder = avcodec_alloc_context3(avcodec_find_decoder(parameters->codec_id));
    avcodec_parameters_to_context(m_decoder, parameters);
    m_decoder->thread_count = 1;
    m_decoder->flags |= AV_CODEC_FLAG_LOW_DELAY;
    return avcodec_open2(m_decoder, nullptr, nullptr) == 0;
}

std::optional<Shown> RtspClient::show(std::chrono::milliseconds patience) {
    m_deadline.at = Clock::now() + patience;
    if (!openDecoder()) {
        return std::nullopt;
    }
    AVPacket* packet = av_packet_alloc();
    AVFrame* frame = av_frame_alloc();
    std::optional<Shown> shown;
    while (!shown) {
        if (avcodec_receive_frame(m_decoder, frame) == 0) {
            shown = shownIn(*frame);
        } else if (av_read_frame(m_format, packet) == 0) {
            avcodec_send_packet(m_decoder, packet);
            av_packet_unref(packet);
        } else {
            break;
        }
    }
    av_frame_free(&frame);
    av_packet_free(&packet);
    return shown;
}

}  // namespace leedswatch::tests

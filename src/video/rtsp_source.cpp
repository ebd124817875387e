#include "video/rtsp_source.h"

#include "base/log.h"
#include "estate/camera_address.h"
#include "video/clock_offset_meter.h"
#include "video/connection_probe.h"
#include "video/ffmpeg_error.h"
#include "video/libav_input.h"
#include "video/rtp_losses.h"
#include "video/tls_tunnel.h"

extern "C" {
#include <libavutil/opt.h>
}

namespace leedswatch::video {
namespace {

// libavformat keeps "user:password" of an RTSP address in 128 bytes and cuts what is longer without a word.
constexpr std::size_t kLongestCredentials = 120;
constexpr int kRtspsPort = 322;
// What one camera's UDP may have waiting while its thread is busy: half a second of 16 Mbit/s.
constexpr std::int64_t kUdpBuffer = std::int64_t{1} << 20;

const char* transportOption(estate::Transport transport) {
    switch (transport) {
        case estate::Transport::Automatic: return "tcp+udp";
        case estate::Transport::Tcp: return "tcp";
        case estate::Transport::Udp: return "udp";
        case estate::Transport::Multicast: return "udp_multicast";
    }
    return "tcp";
}

class LibavRtspSource final : public RtspSource {
public:
    LibavRtspSource(std::string host, const base::Clock& clock, std::stop_token stop, SourceTimeouts timeouts)
        : m_host{std::move(host)}, m_timeouts{timeouts}, m_patience{clock, std::move(stop)} {}

    /// `plain`: without credentials.
    base::Result<void> connect(const StreamAddress& address, const std::string& plain,
                               const std::filesystem::path& authorities) {
        m_patience.renew(m_timeouts.connect);
        TRY_ASSIGN(m_number, numberOf(m_host, m_patience.stopToken(), m_timeouts.connect));
        const auto scheme = plain.find("://");
        const std::string path = plain.substr(scheme + 3 + m_host.size());
        std::string server = m_number;
        auto transport = address.transport;
        if (plain.substr(0, scheme) == "rtsps") {
            TRY_ASSIGN(m_tunnel,
                       TlsTunnel::open(withPort(m_number, kRtspsPort), nameOfHost(m_host), authorities, m_patience));
            server = "127.0.0.1:" + std::to_string(m_tunnel->port());
            transport = estate::Transport::Tcp;
            m_carrier = authorities.empty() ? "tls-unverified" : "tls";
        }
        TRY_ASSIGN(const std::string url,
                   withCredentials("rtsp://" + server + path, address.username, address.password, kLongestCredentials));
        TRY(openInput(url, transport));
        return chooseStream(transport);
    }

    base::Result<Packet> read() override {
        m_patience.renew(m_timeouts.silence);
        while (true) {
            const int answer = av_read_frame(m_input.get(), m_packet.get());
            if (answer < 0) {
                return base::fail(readError(answer));
            }
            const bool isOurs = m_packet->stream_index == m_track->stream().index && m_packet->size > 0;
            Packet packet = isOurs ? m_track->convert(*m_packet, m_patience.clock()) : Packet{};
            if (isOurs && packet.bytes) {
                noteClock(packet);
            }
            av_packet_unref(m_packet.get());
            if (packet.bytes) {
                return packet;
            }
            if (m_patience.isOver() || m_patience.isStopped()) {
                return base::fail(readError(AVERROR_EXIT));
            }
        }
    }

    SourceReport report() const override {
        SourceReport report{m_carrier, std::nullopt, m_track->mended(), m_clock.offset()};
        if (m_carrier == "udp" || m_carrier == "multicast") {
            report.lostPackets = m_losses->count();
        }
        return report;
    }

private:
    base::Result<void> openInput(const std::string& url, estate::Transport transport) {
        quietFfmpeg();
        AVFormatContext* context = avformat_alloc_context();
        context->interrupt_callback = m_patience.callback();
        AVDictionary* options = nullptr;
        av_dict_set(&options, "rtsp_transport", transportOption(transport), 0);
        if (transport == estate::Transport::Automatic) {
            av_dict_set(&options, "rtsp_flags", "prefer_tcp", 0);
        }
        av_dict_set(&options, "allowed_media_types", "video", 0);
        av_dict_set_int(&options, "timeout", std::chrono::microseconds{m_timeouts.connect}.count(), 0);
        av_dict_set_int(&options, "buffer_size", kUdpBuffer, 0);
        av_dict_set(&options, "user_agent", "Leedswatch", 0);
        const int answer = avformat_open_input(&context, url.c_str(), nullptr, &options);
        av_dict_free(&options);
        if (answer < 0) {
            return base::fail(connectError(answer));
        }
        m_input.reset(context);
        // A camera may send us elsewhere; out of the encryption we do not follow.
        if (m_tunnel && url != context->url) {
            return base::fail(base::ErrorCode::NotPermitted,
                              m_host + " sends its viewers to an address that is not encrypted; correct its settings");
        }
        m_losses.emplace(context);
        m_packet.reset(av_packet_alloc());
        return {};
    }

    base::Result<void> chooseStream(estate::Transport transport) {
        TRY_ASSIGN(auto track, VideoTrack::choose(*m_input, m_host, "set it to H.264"));
        m_track.emplace(std::move(track));
        if (m_carrier.empty()) {
            m_carrier = carrierOf(transport);
        }
        return {};
    }

    /// Which way it became, where both were allowed: libavformat takes what it tried out of its list, TCP first.
    std::string carrierOf(estate::Transport transport) const {
        if (transport != estate::Transport::Automatic) {
            return std::string{estate::nameOf(transport)};
        }
        std::int64_t left = 0;
        av_opt_get_int(m_input->priv_data, "rtsp_transport", 0, &left);
        return left == 0 ? "udp" : "tcp";
    }

    void noteClock(const Packet& packet) {
        std::size_t size = 0;
        const auto* data = av_packet_get_side_data(m_packet.get(), AV_PKT_DATA_PRFT, &size);
        if (data != nullptr && size >= sizeof(AVProducerReferenceTime)) {
            const auto* reference = reinterpret_cast<const AVProducerReferenceTime*>(data);
            m_clock.add(base::fromStored(reference->wallclock), packet.arrival, packet.arrivedAt);
        }
    }

    base::Error noAnswerError() const {
        const std::string limit = inSeconds(m_timeouts.connect);
        if (acceptsConnections(m_number, m_patience.clock(), m_patience.stopToken())) {
            return {base::ErrorCode::TimedOut,
                    m_host + " accepts connections, but did not answer in " + limit + "; restart the camera"};
        }
        return {base::ErrorCode::Unreachable,
                "no answer from " + m_host + " in " + limit + "; check its power and its network"};
    }

    base::Error connectError(int answer) const {
        if (m_patience.isStopped()) {
            return {base::ErrorCode::Cancelled, "connecting to " + m_host + " was stopped"};
        }
        base::Error error = errorFromFfmpeg(answer, "open the stream of " + m_host);
        if (m_patience.isOver() || error.code == base::ErrorCode::TimedOut) {
            return noAnswerError();
        }
        switch (error.code) {
            case base::ErrorCode::SignInFailed:
                error.message = m_host + " refuses the user name or password; correct them in the list of cameras";
                break;
            case base::ErrorCode::NotFound:
                error.message = m_host + " has no stream at this address; correct its path in the list of cameras";
                break;
            case base::ErrorCode::Unreachable:
                error.message = answer == AVERROR(ECONNREFUSED)
                                    ? "nothing listens at " + m_host + "; check its RTSP port"
                                    : "no answer from " + m_host + "; check its power and its network";
                break;
            case base::ErrorCode::Disconnected: error.message = m_host + " closed the connection"; break;
            case base::ErrorCode::Damaged:
                error = {base::ErrorCode::Unsupported, m_host + " answers, but not as an RTSP camera does"};
                break;
            case base::ErrorCode::Unsupported:
                if (answer == AVERROR(EPROTONOSUPPORT)) {
                    error.message =
                        m_host + " does not send in the way that is asked for; set its transport to automatic";
                }
                break;
            default: break;
        }
        return error;
    }

    base::Error readError(int answer) const {
        if (m_patience.isStopped()) {
            return {base::ErrorCode::Cancelled, "reading from " + m_host + " was stopped"};
        }
        if (m_patience.isOver() || answer == AVERROR(ETIMEDOUT)) {
            return {base::ErrorCode::TimedOut, "no packets from " + m_host + " for " + inSeconds(m_timeouts.silence) +
                                                   "; restart the camera if that goes on"};
        }
        return {base::ErrorCode::Disconnected, m_host + " closed the connection"};
    }

    const std::string m_host;
    const SourceTimeouts m_timeouts;
    // One thread only. The input goes before what it asks and what carries it.
    Patience m_patience;
    std::string m_number;
    std::string m_carrier;
    std::unique_ptr<TlsTunnel> m_tunnel;
    InputHandle m_input;
    std::optional<RtpLosses> m_losses;
    PacketHandle m_packet;
    std::optional<VideoTrack> m_track;
    ClockOffsetMeter m_clock;
};

}  // namespace

base::Result<std::unique_ptr<RtspSource>> RtspSource::open(const StreamAddress& address, const base::Clock& clock,
                                                           std::stop_token stop, SourceTimeouts timeouts,
                                                           const std::filesystem::path& authorities) {
    const auto read = estate::readCameraAddress(address.url);
    if (!read || (read->kind != estate::AddressKind::Rtsp && read->kind != estate::AddressKind::Rtsps)) {
        return base::fail(base::ErrorCode::InvalidInput,
                          "'" + base::withoutCredentials(address.url) + "' is not an rtsp:// address");
    }
    auto source = std::make_unique<LibavRtspSource>(hostOf(read->url), clock, std::move(stop), timeouts);
    TRY(source->connect(address, read->url, authorities));
    return source;
}

}  // namespace leedswatch::video

#include "video/rtsp_source.h"

#include "base/log.h"
#include "video/connection_probe.h"
#include "video/ffmpeg_codec.h"
#include "video/ffmpeg_error.h"
#include "video/ffmpeg_handles.h"

#include <array>
#include <cctype>

namespace leedswatch::video {
namespace {

// libavformat keeps "user:password" of an RTSP address in 128 bytes and cuts what is longer without a word.
constexpr std::size_t kLongestCredentials = 120;
constexpr std::int64_t kUsualFrame = kMediaTicksPerSecond / 25;
// A media clock that goes back by more than reordered pictures do, or leaps, belongs to another session.
constexpr std::int64_t kLargestStepBack = kMediaTicksPerSecond;
constexpr std::int64_t kLargestLeap = 60 * kMediaTicksPerSecond;

// What libavformat asks while it waits (every 100 ms at the latest): whether to give up.
struct Patience {
    const base::Clock& clock;
    std::stop_token stop;
    base::SteadyTime deadline{};
    bool ranOut = false;

    static int isOver(void* self) {
        auto& patience = *static_cast<Patience*>(self);
        if (patience.stop.stop_requested()) {
            return 1;
        }
        if (patience.clock.steadyNow() >= patience.deadline) {
            patience.ranOut = true;
            return 1;
        }
        return 0;
    }
};

std::string percentEncode(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string encoded;
    for (const char letter : text) {
        const auto value = static_cast<unsigned char>(letter);
        if (std::isalnum(value) != 0 || letter == '-' || letter == '_' || letter == '.') {
            encoded.push_back(letter);
        } else {
            encoded.push_back('%');
            encoded.push_back(kDigits[value / 16]);
            encoded.push_back(kDigits[value % 16]);
        }
    }
    return encoded;
}

base::Result<std::string> addressWithCredentials(const StreamAddress& address) {
    const std::string plain = base::withoutCredentials(address.url);
    const auto scheme = plain.find("://");
    if (scheme == std::string::npos || plain.substr(0, scheme) != "rtsp") {
        return base::fail(base::ErrorCode::InvalidInput, "'" + plain + "' is not an rtsp:// address");
    }
    if (address.username.empty()) {
        return plain;
    }
    const std::string credentials = percentEncode(address.username) + ":" + percentEncode(address.password);
    if (credentials.size() > kLongestCredentials) {
        return base::fail(base::ErrorCode::InvalidInput,
                          "the user name and password for " + hostOf(plain) + " are too long together");
    }
    return plain.substr(0, scheme + 3) + credentials + "@" + plain.substr(scheme + 3);
}

std::string inSeconds(std::chrono::milliseconds time) {
    const auto tenths = time.count() / 100;
    return std::to_string(tenths / 10) + (tenths % 10 == 0 ? "" : "." + std::to_string(tenths % 10)) + " s";
}

class LibavRtspSource final : public RtspSource {
public:
    LibavRtspSource(std::string host, const base::Clock& clock, std::stop_token stop, SourceTimeouts timeouts)
        : m_host{std::move(host)}, m_timeouts{timeouts}, m_patience{clock, std::move(stop)} {}

    base::Result<void> connect(const std::string& url) {
        quietFfmpeg();
        m_patience.deadline = m_patience.clock.steadyNow() + m_timeouts.connect;
        AVFormatContext* context = avformat_alloc_context();
        context->interrupt_callback = {&Patience::isOver, &m_patience};
        AVDictionary* options = nullptr;
        av_dict_set(&options, "rtsp_transport", "tcp", 0);
        av_dict_set(&options, "allowed_media_types", "video", 0);
        av_dict_set_int(&options, "timeout", std::chrono::microseconds{m_timeouts.connect}.count(), 0);
        av_dict_set(&options, "user_agent", "Leedswatch", 0);
        const int answer = avformat_open_input(&context, url.c_str(), nullptr, &options);
        av_dict_free(&options);
        if (answer < 0) {
            return base::fail(connectError(answer, url));
        }
        m_input.reset(context);
        m_packet.reset(av_packet_alloc());
        return chooseStream();
    }

    base::Result<Packet> read() override {
        if (m_held) {
            return *std::exchange(m_held, std::nullopt);
        }
        TRY_ASSIGN(Packet packet, readOne());
        if (packet.time != AV_NOPTS_VALUE) {
            return packet;
        }
        // The first picture of a session may come without a time: it is one frame before the second.
        TRY_ASSIGN(Packet next, readOne());
        packet.time = next.time == AV_NOPTS_VALUE ? 0 : next.time - kUsualFrame;
        next.time = next.time == AV_NOPTS_VALUE ? kUsualFrame : next.time;
        m_lastTime = next.time;
        m_held = std::move(next);
        return packet;
    }

private:
    base::Error noAnswerError() const {
        const std::string limit = inSeconds(m_timeouts.connect);
        if (acceptsConnections(m_host, m_patience.stop)) {
            return {base::ErrorCode::TimedOut,
                    m_host + " accepts connections, but did not answer in " + limit + "; restart the camera"};
        }
        return {base::ErrorCode::Unreachable,
                "no answer from " + m_host + " in " + limit + "; check its power and its network"};
    }

    base::Error connectError(int answer, const std::string& url) {
        if (m_patience.stop.stop_requested()) {
            return {base::ErrorCode::Cancelled, "connecting to " + m_host + " was stopped"};
        }
        base::Error error = errorFromFfmpeg(answer, "open " + base::withoutCredentials(url));
        if (m_patience.ranOut || error.code == base::ErrorCode::TimedOut) {
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
                error.message = "nothing listens at " + m_host + "; check its RTSP port";
                break;
            case base::ErrorCode::Disconnected: error.message = m_host + " closed the connection"; break;
            case base::ErrorCode::Damaged:
                error = {base::ErrorCode::Unsupported, m_host + " answers, but not as an RTSP camera does"};
                break;
            default: break;
        }
        return error;
    }

    base::Result<void> chooseStream() {
        const AVStream* refused = nullptr;
        for (unsigned i = 0; i < m_input->nb_streams; ++i) {
            AVStream* stream = m_input->streams[i];
            if (stream->codecpar->codec_type != AVMEDIA_TYPE_VIDEO) {
                continue;
            }
            const auto codec = codecFromFfmpeg(stream->codecpar->codec_id);
            auto parser = codec && m_stream == nullptr ? StreamParser::create(*codec) : nullptr;
            if (parser) {
                m_stream = stream;
                m_parser = std::move(parser);
            } else {
                stream->discard = AVDISCARD_ALL;
                refused = stream;
            }
        }
        if (m_stream == nullptr) {
            const std::string what = refused == nullptr ? "no video"
                                     : refused->codecpar->codec_id == AV_CODEC_ID_NONE
                                         ? "video in a coding that is not known"
                                         : std::string{avcodec_get_name(refused->codecpar->codec_id)} + " video";
            return base::fail(base::ErrorCode::Unsupported, m_host + " sends " + what + "; set it to H.264");
        }
        const auto* parameters = m_stream->codecpar;
        m_parser->describe(
            std::as_bytes(std::span{parameters->extradata, static_cast<std::size_t>(parameters->extradata_size)}));
        return {};
    }

    base::Result<Packet> readOne() {
        while (true) {
            m_patience.deadline = m_patience.clock.steadyNow() + m_timeouts.silence;
            const int answer = av_read_frame(m_input.get(), m_packet.get());
            if (answer < 0) {
                return base::fail(readError(answer));
            }
            if (m_packet->stream_index != m_stream->index || m_packet->size <= 0) {
                av_packet_unref(m_packet.get());
                continue;
            }
            Packet packet = convert();
            av_packet_unref(m_packet.get());
            if (!packet.format || packet.bytes->empty()) {
                continue;
            }
            TRY(giveTime(packet));
            return packet;
        }
    }

    Packet convert() {
        const Bytes bytes = std::as_bytes(std::span{m_packet->data, static_cast<std::size_t>(m_packet->size)});
        Packet packet = m_parser->convert(bytes);
        packet.arrival = m_patience.clock.now();
        packet.arrivedAt = m_patience.clock.steadyNow();
        packet.time = m_packet->pts != AV_NOPTS_VALUE ? m_packet->pts : m_packet->dts;
        return packet;
    }

    base::Result<void> giveTime(Packet& packet) {
        if (packet.time == AV_NOPTS_VALUE) {
            packet.time = m_lastTime ? *m_lastTime + kUsualFrame : AV_NOPTS_VALUE;
        } else {
            packet.time = av_rescale_q(packet.time, m_stream->time_base, {1, kMediaTicksPerSecond});
        }
        if (packet.time == AV_NOPTS_VALUE) {
            return {};
        }
        if (m_lastTime && (packet.time < *m_lastTime - kLargestStepBack || packet.time > *m_lastTime + kLargestLeap)) {
            return base::fail(base::ErrorCode::Disconnected, "the media clock of " + m_host + " jumped");
        }
        m_lastTime = packet.time;
        return {};
    }

    base::Error readError(int answer) {
        if (m_patience.stop.stop_requested()) {
            return {base::ErrorCode::Cancelled, "reading from " + m_host + " was stopped"};
        }
        if (m_patience.ranOut || answer == AVERROR(ETIMEDOUT)) {
            return {base::ErrorCode::TimedOut, "no packets from " + m_host + " for " + inSeconds(m_timeouts.silence) +
                                                   "; restart the camera if that goes on"};
        }
        return {base::ErrorCode::Disconnected, m_host + " closed the connection"};
    }

    const std::string m_host;
    const SourceTimeouts m_timeouts;
    // One thread only.
    Patience m_patience;
    InputHandle m_input;
    PacketHandle m_packet;
    AVStream* m_stream = nullptr;
    std::unique_ptr<StreamParser> m_parser;
    std::optional<std::int64_t> m_lastTime;
    std::optional<Packet> m_held;
};

}  // namespace

std::string hostOf(const std::string& url) {
    const std::string plain = base::withoutCredentials(url);
    const auto scheme = plain.find("://");
    const auto begin = scheme == std::string::npos ? 0 : scheme + 3;
    return plain.substr(begin, plain.find('/', begin) - begin);
}

base::Result<std::unique_ptr<RtspSource>> RtspSource::open(const StreamAddress& address, const base::Clock& clock,
                                                           std::stop_token stop, SourceTimeouts timeouts) {
    TRY_ASSIGN(const std::string url, addressWithCredentials(address));
    const std::string host = hostOf(url);
    TRY(checkHostName(host, stop, timeouts.connect));
    auto source = std::make_unique<LibavRtspSource>(host, clock, std::move(stop), timeouts);
    TRY(source->connect(url));
    return source;
}

}  // namespace leedswatch::video

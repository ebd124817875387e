#include "video/http_mjpeg_source.h"

#include "base/log.h"
#include "estate/camera_address.h"
#include "network/channel.h"
#include "video/ffmpeg_error.h"
#include "video/libav_input.h"
#include "video/multipart_reader.h"
#include "video/tls_tunnel.h"

extern "C" {
#include <libavutil/opt.h>
}

#include <array>
#include <span>

namespace leedswatch::video {
namespace {

constexpr std::size_t kLongestCredentials = 900;
constexpr int kHttpPort = 80;
constexpr int kHttpsPort = 443;
constexpr std::chrono::milliseconds kProbe{500};
constexpr int kChunk = 32 << 10;

struct IoCloser {
    void operator()(AVIOContext* io) const { avio_close(io); }
};
using OpenIo = std::unique_ptr<AVIOContext, IoCloser>;

class LibavHttpSource final : public HttpMjpegSource {
public:
    LibavHttpSource(std::string host, const base::Clock& clock, std::stop_token stop, SourceTimeouts timeouts)
        : m_host{std::move(host)}, m_timeouts{timeouts}, m_patience{clock, std::move(stop)} {}

    base::Result<void> connect(const StreamAddress& address, const std::string& plain,
                               const std::filesystem::path& authorities) {
        m_patience.renew(m_timeouts.connect);
        m_parser = StreamParser::create(VideoCodec::Mjpeg);
        if (!m_parser) {
            return base::fail(base::ErrorCode::Unsupported, m_host + " sends MJPEG, which is not carried; use RTSP");
        }
        const auto scheme = plain.find("://");
        const bool isEncrypted = plain.substr(0, scheme) == "https";
        const auto host = network::Host::parse(m_host, isEncrypted ? kHttpsPort : kHttpPort);
        if (!host) {
            return base::fail(base::ErrorCode::InvalidInput, "'" + m_host + "' is no host and port");
        }
        const network::Patience patience{m_patience.clock(), m_patience.stopToken(), m_timeouts.connect};
        std::string server;
        if (isEncrypted) {
            TRY_ASSIGN(m_tunnel, TlsTunnel::open(*host, authorities, patience));
            server = "127.0.0.1:" + std::to_string(m_tunnel->port());
            m_carrier = authorities.empty() ? "tls-unverified" : "tls";
        } else {
            // libavformat is given the number: nobody can interrupt its own look-up.
            TRY_ASSIGN(m_addresses, network::findAddresses(*host, patience));
            server = m_addresses.front().text();
        }
        TRY_ASSIGN(const std::string url, withCredentials("http://" + server + plain.substr(scheme + 3 + m_host.size()),
                                                          address.username, address.password, kLongestCredentials));
        return openAnswer(url);
    }

    base::Result<Packet> read() override {
        m_patience.renew(m_timeouts.silence);
        while (true) {
            while (auto part = m_parts->next()) {
                Packet packet = m_parser->convert(*part);
                if (packet.format && packet.bytes && !packet.bytes->empty()) {
                    return dated(std::move(packet));
                }
            }
            std::array<std::byte, kChunk> chunk{};
            const int got = avio_read_partial(m_answer.get(), reinterpret_cast<unsigned char*>(chunk.data()), kChunk);
            if (got <= 0 || m_patience.isOver() || m_patience.isStopped()) {
                return base::fail(readError(got));
            }
            if (auto added = m_parts->add(std::span{chunk}.first(static_cast<std::size_t>(got))); !added) {
                return base::fail(added.error().code, m_host + ": " + added.error().message);
            }
        }
    }

    SourceReport report() const override { return {m_carrier, std::nullopt, {}, std::nullopt}; }

private:
    base::Result<void> openAnswer(const std::string& url) {
        quietFfmpeg();
        AVIOContext* io = nullptr;
        AVDictionary* options = nullptr;
        av_dict_set(&options, "user_agent", "Leedswatch", 0);
        av_dict_set(&options, "headers", ("Host: " + m_host + "\r\n").c_str(), 0);
        av_dict_set(&options, "protocol_whitelist", "http,tcp", 0);
        av_dict_set_int(&options, "timeout", std::chrono::microseconds{m_timeouts.connect}.count(), 0);
        const auto interrupt = m_patience.callback();
        const int answer = avio_open2(&io, url.c_str(), AVIO_FLAG_READ, &interrupt, &options);
        av_dict_free(&options);
        if (answer < 0) {
            return base::fail(connectError(answer));
        }
        m_answer.reset(io);
        // A camera may send us elsewhere; out of the encryption we do not follow.
        if (m_tunnel && !answerOption("location").starts_with(url.substr(0, url.find('/', 8)))) {
            return base::fail(base::ErrorCode::NotPermitted,
                              m_host + " sends its viewers to an address that is not encrypted; correct its settings");
        }
        auto parts = MultipartReader::create(answerOption("mime_type"));
        if (!parts) {
            return base::fail(parts.error().code, m_host + " answers, but " + parts.error().message +
                                                      "; use the address of its MJPEG stream");
        }
        m_parts.emplace(std::move(*parts));
        return {};
    }

    std::string answerOption(const char* name) const {
        std::uint8_t* value = nullptr;
        av_opt_get(m_answer.get(), name, AV_OPT_SEARCH_CHILDREN, &value);
        std::string text = value == nullptr ? "" : reinterpret_cast<const char*>(value);
        av_free(value);
        return text;
    }

    Packet dated(Packet packet) {
        packet.isKey = true;
        packet.arrival = m_patience.clock().now();
        packet.arrivedAt = m_patience.clock().steadyNow();
        m_begin = m_begin.value_or(packet.arrivedAt);
        const auto since = std::chrono::duration_cast<base::Microseconds>(packet.arrivedAt - *m_begin);
        m_lastTime = std::max(m_lastTime + 1, since.count() * 90 / 1000);
        packet.time = m_lastTime;
        return packet;
    }

    bool acceptsConnections() const {
        const network::Patience patience{m_patience.clock(), m_patience.stopToken(), kProbe};
        return m_tunnel || network::Channel::connect({m_host, 0}, m_addresses, patience);
    }

    base::Error connectError(int answer) const {
        if (m_patience.isStopped()) {
            return {base::ErrorCode::Cancelled, "connecting to " + m_host + " was stopped"};
        }
        base::Error error = errorFromFfmpeg(answer, "open the pictures of " + m_host);
        if (m_patience.isOver() || error.code == base::ErrorCode::TimedOut) {
            return acceptsConnections()
                       ? base::Error{base::ErrorCode::TimedOut,
                                     m_host + " accepts connections, but did not answer in " +
                                         inSeconds(m_timeouts.connect) + "; restart the camera"}
                       : base::Error{base::ErrorCode::Unreachable, "no answer from " + m_host + " in " +
                                                                       inSeconds(m_timeouts.connect) +
                                                                       "; check its power and its network"};
        }
        if (error.code == base::ErrorCode::SignInFailed) {
            error.message = m_host + " refuses the user name or password; correct them in the list of cameras";
        } else if (error.code == base::ErrorCode::NotFound) {
            error.message = m_host + " has no pictures at this address; correct its path in the list of cameras";
        } else if (answer == AVERROR(ECONNREFUSED)) {
            error.message = "nothing listens at " + m_host + "; check its HTTP port";
        }
        return error;
    }

    base::Error readError(int answer) const {
        if (m_patience.isStopped()) {
            return {base::ErrorCode::Cancelled, "reading from " + m_host + " was stopped"};
        }
        if (m_patience.isOver() || answer == AVERROR(ETIMEDOUT)) {
            return {base::ErrorCode::TimedOut, "no pictures from " + m_host + " for " + inSeconds(m_timeouts.silence) +
                                                   "; restart the camera if that goes on"};
        }
        return {base::ErrorCode::Disconnected, m_host + " closed the connection"};
    }

    const std::string m_host;
    const SourceTimeouts m_timeouts;
    // One thread only. The answer goes before what it asks and what carries it.
    Patience m_patience;
    std::vector<network::Endpoint> m_addresses;
    std::string m_carrier = "http";
    std::unique_ptr<TlsTunnel> m_tunnel;
    OpenIo m_answer;
    std::optional<MultipartReader> m_parts;
    std::unique_ptr<StreamParser> m_parser;
    std::optional<base::SteadyTime> m_begin;
    std::int64_t m_lastTime = -1;
};

}  // namespace

base::Result<std::unique_ptr<HttpMjpegSource>> HttpMjpegSource::open(const StreamAddress& address,
                                                                     const SourceSettings& settings,
                                                                     const base::Clock& clock, std::stop_token stop) {
    const auto read = estate::readCameraAddress(address.url);
    if (!read || (read->kind != estate::AddressKind::Http && read->kind != estate::AddressKind::Https)) {
        return base::fail(base::ErrorCode::InvalidInput,
                          "'" + base::withoutCredentials(address.url) + "' is not an http:// address");
    }
    auto source = std::make_unique<LibavHttpSource>(hostOf(read->url), clock, std::move(stop), settings.timeouts);
    TRY(source->connect(address, read->url, settings.cameraAuthorities));
    return source;
}

}  // namespace leedswatch::video

#include "rtsp/client.h"

#include "base/hash.h"
#include "rtsp/client_errors.h"
#include "rtsp/media_transport.h"

#include <poll.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace leedswatch::rtsp {
namespace {

using namespace std::chrono_literals;

constexpr int kUsualPort = 554;
constexpr int kUsualTlsPort = 322;
constexpr int kMostRedirections = 3;
constexpr int kUnsupportedTransport = 461;
constexpr auto kReportEvery = 5s;
constexpr std::chrono::seconds kUsualSessionTime{60};
constexpr auto kWritePatience = 5s;
constexpr auto kGoodByePatience = 50ms;
/// A packet that is missing is given up after 60 ms, though nothing more may come.
constexpr auto kLookForLate = 20ms;

struct Address {
    bool isEncrypted = false;
    network::Host host;
    std::string hostText;  ///< as it was written, for messages
};

base::Result<Address> readAddress(const std::string& url) {
    const bool isEncrypted = url.starts_with("rtsps://");
    if (!isEncrypted && !url.starts_with("rtsp://")) {
        return base::fail(base::ErrorCode::InvalidInput, "'" + url + "' is not an rtsp:// address");
    }
    const auto begin = url.find("://") + 3;
    const std::string text = url.substr(begin, url.find_first_of("/?", begin) - begin);
    auto host = network::Host::parse(text, isEncrypted ? kUsualTlsPort : kUsualPort);
    if (!host) {
        return base::fail(base::ErrorCode::InvalidInput, "'" + text + "' is no host and port");
    }
    return Address{isEncrypted, std::move(*host), text};
}

class PlayingClient final : public Client {
public:
    PlayingClient(const ClientSettings& settings, const base::Clock& clock, std::stop_token stop)
        : m_settings{settings}, m_clock{clock}, m_stop{std::move(stop)} {}

    ~PlayingClient() override {
        if (m_conversation && !m_session.empty()) {
            static_cast<void>(m_conversation->tell("TEARDOWN", m_sessionUri, {{"Session", m_session}},
                                                   network::Patience{m_clock, {}, kGoodByePatience}));
        }
    }
    PlayingClient(const PlayingClient&) = delete;
    PlayingClient& operator=(const PlayingClient&) = delete;

    base::Result<void> connect() {
        const network::Patience patience{m_clock, m_stop, m_settings.connect};
        m_uri = m_settings.url;
        TRY_ASSIGN(Message description, describe(patience));
        TRY_ASSIGN(const SessionDescription session, readSessionDescription(description.body));
        TRY(chooseVideo(session));
        const std::string base = baseOf(description);
        m_sessionUri = controlAddress(base, session.control);
        TRY(setUp(controlAddress(base, m_video.control), patience));
        TRY(play(patience));
        m_heardAt = m_clock.steadyNow();
        m_reportAt = m_heardAt + kReportEvery;
        m_aliveAt = m_heardAt + m_sessionTime / 2;
        return {};
    }

    const MediaDescription& video() const override { return m_video; }
    Transport transport() const override { return m_transport; }
    std::int64_t lostPackets() const override { return m_reception ? m_reception->lost() : 0; }

    base::Result<StreamPicture> read() override {
        while (true) {
            if (auto picture = m_depacketizer->take()) {
                return withTimes(std::move(*picture));
            }
            if (auto pumped = m_ports ? pumpDatagrams() : pumpConversation(); !pumped) {
                return base::fail(words().ofReading(std::move(pumped).error()));
            }
            keepAlive();
        }
    }

private:
    base::Result<void> openConversation(const std::string& url, const network::Patience& patience) {
        TRY_ASSIGN(const Address address, readAddress(url));
        m_host = address.hostText;
        TRY_ASSIGN(const auto addresses, network::findAddresses(address.host, patience));
        auto channel = address.isEncrypted
                           ? network::Channel::connectTls(address.host, addresses, m_settings.authorities, patience)
                           : network::Channel::connect(address.host, addresses, patience);
        if (!channel) {
            return base::fail(words().ofConnecting(std::move(channel).error()));
        }
        m_conversation.emplace(std::move(*channel), m_settings.credentials,
                               [this](const InterleavedFrame& frame) { takeFrame(frame); });
        return {};
    }

    [[nodiscard]] ClientErrors words() const { return {m_host, m_settings.connect, m_settings.silence}; }

    /// A request before the stream plays; every answer but 200 is an error in the operator's words.
    base::Result<Message> ask(const std::string& method, const std::string& uri, const Conversation::Headers& headers,
                              const network::Patience& patience) {
        auto answer = m_conversation->ask(method, uri, headers, patience);
        if (!answer) {
            return base::fail(words().ofAsking(std::move(answer).error()));
        }
        if (answer->status >= 300 && answer->status < 400 && !answer->header("location").empty()) {
            return answer;
        }
        if (answer->status != 200) {
            return base::fail(words().ofAnswer(answer->status, method));
        }
        return answer;
    }

    base::Result<Message> describe(const network::Patience& patience) {
        for (int redirection = 0; redirection < kMostRedirections; ++redirection) {
            TRY(openConversation(m_uri, patience));
            TRY(askWhatItCan(patience));
            TRY_ASSIGN(Message answer, ask("DESCRIBE", m_uri, {{"Accept", "application/sdp"}}, patience));
            if (answer.status == 200) {
                return answer;
            }
            m_uri = answer.header("location");
        }
        return base::fail(base::ErrorCode::Unsupported, m_host + " sends us from one address to the next");
    }

    /// Its answer is only needed for how the session is kept alive; a camera that refuses it may still play.
    base::Result<void> askWhatItCan(const network::Patience& patience) {
        const auto answer = m_conversation->ask("OPTIONS", m_uri, {}, patience);
        if (!answer) {
            return base::fail(words().ofAsking(answer.error()));
        }
        if (answer->header("public").find("GET_PARAMETER") != std::string_view::npos) {
            m_aliveMethod = "GET_PARAMETER";
        }
        return {};
    }

    std::string baseOf(const Message& description) const {
        for (const char* name : {"content-base", "content-location"}) {
            // Behind an address translation some cameras name an address that only they can reach; ours is right.
            const auto value = description.header(name);
            const auto scheme = value.find("://");
            const auto path = scheme == std::string_view::npos ? scheme : value.find('/', scheme + 3);
            if (path != std::string_view::npos) {
                return m_uri.substr(0, m_uri.find('/', m_uri.find("://") + 3)) + std::string{value.substr(path)};
            }
        }
        return m_uri;
    }

    base::Result<void> chooseVideo(const SessionDescription& session) {
        std::string refused;
        for (const MediaDescription& media : session.media) {
            if (!media.isVideo) {
                continue;
            }
            m_depacketizer = Depacketizer::create(media.encoding);
            if (m_depacketizer) {
                m_video = media;
                m_reception.emplace(media.clockRate);
                return {};
            }
            refused = media.encoding.empty() ? "video in a coding that is not known" : media.encoding + " video";
        }
        return base::fail(base::ErrorCode::Unsupported,
                          m_host + " sends " + (refused.empty() ? "no video" : refused) + "; set it to H.264");
    }

    /// In the first way in which the server sends.
    base::Result<void> setUp(const std::string& uri, const network::Patience& patience) {
        Message answer;
        for (const Transport transport : m_settings.transports) {
            m_transport = transport;
            m_ports.reset();
            TRY_ASSIGN(const std::string wish, wishFor(transport));
            auto asked = m_conversation->ask("SETUP", uri, {{"Transport", wish}}, patience);
            if (!asked) {
                return base::fail(words().ofAsking(std::move(asked).error()));
            }
            answer = std::move(*asked);
            if (answer.status != kUnsupportedTransport) {
                break;
            }
        }
        if (answer.status != 200) {
            return base::fail(words().ofAnswer(answer.status, "SETUP"));
        }
        readSession(answer.header("session"));
        return useTransport(TransportAnswer::read(answer.header("transport")), patience);
    }

    base::Result<std::string> wishFor(Transport transport) {
        switch (transport) {
            case Transport::Tcp: return "RTP/AVP/TCP;unicast;interleaved=0-1";
            case Transport::Multicast: return "RTP/AVP;multicast";
            case Transport::Udp: break;
        }
        TRY_ASSIGN(m_ports, UdpPorts::openFor(m_conversation->channel().local()));
        const int port = m_ports->rtpPort();
        return "RTP/AVP;unicast;client_port=" + std::to_string(port) + "-" + std::to_string(port + 1);
    }

    base::Result<void> useTransport(const TransportAnswer& answer, const network::Patience& patience) {
        const network::Endpoint camera = m_conversation->channel().peer();
        switch (m_transport) {
            case Transport::Tcp:
                m_rtpChannel = static_cast<unsigned>(answer.firstChannel);
                m_rtcpChannel = static_cast<unsigned>(answer.secondChannel);
                return {};
            case Transport::Udp: m_ports->setPeer(camera, answer.serverPort); return {};
            case Transport::Multicast: break;
        }
        const auto group = network::Host::parse(answer.destination, answer.port);
        if (!group || answer.port <= 0) {
            return base::fail(base::ErrorCode::Unsupported,
                              m_host + " names no multicast group; change the camera's transport");
        }
        TRY_ASSIGN(const auto endpoints, network::findAddresses({group->name, answer.port}, patience));
        if (!endpoints.front().isMulticast()) {
            return base::fail(base::ErrorCode::Unsupported, answer.destination + " is no multicast group");
        }
        TRY_ASSIGN(m_ports, UdpPorts::join(endpoints.front(), m_conversation->channel().local()));
        m_ports->setPeer(camera, 0);
        return {};
    }

    /// "12345678;timeout=60"
    void readSession(std::string_view text) {
        m_session = text.substr(0, text.find(';'));
        const auto timeout = text.find("timeout=");
        int seconds = 0;
        if (timeout != std::string_view::npos) {
            const char* begin = text.data() + timeout + std::strlen("timeout=");
            std::from_chars(begin, text.data() + text.size(), seconds);
        }
        m_sessionTime = seconds > 0 ? std::chrono::seconds{std::clamp(seconds, 4, 600)} : kUsualSessionTime;
    }

    base::Result<void> play(const network::Patience& patience) {
        TRY(ask("PLAY", m_sessionUri, {{"Session", m_session}, {"Range", "npt=0.000-"}}, patience));
        return {};
    }

    [[nodiscard]] network::Patience silencePatience() const {
        const auto left = m_heardAt + m_settings.silence - m_clock.steadyNow();
        return {m_clock, m_stop, left};
    }

    base::Result<void> pumpConversation() {
        TRY_ASSIGN(const bool anything, m_conversation->takeWhatIsThere(silencePatience()));
        return anything ? checkSilence() : m_conversation->readMore(silencePatience());
    }

    /// Messages alone, or another stream's packets, are no life of this one.
    [[nodiscard]] base::Result<void> checkSilence() const {
        if (silencePatience().isOver()) {
            return base::fail(m_stop.stop_requested() ? base::ErrorCode::Cancelled : base::ErrorCode::TimedOut,
                              "no packets of the stream");
        }
        return {};
    }

    base::Result<void> pumpDatagrams() {
        const auto now = m_clock.steadyNow();
        for (auto bytes = m_ports->receive(false); !bytes.empty(); bytes = m_ports->receive(false)) {
            if (const auto packet = readRtpPacket(bytes)) {
                m_reorder.add(packet->sequence, bytes, now);
            }
        }
        for (auto bytes = m_ports->receive(true); !bytes.empty(); bytes = m_ports->receive(true)) {
            takeReport(bytes);
        }
        bool anything = false;
        while (const auto bytes = m_reorder.take(now)) {
            takePacket(*bytes);
            anything = true;
        }
        // The connection says when the camera ends the session.
        TRY(m_conversation->readAvailable());
        TRY(m_conversation->takeWhatIsThere(silencePatience()));
        TRY(checkSilence());
        if (anything) {
            return {};
        }
        std::array<pollfd, 3> waiting{{{m_ports->rtp(), POLLIN, 0},
                                       {m_ports->rtcp(), POLLIN, 0},
                                       {m_conversation->channel().descriptor(), POLLIN, 0}}};
        const auto waited = silencePatience().within(kLookForLate).waitForAny(waiting.data(), waiting.size());
        return waited || waited.error().code == base::ErrorCode::TimedOut ? base::Result<void>{} : waited;
    }

    void takeFrame(const InterleavedFrame& frame) {
        if (frame.channel == m_rtpChannel) {
            takePacket(frame.bytes);
        } else if (frame.channel == m_rtcpChannel) {
            takeReport(frame.bytes);
        }
    }

    void takePacket(Bytes bytes) {
        const auto packet = readRtpPacket(bytes);
        if (!packet || packet->payloadType != m_video.payloadType) {
            return;
        }
        m_heardAt = m_clock.steadyNow();
        const auto place = m_reception->received(*packet, m_heardAt);
        if (place != Reception::Place::Late) {
            m_depacketizer->add(*packet, place != Reception::Place::Next);
        }
    }

    void takeReport(Bytes bytes) {
        if (const auto report = readSenderReport(bytes)) {
            m_report = report;
            m_reception->reported(*report, m_clock.steadyNow());
        }
    }

    StreamPicture withTimes(ReceivedPicture picture) {
        StreamPicture made{std::move(picture.bytes), picture.isWhole, picture.timestamp, m_clock.now(),
                           m_clock.steadyNow(),      std::nullopt};
        if (m_report) {
            const auto since = static_cast<std::int32_t>(picture.timestamp - m_report->timestamp);
            made.cameraTime = m_report->time + base::Microseconds{std::int64_t{since} * 1'000'000 / m_video.clockRate};
        }
        return made;
    }

    /// The server ends a session that it hears nothing of. What cannot be sent shows when reading fails.
    void keepAlive() {
        const auto now = m_clock.steadyNow();
        const network::Patience patience{m_clock, m_stop, kWritePatience};
        if (now >= m_reportAt) {
            m_reportAt = now + kReportEvery;
            const auto report = m_reception->makeReport(m_self, now);
            if (m_ports) {
                m_ports->sendReport(report);
            } else {
                static_cast<void>(m_conversation->sendFrame(m_rtcpChannel, report, patience));
            }
        }
        if (now >= m_aliveAt) {
            m_aliveAt = now + m_sessionTime / 2;
            static_cast<void>(m_conversation->tell(m_aliveMethod, m_sessionUri, {{"Session", m_session}}, patience));
        }
    }

    const ClientSettings m_settings;
    const base::Clock& m_clock;
    const std::stop_token m_stop;
    const std::uint32_t m_self = [] {
        std::uint32_t number = 0;
        std::memcpy(&number, base::randomBytes(sizeof number).data(), sizeof number);
        return number;
    }();

    std::string m_uri;
    std::string m_host;
    std::string m_sessionUri;
    std::string m_session;
    std::chrono::seconds m_sessionTime = kUsualSessionTime;
    MediaDescription m_video;
    Transport m_transport = Transport::Tcp;
    std::string m_aliveMethod = "OPTIONS";
    std::optional<Conversation> m_conversation;
    std::optional<UdpPorts> m_ports;
    ReorderBuffer m_reorder;
    unsigned m_rtpChannel = 0;
    unsigned m_rtcpChannel = 1;
    std::unique_ptr<Depacketizer> m_depacketizer;
    std::optional<Reception> m_reception;
    std::optional<SenderReport> m_report;
    base::SteadyTime m_heardAt{};
    base::SteadyTime m_reportAt{};
    base::SteadyTime m_aliveAt{};
};

}  // namespace

base::Result<std::unique_ptr<Client>> Client::open(const ClientSettings& settings, const base::Clock& clock,
                                                   std::stop_token stop) {
    auto client = std::make_unique<PlayingClient>(settings, clock, std::move(stop));
    TRY(client->connect());
    return client;
}

}  // namespace leedswatch::rtsp

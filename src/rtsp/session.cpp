#include "rtsp/session.h"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace leedswatch::rtsp {
namespace {

using namespace std::chrono_literals;

constexpr int kUsualPort = 554;
constexpr int kUsualTlsPort = 322;
constexpr int kMostRedirections = 3;
constexpr int kUnsupportedTransport = 461;
constexpr std::chrono::seconds kUsualSessionTime{60};
constexpr auto kAnswerPatience = 5s;
constexpr auto kGoodByePatience = 50ms;

struct Address {
    bool isEncrypted = false;
    network::Host host;
    std::string hostText;
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

}  // namespace

Session::Session(const ClientSettings& settings, const base::Clock& clock, std::stop_token stop,
                 Conversation::OnFrame onFrame)
    : m_settings{settings},
      m_clock{clock},
      m_stop{std::move(stop)},
      m_onFrame{std::move(onFrame)},
      m_uri{settings.url} {}

Session::~Session() {
    if (m_conversation && !m_session.empty()) {
        static_cast<void>(m_conversation->tell("TEARDOWN", m_sessionUri, {{"Session", m_session}},
                                               network::Patience{m_clock, {}, kGoodByePatience}));
    }
}

base::Result<SessionDescription> Session::describe(const network::Patience& patience) {
    TRY_ASSIGN(const Message answer, askForDescription(patience));
    TRY_ASSIGN(SessionDescription description, readSessionDescription(answer.body));
    m_base = baseOf(answer);
    m_sessionUri = controlAddress(m_base, description.control);
    return description;
}

base::Result<void> Session::open(const std::string& url, const network::Patience& patience) {
    TRY_ASSIGN(const Address address, readAddress(url));
    m_host = address.hostText;
    TRY_ASSIGN(const auto addresses, network::findAddresses(address.host, patience));
    auto channel = address.isEncrypted
                       ? network::Channel::connectTls(address.host, addresses, m_settings.authorities, patience)
                       : network::Channel::connect(address.host, addresses, patience);
    if (!channel) {
        return base::fail(words().ofConnecting(std::move(channel).error()));
    }
    m_conversation.emplace(std::move(*channel), m_settings.credentials, m_onFrame);
    return {};
}

/// A request before the stream plays; every answer but 200 is an error in the operator's words.
base::Result<Message> Session::ask(const std::string& method, const std::string& uri,
                                   const Conversation::Headers& headers, const network::Patience& patience) {
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

base::Result<Message> Session::askForDescription(const network::Patience& patience) {
    for (int redirection = 0; redirection < kMostRedirections; ++redirection) {
        TRY(open(m_uri, patience));
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
base::Result<void> Session::askWhatItCan(const network::Patience& patience) {
    const auto answer = m_conversation->ask("OPTIONS", m_uri, {}, patience);
    if (!answer) {
        return base::fail(words().ofAsking(answer.error()));
    }
    if (answer->header("public").find("GET_PARAMETER") != std::string_view::npos) {
        m_aliveMethod = "GET_PARAMETER";
    }
    return {};
}

std::string Session::baseOf(const Message& description) const {
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

base::Result<Transport> Session::setUp(MediaReceiver& receiver, const std::vector<Transport>& transports,
                                       const network::Patience& patience) {
    Message answer;
    Transport used = Transport::Tcp;
    for (const Transport transport : transports) {
        used = transport;
        receiver.useNoPorts();
        TRY_ASSIGN(const std::string wish, wishFor(transport, receiver));
        Conversation::Headers headers{{"Transport", wish}};
        if (!m_session.empty()) {
            headers.emplace_back("Session", m_session);
        }
        auto asked = m_conversation->ask("SETUP", controlAddress(m_base, receiver.media().control), headers, patience);
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
    if (m_session.empty()) {
        readSession(answer.header("session"));
    }
    TRY(use(used, TransportAnswer::read(answer.header("transport")), receiver, patience));
    m_nextChannel += 2;
    return used;
}

base::Result<std::string> Session::wishFor(Transport transport, MediaReceiver& receiver) {
    switch (transport) {
        case Transport::Tcp:
            return "RTP/AVP/TCP;unicast;interleaved=" + std::to_string(m_nextChannel) + "-" +
                   std::to_string(m_nextChannel + 1);
        case Transport::Multicast: return "RTP/AVP;multicast";
        case Transport::Udp: break;
    }
    TRY_ASSIGN(auto ports, UdpPorts::openFor(m_conversation->channel().local()));
    const int port = ports.rtpPort();
    receiver.usePorts(std::move(ports));
    return "RTP/AVP;unicast;client_port=" + std::to_string(port) + "-" + std::to_string(port + 1);
}

base::Result<void> Session::use(Transport transport, const TransportAnswer& answer, MediaReceiver& receiver,
                                const network::Patience& patience) {
    switch (transport) {
        case Transport::Tcp:
            receiver.useChannels(
                static_cast<unsigned>(answer.firstChannel.value_or(static_cast<int>(m_nextChannel))),
                static_cast<unsigned>(answer.secondChannel.value_or(static_cast<int>(m_nextChannel) + 1)));
            return {};
        case Transport::Udp: receiver.ports()->setPeer(m_conversation->channel().peer(), answer.serverPort); return {};
        case Transport::Multicast: break;
    }
    return joinGroup(answer, receiver, patience);
}

base::Result<void> Session::joinGroup(const TransportAnswer& answer, MediaReceiver& receiver,
                                      const network::Patience& patience) {
    const auto group = network::Host::parse(answer.destination, answer.port);
    if (!group || answer.port <= 0) {
        return base::fail(base::ErrorCode::Unsupported,
                          m_host + " names no multicast group; change the camera's transport");
    }
    TRY_ASSIGN(const auto endpoints, network::findAddresses({group->name, answer.port}, patience));
    if (!endpoints.front().isMulticast()) {
        return base::fail(base::ErrorCode::Unsupported, answer.destination + " is no multicast group");
    }
    TRY_ASSIGN(auto ports, UdpPorts::join(endpoints.front(), m_conversation->channel().local()));
    ports.setPeer(m_conversation->channel().peer(), 0);
    receiver.usePorts(std::move(ports));
    return {};
}

/// "12345678;timeout=60"
void Session::readSession(std::string_view text) {
    m_session = text.substr(0, text.find(';'));
    const auto timeout = text.find("timeout=");
    int seconds = 0;
    if (timeout != std::string_view::npos) {
        const char* begin = text.data() + timeout + std::strlen("timeout=");
        std::from_chars(begin, text.data() + text.size(), seconds);
    }
    m_sessionTime = seconds > 0 ? std::chrono::seconds{std::clamp(seconds, 4, 600)} : kUsualSessionTime;
}

base::Result<void> Session::play(const network::Patience& patience) {
    TRY(ask("PLAY", m_sessionUri, {{"Session", m_session}, {"Range", "npt=0.000-"}}, patience));
    m_aliveAt = m_clock.steadyNow() + m_sessionTime / 2;
    return {};
}

/// What cannot be sent shows when reading fails.
void Session::keepAlive() {
    const auto now = m_clock.steadyNow();
    if (now >= m_aliveAt) {
        m_aliveAt = now + m_sessionTime / 2;
        static_cast<void>(m_conversation->tell(m_aliveMethod, m_sessionUri, {{"Session", m_session}},
                                               network::Patience{m_clock, m_stop, kAnswerPatience}));
    }
}

}  // namespace leedswatch::rtsp

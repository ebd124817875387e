#include "rtsp/conversation.h"

namespace leedswatch::rtsp {
namespace {

constexpr int kUnauthorized = 401;
constexpr int kSessionNotFound = 454;
constexpr int kMostChallenges = 3;

std::vector<std::string> challengesIn(const Message& message) {
    std::vector<std::string> challenges;
    const auto [first, last] = message.headers.equal_range("www-authenticate");
    for (auto header = first; header != last; ++header) {
        challenges.push_back(header->second);
    }
    return challenges;
}

std::span<const std::byte> bytesOf(const std::string& text) {
    return std::as_bytes(std::span{text});
}

}  // namespace

Conversation::Conversation(std::unique_ptr<network::Channel> channel, Credentials credentials, OnFrame onFrame)
    : m_channel{std::move(channel)}, m_onFrame{std::move(onFrame)}, m_authentication{std::move(credentials)} {}

base::Result<Message> Conversation::ask(const std::string& method, const std::string& uri, const Headers& headers,
                                        const network::Patience& patience) {
    for (int attempt = 0; attempt < kMostChallenges; ++attempt) {
        TRY(send(method, uri, headers, patience));
        TRY_ASSIGN(Message message, waitForAnswer(patience));
        if (message.status != kUnauthorized) {
            return message;
        }
        if (!m_authentication.challenged(challengesIn(message))) {
            break;
        }
    }
    return base::fail(base::ErrorCode::SignInFailed, "the user name or password is refused");
}

base::Result<void> Conversation::tell(const std::string& method, const std::string& uri, const Headers& headers,
                                      const network::Patience& patience) {
    return send(method, uri, headers, patience);
}

base::Result<void> Conversation::send(const std::string& method, const std::string& uri, const Headers& headers,
                                      const network::Patience& patience) {
    std::string text =
        method + " " + uri + " RTSP/1.0\r\nCSeq: " + std::to_string(++m_sequence) + "\r\nUser-Agent: Leedswatch\r\n";
    if (const std::string proof = m_authentication.answerFor(method, uri); !proof.empty()) {
        text += "Authorization: " + proof + "\r\n";
    }
    for (const auto& [name, value] : headers) {
        text += name + ": " + value + "\r\n";
    }
    text += "\r\n";
    return m_channel->write(bytesOf(text), patience);
}

base::Result<void> Conversation::sendFrame(unsigned channel, std::span<const std::byte> bytes,
                                           const network::Patience& patience) {
    std::vector<std::byte> frame{std::byte{'$'}, static_cast<std::byte>(channel),
                                 static_cast<std::byte>(bytes.size() >> 8U), static_cast<std::byte>(bytes.size())};
    frame.insert(frame.end(), bytes.begin(), bytes.end());
    return m_channel->write(frame, patience);
}

base::Result<Message> Conversation::waitForAnswer(const network::Patience& patience) {
    while (true) {
        TRY_ASSIGN(auto item, m_reader.next());
        if (const auto* frame = std::get_if<InterleavedFrame>(&item)) {
            m_onFrame(*frame);
        } else if (auto* message = std::get_if<Message>(&item)) {
            // An answer to something that was asked earlier, and not waited for, is passed over.
            const auto number = message->header("cseq");
            if (message->status == 0) {
                TRY(answer(*message, patience));
            } else if (number.empty() || number == std::to_string(m_sequence)) {
                return std::move(*message);
            }
        } else {
            TRY(readMore(patience));
        }
        // Whoever sends frames for ever and never answers must not keep us here.
        if (patience.isOver()) {
            return base::fail(patience.isStopped() ? base::ErrorCode::Cancelled : base::ErrorCode::TimedOut,
                              "no answer in time");
        }
    }
}

base::Result<bool> Conversation::takeWhatIsThere(const network::Patience& patience) {
    bool anything = false;
    while (true) {
        TRY_ASSIGN(const auto item, m_reader.next());
        if (const auto* frame = std::get_if<InterleavedFrame>(&item)) {
            m_onFrame(*frame);
        } else if (const auto* message = std::get_if<Message>(&item)) {
            if (message->status == 0) {
                TRY(answer(*message, patience));
            } else if (message->status == kUnauthorized) {
                if (!m_authentication.challenged(challengesIn(*message))) {
                    return base::fail(base::ErrorCode::SignInFailed, "the user name or password is refused");
                }
            } else if (message->status == kSessionNotFound) {
                return base::fail(base::ErrorCode::Disconnected, "the session is over");
            }
        } else {
            return anything;
        }
        anything = true;
    }
}

base::Result<void> Conversation::readMore(const network::Patience& patience) {
    TRY_ASSIGN(const std::size_t count, m_channel->readSome(m_reader.room(), patience));
    m_reader.received(count);
    return {};
}

base::Result<void> Conversation::readAvailable() {
    TRY_ASSIGN(const std::size_t count, m_channel->readAvailable(m_reader.room()));
    m_reader.received(count);
    return {};
}

base::Result<void> Conversation::answer(const Message& request, const network::Patience& patience) {
    const bool isKnown =
        request.method == "OPTIONS" || request.method == "GET_PARAMETER" || request.method == "SET_PARAMETER";
    const std::string text = std::string{"RTSP/1.0 "} + (isKnown ? "200 OK" : "501 Not Implemented") +
                             "\r\nCSeq: " + std::string{request.header("cseq")} + "\r\n\r\n";
    return m_channel->write(bytesOf(text), patience);
}

}  // namespace leedswatch::rtsp

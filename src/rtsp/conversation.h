#pragma once

#include "network/channel.h"
#include "rtsp/authentication.h"
#include "rtsp/message.h"

#include <functional>
#include <utility>

namespace leedswatch::rtsp {

/// Requests and answers on one connection, signed in where the server asks for it. What comes between an answer and its
/// request (interleaved frames) is handed on. One thread.
class Conversation {
public:
    using Headers = std::vector<std::pair<std::string, std::string>>;
    using OnFrame = std::function<void(const InterleavedFrame&)>;

    Conversation(std::unique_ptr<network::Channel> channel, Credentials credentials, OnFrame onFrame);

    /// Sends a request and waits for its answer, whatever its status but 401, which is SignInFailed if it stays.
    /// Errors: those of the channel; Damaged (no RTSP).
    [[nodiscard]] base::Result<Message> ask(const std::string& method, const std::string& uri, const Headers& headers,
                                            const network::Patience& patience);
    /// Sends a request and does not wait: what is answered comes to `handle`.
    [[nodiscard]] base::Result<void> tell(const std::string& method, const std::string& uri, const Headers& headers,
                                          const network::Patience& patience);
    [[nodiscard]] base::Result<void> sendFrame(unsigned channel, std::span<const std::byte> bytes,
                                               const network::Patience& patience);

    /// Takes what is there: frames are handed on, requests of the server answered. True if anything was whole. Waits
    /// for nothing. Error: Disconnected also if the server says that the session is over.
    [[nodiscard]] base::Result<bool> takeWhatIsThere(const network::Patience& patience);
    /// Waits for more bytes and reads them.
    [[nodiscard]] base::Result<void> readMore(const network::Patience& patience);
    /// Reads what has come; waits for nothing.
    [[nodiscard]] base::Result<void> readAvailable();

    [[nodiscard]] network::Channel& channel() { return *m_channel; }

private:
    [[nodiscard]] base::Result<void> send(const std::string& method, const std::string& uri, const Headers& headers,
                                          const network::Patience& patience);
    [[nodiscard]] base::Result<Message> waitForAnswer(const network::Patience& patience);
    [[nodiscard]] base::Result<void> answer(const Message& request, const network::Patience& patience);

    const std::unique_ptr<network::Channel> m_channel;
    const OnFrame m_onFrame;
    Authentication m_authentication;
    MessageReader m_reader;
    unsigned m_sequence = 0;
};

}  // namespace leedswatch::rtsp

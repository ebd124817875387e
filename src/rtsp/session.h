#pragma once

#include "rtsp/client.h"
#include "rtsp/client_errors.h"
#include "rtsp/media_receiver.h"

namespace leedswatch::rtsp {

/// The requests of one session with a server: from its address to PLAY, and what keeps it alive. The destructor says
/// good-bye without waiting for an answer. The errors are those of Client. One thread.
class Session {
public:
    /// `settings` outlives it.
    Session(const ClientSettings& settings, const base::Clock& clock, std::stop_token stop,
            Conversation::OnFrame onFrame);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    /// Connects and asks what there is, at another address if the server sends us there.
    [[nodiscard]] base::Result<SessionDescription> describe(const network::Patience& patience);
    /// Asks for a medium in the first of these ways in which the server sends; `receiver` takes it from there. Gives
    /// that way.
    [[nodiscard]] base::Result<Transport> setUp(MediaReceiver& receiver, const std::vector<Transport>& transports,
                                                const network::Patience& patience);
    [[nodiscard]] base::Result<void> play(const network::Patience& patience);

    /// To be called again and again: the server ends a session that it hears nothing of.
    void keepAlive();
    /// After `describe`.
    [[nodiscard]] Conversation& conversation() { return *m_conversation; }
    [[nodiscard]] const std::string& host() const { return m_host; }
    [[nodiscard]] ClientErrors words() const { return {m_host, m_settings.connect, m_settings.silence}; }

private:
    [[nodiscard]] base::Result<void> open(const std::string& url, const network::Patience& patience);
    [[nodiscard]] base::Result<Message> ask(const std::string& method, const std::string& uri,
                                            const Conversation::Headers& headers, const network::Patience& patience);
    [[nodiscard]] base::Result<Message> askForDescription(const network::Patience& patience);
    [[nodiscard]] base::Result<void> askWhatItCan(const network::Patience& patience);
    [[nodiscard]] std::string baseOf(const Message& description) const;
    [[nodiscard]] base::Result<std::string> wishFor(Transport transport, MediaReceiver& receiver);
    [[nodiscard]] base::Result<void> use(Transport transport, const TransportAnswer& answer, MediaReceiver& receiver,
                                         const network::Patience& patience);
    [[nodiscard]] base::Result<void> joinGroup(const TransportAnswer& answer, MediaReceiver& receiver,
                                               const network::Patience& patience);
    void readSession(std::string_view text);

    const ClientSettings& m_settings;
    const base::Clock& m_clock;
    const std::stop_token m_stop;
    const Conversation::OnFrame m_onFrame;
    std::optional<Conversation> m_conversation;
    std::string m_uri;
    std::string m_host;        ///< as it was written, for messages
    std::string m_base;        ///< what a medium's address begins with
    std::string m_sessionUri;  ///< of the whole session
    std::string m_session;     ///< its name
    std::chrono::seconds m_sessionTime{60};
    std::string m_aliveMethod = "OPTIONS";
    base::SteadyTime m_aliveAt{};
    unsigned m_nextChannel = 0;
};

}  // namespace leedswatch::rtsp

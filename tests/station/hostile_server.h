#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace leedswatch::tests {

/// One accepted connection of a HostileServer, as its script sees it.
class HostileConnection {
public:
    HostileConnection(int descriptor, const std::stop_token& stop) : m_descriptor{descriptor}, m_stop{stop} {}
    HostileConnection(const HostileConnection&) = delete;
    HostileConnection& operator=(const HostileConnection&) = delete;

    /// A request up to its empty line; empty when the client has gone or the server stops.
    [[nodiscard]] std::string request();
    /// False when the client has gone or the server stops.
    bool send(const std::string& bytes);
    /// One byte, then a second of nothing, and so on.
    void trickle(const std::string& bytes);
    /// Until the client goes or the server stops.
    void holdOn();

private:
    [[nodiscard]] bool waitFor(short event);

    const int m_descriptor;
    const std::stop_token& m_stop;
};

/// A server on loopback that treats each connection as its script says, on a thread of its own.
class HostileServer {
public:
    using Script = std::function<void(HostileConnection&)>;

    explicit HostileServer(Script script);
    ~HostileServer();
    HostileServer(const HostileServer&) = delete;
    HostileServer& operator=(const HostileServer&) = delete;

    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] std::string url(const std::string& scheme, const std::string& path = "/main") const;

private:
    void run(const std::stop_token& stop);

    const Script m_script;
    int m_port = 0;
    int m_listener = -1;
    std::jthread m_thread;
};

/// The CSeq of an RTSP request, for its answer.
[[nodiscard]] std::string sequenceOf(const std::string& request);

}  // namespace leedswatch::tests

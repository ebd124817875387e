#pragma once

#include "rtsp/server.h"

#include <memory>
#include <string>

namespace leedswatch::simulator {

/// Where a camera answers: at the estate's server, or at one of its own. That one is gone while the camera is stopped,
/// so that whoever asks for it has the connection refused, as by a real camera without its RTSP service; at the
/// estate's server only its paths can be gone (404). One thread at a time.
class CameraServer {
public:
    /// At the estate's server, which must outlive this.
    explicit CameraServer(rtsp::Server& shared) : m_shared{&shared}, m_port{shared.port()} {}
    /// At one of its own; `port` 0 takes a free one, and keeps to it. Errors: those of rtsp::Server::start.
    [[nodiscard]] static base::Result<CameraServer> createOwn(const std::string& address, int port,
                                                              const rtsp::ServerSettings& settings);

    /// Answers again, at the port of before. Errors: those of rtsp::Server::start.
    [[nodiscard]] base::Result<void> open();
    /// Mounts are to be removed first.
    void close() { m_own.reset(); }

    /// While it is open.
    [[nodiscard]] rtsp::Server& server() const { return m_shared != nullptr ? *m_shared : *m_own; }
    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] bool isShared() const { return m_shared != nullptr; }

private:
    CameraServer(std::string address, rtsp::ServerSettings settings, std::unique_ptr<rtsp::Server> own)
        : m_address{std::move(address)},
          m_settings{std::move(settings)},
          m_own{std::move(own)},
          m_port{m_own->port()} {}

    rtsp::Server* m_shared = nullptr;
    std::string m_address;
    rtsp::ServerSettings m_settings;
    std::unique_ptr<rtsp::Server> m_own;
    int m_port = 0;
};

}  // namespace leedswatch::simulator

#include "simulator/camera_server.h"

namespace leedswatch::simulator {

base::Result<CameraServer> CameraServer::createOwn(const std::string& address, int port,
                                                   const rtsp::ServerSettings& settings) {
    TRY_ASSIGN(auto own, rtsp::Server::start(address, port, settings));
    return CameraServer{address, settings, std::move(own)};
}

base::Result<void> CameraServer::open() {
    if (m_shared == nullptr && !m_own) {
        TRY_ASSIGN(m_own, rtsp::Server::start(m_address, m_port, m_settings));
    }
    return {};
}

}  // namespace leedswatch::simulator

#pragma once

#include "rtsp/server.h"
#include "video/relay_address.h"

#include <filesystem>
#include <memory>
#include <thread>
#include <vector>

namespace leedswatch::bench {

/// Drawn streets as a station relays them: cameras 1 to `cameras`, 704x576 of 16:9 shape at 25 pictures a second,
/// 1 Mbit/s, GOP 50, each its own picture; the address is written to the data folder.
class StreetRelay {
public:
    StreetRelay(std::filesystem::path folder, int cameras);
    ~StreetRelay();
    StreetRelay(const StreetRelay&) = delete;
    StreetRelay& operator=(const StreetRelay&) = delete;

private:
    struct Camera {
        std::vector<std::shared_ptr<rtsp::Mount>> mounts;
        std::vector<rtsp::AccessUnit> loop;
    };
    [[nodiscard]] Camera makeCamera(int number);
    void run(const std::stop_token& stop);

    rtsp::Credentials m_credentials;
    std::unique_ptr<rtsp::Server> m_server;
    std::vector<Camera> m_cameras;
    std::jthread m_thread;
};

}  // namespace leedswatch::bench

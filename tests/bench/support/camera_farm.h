#pragma once

#include "live_support/camera_loop.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace leedswatch::bench {

/// RTSP cameras for a station to read: each sends its loop 25 times a second, at a place of its own in it, and begins
/// with its next key frame for whoever connects, as cameras do.
class CameraFarm {
public:
    explicit CameraFarm(std::vector<tests::CameraLoop> loops);
    ~CameraFarm();
    CameraFarm(const CameraFarm&) = delete;
    CameraFarm& operator=(const CameraFarm&) = delete;

    /// For the import into an estate: cameras 1, 2, ... with one stream as main and sub stream.
    [[nodiscard]] std::string csv() const;

private:
    struct Camera {
        tests::CameraLoop loop;
        std::shared_ptr<rtsp::Mount> main;
        std::shared_ptr<rtsp::Mount> sub;
    };
    void run(const std::stop_token& stop) const;

    const std::unique_ptr<rtsp::Server> m_server;
    std::vector<Camera> m_cameras;
    std::jthread m_thread;
};

/// One camera that encodes each picture at the moment it is sent, with its number in it: what a desk paints can be
/// traced to when it left the encoder.
class ClockCamera {
public:
    ClockCamera();
    ~ClockCamera();
    ClockCamera(const ClockCamera&) = delete;
    ClockCamera& operator=(const ClockCamera&) = delete;

    [[nodiscard]] std::string csv() const;
    /// When each picture was handed to the network, in microseconds of the steady clock; a line "number time" each.
    [[nodiscard]] std::string sendTimes() const;

private:
    void run(const std::stop_token& stop);

    const std::unique_ptr<rtsp::Server> m_server;
    const std::shared_ptr<rtsp::Mount> m_mount;
    mutable std::mutex m_mutex;
    // Guarded by m_mutex.
    std::vector<std::pair<int, std::int64_t>> m_sent;
    std::jthread m_thread;
};

/// The number that ClockCamera drew into a picture of `width` by `height`, whatever it was scaled to; `lumaAt` gives
/// the brightness of a pixel.
template <typename LumaAt>
[[nodiscard]] int clockNumber(int width, int height, const LumaAt& lumaAt) {
    int number = 0;
    for (int bit = 0; bit < 16; ++bit) {
        const int x = width * (2 * (bit % 4) + 1) / 16;
        const int y = height * (2 * (bit / 4) + 1) / 16;
        number |= (lumaAt(x, y) > 128 ? 1 : 0) << bit;
    }
    return number;
}

}  // namespace leedswatch::bench

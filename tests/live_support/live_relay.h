#pragma once

#include "live_support/camera_loop.h"
#include "video/relay_address.h"

#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>

namespace leedswatch::tests {

/// The brightness that fills the pictures of camera `number`, and back: what is shown tells whose it is.
[[nodiscard]] int lumaOf(int number);
[[nodiscard]] int numberOfLuma(int luma);

enum class CameraFault { None, Freeze, Stall, LosePictures };

/// A station's relay as a desk sees it: cameras that send 25 pictures a second, their address written to a data folder.
class LiveRelay {
public:
    explicit LiveRelay(std::filesystem::path folder);
    ~LiveRelay();
    LiveRelay(const LiveRelay&) = delete;
    LiveRelay& operator=(const LiveRelay&) = delete;

    /// 1 to 16, of 176x144: each picture is filled with its camera's brightness but for a square that moves.
    void addCamera(int number);
    void addCamera(int number, CameraLoop loop);
    /// As a station whose camera has gone: the path is no longer there.
    void removeCamera(int number);
    void setFault(int number, CameraFault fault);
    /// How many desks watch it.
    [[nodiscard]] int clients(int number);
    /// As a station that was killed: the server goes, its address stays.
    void stop();
    /// As a station that was started anew: another port, another secret.
    void start();

private:
    struct Camera {
        std::shared_ptr<rtsp::Mount> main;
        std::shared_ptr<rtsp::Mount> sub;
        CameraLoop loop;
        CameraFault fault = CameraFault::None;
    };
    void run(const std::stop_token& stop);
    void pushNext(int number, const Camera& camera) const;
    void mount(int number, Camera& camera);

    const std::filesystem::path m_folder;
    int m_starts = 0;
    std::mutex m_mutex;
    std::condition_variable_any m_wait;
    // Guarded by m_mutex.
    std::unique_ptr<rtsp::Server> m_server;
    std::unordered_map<int, Camera> m_cameras;
    rtsp::Credentials m_credentials;
    std::int64_t m_picture = 0;

    std::jthread m_thread;
};

}  // namespace leedswatch::tests

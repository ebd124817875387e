#pragma once

#include "simulator/camera_server.h"
#include "simulator/clip.h"
#include "simulator/control_line.h"
#include "simulator/live_scene.h"
#include "simulator/tone.h"

#include <optional>

namespace leedswatch::simulator {

/// A camera of the simulated estate with its faults. Thread-safe.
class Camera {
public:
    struct Settings {
        int number = 1;
        std::string name;
        rtsp::Credentials credentials;
        SharedTone tone = {};  ///< what its microphone hears, on the main stream; null: it has none
    };

    /// Shows a street. What LiveScene asks for must outlive it.
    [[nodiscard]] static base::Result<std::unique_ptr<Camera>> createDrawn(const Settings& settings,
                                                                           const SceneDescription& description,
                                                                           CameraServer server,
                                                                           const base::Clock& clock, Drawers& drawers,
                                                                           Pacer& pacer);
    /// Shows a clip, begun at `phase` of it (0 to 1).
    [[nodiscard]] static std::unique_ptr<Camera> createFromClip(const Settings& settings, const Clip& clip,
                                                                double phase, CameraServer server, Pacer& pacer);

    /// Errors: InvalidInput if it cannot be now; those of encoding.
    [[nodiscard]] base::Result<void> command(const ControlCommand& command);
    /// "camera 3 running, 1280x720, clients main 1 sub 0"
    [[nodiscard]] std::string describe() const;
    [[nodiscard]] const Settings& settings() const { return m_settings; }
    [[nodiscard]] int port() const { return m_server.port(); }
    /// As on the server: "/camera/3/main".
    [[nodiscard]] static std::string pathOf(int number, const char* stream);

private:
    enum class Picture { Good, Frozen, Black, Noise };
    class Watch;

    Camera(Settings settings, CameraServer server, base::SteadyTime begin);
    void pace(Pacer& pacer);
    [[nodiscard]] base::Result<void> freeze();
    [[nodiscard]] base::Result<void> showFault(Picture picture, base::Result<SharedLoop> (*make)(cv::Size));
    [[nodiscard]] base::Result<void> setResolution(cv::Size size);
    [[nodiscard]] base::Result<void> clear();
    [[nodiscard]] base::Result<void> start();
    void showGood();
    void stop();
    void reboot(std::chrono::seconds time);
    void refuse();
    void setHanging(bool isHanging);
    void spoilTimes(ControlCommand::TimeFault fault);
    void setFaults(const rtsp::StreamFaults& faults);
    /// On the pacer's thread: whether a reboot is over.
    void look(base::SteadyTime now);

    const Settings m_settings;
    const base::SteadyTime m_begin;
    const std::shared_ptr<CameraStream> m_main;
    const std::shared_ptr<CameraStream> m_sub;
    std::shared_ptr<LiveScene> m_scene;  // constant once made; null for a clip
    cv::Size m_originalSize;             // constant once made
    cv::Size m_originalSubSize;          // constant once made
    Clip m_clip;                         // constant once made
    mutable std::mutex m_mutex;
    // Guarded by m_mutex.
    CameraServer m_server;  // its port is constant
    SharedLoop m_mainLoop;  // of a clip: what is shown while nothing is wrong
    cv::Size m_size;
    Picture m_picture = Picture::Good;
    bool m_isRunning = true;
    bool m_isRefusing = false;
    bool m_isStalled = false;
    bool m_isHanging = false;
    rtsp::StreamFaults m_faults;
    std::optional<base::SteadyTime> m_startAt;  // of a reboot
};

}  // namespace leedswatch::simulator

#pragma once

#include "simulator/camera.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace leedswatch::simulator {

/// What the drawn cameras' microphones send; mixed: AAC, mu-law and A-law in turn.
enum class SoundChoice { None, Aac, MuLaw, ALaw, Mixed };

/// The whole: server, cameras and the threads that move them. `command` is for one thread at a time.
class TrainingEstate {
public:
    struct Settings {
        int cameras = 0;  ///< 0: one for each clip
        std::optional<std::filesystem::path> clips;
        std::string address = "127.0.0.1";
        int port = 0;  ///< 0: a free one
        /// Each camera has a port of its own, from `port` on upwards (or a free one each): stopped, it refuses
        /// connections. That costs a few threads a camera.
        bool hasPortPerCamera = false;
        std::uint64_t seed = 1;
        Lighting lighting = Lighting::ByTime;
        SoundChoice sound = SoundChoice::None;
        rtsp::Credentials credentials;
        rtsp::ServerSettings server;
    };

    /// Returns when every camera answers. A clip that cannot be used is left out with a line in the log. Errors:
    /// InvalidInput (no clip can be used), those of rtsp::Server::start; Cancelled.
    [[nodiscard]] static base::Result<std::unique_ptr<TrainingEstate>> start(const Settings& settings,
                                                                             const base::Clock& clock,
                                                                             const std::stop_token& stop);

    /// Answers a control line: "ok" or "error: sentence", for "status" with a line for each camera before it; every
    /// line ends with a newline.
    [[nodiscard]] std::string command(std::string_view line);
    /// As `leedswatchctl cameras import` reads it, passwords included.
    [[nodiscard]] std::string csv() const;
    /// Of the first camera, and of all if they share one.
    [[nodiscard]] int port() const { return m_cameras.front()->port(); }
    [[nodiscard]] int count() const { return static_cast<int>(m_cameras.size()); }

private:
    TrainingEstate(Settings settings, std::unique_ptr<rtsp::Server> server);
    [[nodiscard]] base::Result<CameraServer> serverFor(int number) const;
    /// Null without sound.
    [[nodiscard]] base::Result<SharedTone> toneFor(int number);
    [[nodiscard]] base::Result<void> addDrawn(const base::Clock& clock);
    [[nodiscard]] base::Result<void> addFromClips(const std::stop_token& stop);

    const Settings m_settings;
    const std::unique_ptr<rtsp::Server> m_server;     // null if each camera has its own
    std::map<rtsp::SoundCoding, SharedTone> m_tones;  // constant once started
    std::vector<std::unique_ptr<Camera>> m_cameras;   // constant once started
    Drawers m_drawers;
    Pacer m_pacer;  // stops before what it paces goes
};

}  // namespace leedswatch::simulator

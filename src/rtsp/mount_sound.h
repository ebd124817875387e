#pragma once

#include "rtsp/client_feed.h"

#include <optional>

namespace leedswatch::rtsp {

/// The sound of a mount: its format, and a feed for each client that was offered it. Thread-safe.
class MountSound {
public:
    MountSound() = default;
    MountSound(const MountSound&) = delete;
    MountSound& operator=(const MountSound&) = delete;

    void setFormat(const std::optional<SoundFormat>& format);
    [[nodiscard]] std::optional<SoundFormat> format() const;
    /// Never blocks; what a client is too slow for is left out for it.
    void push(const AccessUnit& unit);
    /// Feeds the source named "sound" of a client's media, if it has one. `originTime`: of the pictures' first.
    void attach(GstRTSPMedia* media, GstRTSPClient* client, std::int64_t originTime);

private:
    /// The feeds, and who takes one away when its media ends: that may be after the mount has gone.
    struct Feeds {
        std::mutex mutex;
        std::vector<std::shared_ptr<ClientFeed>> all;  // guarded by mutex
    };

    const std::shared_ptr<Feeds> m_feeds = std::make_shared<Feeds>();
    mutable std::mutex m_mutex;
    // Guarded by m_mutex.
    std::optional<SoundFormat> m_format;
    SharedCaps m_caps;
};

}  // namespace leedswatch::rtsp

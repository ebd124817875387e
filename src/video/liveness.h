#pragma once

#include "base/clock.h"

#include <chrono>
#include <optional>
#include <string_view>

namespace leedswatch::video {

/// What a tile may say of its picture. Only Live may be taken for the present.
enum class LiveState {
    Connecting,  ///< no picture of the present yet, and not long enough to call it lost
    Live,
    Late,     ///< the picture is more than a second old, or lags that far behind
    Frozen,   ///< data flows, and the picture does not change or none can be decoded
    Offline,  ///< nothing arrives
};

/// Which of the facts that make a picture live is missing.
enum class MissingFact {
    None,
    Connection,     ///< nobody answers, or the connection was refused or lost
    Packets,        ///< connected, and nothing arrives
    Decoding,       ///< packets arrive, and no whole picture comes out of them
    PictureChange,  ///< pictures come, and are one and the same
    LiveEdge,       ///< pictures come, and are older than the present
};

[[nodiscard]] std::string_view nameOf(LiveState state);
[[nodiscard]] std::string_view nameOf(MissingFact fact);

struct LiveVerdict {
    LiveState state = LiveState::Connecting;
    MissingFact missing = MissingFact::None;
    base::UtcTime since{};            ///< when the missing fact was last there; Live: when it became live
    std::chrono::milliseconds age{};  ///< how long ago that was, by the steady clock
};

/// Judges whether a picture is live, from three facts: packets arrive, frames decode, the picture changes (DESIGN,
/// section 7). A picture is Live only once all three have been seen since the view was made and the stream has reached
/// its live edge: the first pictures of a relay are up to a GOP old. Deadlines use the steady clock, so that a step of
/// the wall clock condemns no camera. Not thread-safe: its owner holds a lock.
class Liveness {
public:
    static constexpr std::chrono::milliseconds lateAfter{1000};
    /// Three seconds are promised to the operator; what is left of them is for the way here and for whoever looks.
    static constexpr std::chrono::milliseconds lostAfter{2500};

    explicit Liveness(const base::Clock& clock);

    void connected();
    /// `atLiveEdge`: it did not wait in a queue on the way here, so what it shows is of the present.
    void packetArrived(bool atLiveEdge);
    /// A whole picture was decoded. `changed`: it differs from the ones before.
    void pictureDecoded(bool changed);
    /// The connection that there was has ended.
    void disconnected();
    /// An attempt to connect has failed.
    void connectionFailed();

    [[nodiscard]] LiveVerdict verdict() const;

private:
    using Steady = std::optional<base::SteadyTime>;

    [[nodiscard]] std::optional<LiveVerdict> lossVerdict() const;
    [[nodiscard]] LiveVerdict notLostVerdict() const;
    [[nodiscard]] LiveVerdict make(LiveState state, MissingFact fact, base::SteadyTime since) const;
    [[nodiscard]] bool olderThan(base::SteadyTime time, std::chrono::milliseconds limit) const;
    [[nodiscard]] std::chrono::milliseconds lateLimit() const;
    [[nodiscard]] bool isFrozen() const;

    const base::Clock& m_clock;
    const base::SteadyTime m_madeAt;
    bool m_connected = false;
    bool m_failed = false;  ///< the newest attempt failed
    bool m_behind = true;   ///< the newest packet was of a past that is still being caught up with
    // Of the whole view: what was lost stays lost until it is there again.
    Steady m_lastPacket;  ///< of the present; those of a relay's stored GOP do not show that the camera is there
    Steady m_lastPicture;
    Steady m_lastChange;
    Steady m_lastLive;
    std::chrono::milliseconds m_interval{40};  ///< between pictures, smoothed
    // Of this connection.
    Steady m_connectedAt;
    Steady m_firstPacket;
    Steady m_liveSince;
    bool m_changeSeen = false;
};

}  // namespace leedswatch::video

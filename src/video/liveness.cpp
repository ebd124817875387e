#include "video/liveness.h"

#include <algorithm>

namespace leedswatch::video {
namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;

}  // namespace

std::string_view nameOf(LiveState state) {
    switch (state) {
        case LiveState::Connecting: return "connecting";
        case LiveState::Live: return "live";
        case LiveState::Late: return "late";
        case LiveState::Frozen: return "frozen";
        case LiveState::Offline: return "offline";
    }
    return "";
}

std::string_view nameOf(MissingFact fact) {
    switch (fact) {
        case MissingFact::None: return "none";
        case MissingFact::Connection: return "connection";
        case MissingFact::Packets: return "packets";
        case MissingFact::Decoding: return "decoding";
        case MissingFact::PictureChange: return "picture-change";
        case MissingFact::LiveEdge: return "live-edge";
    }
    return "";
}

Liveness::Liveness(const base::Clock& clock) : m_clock{clock}, m_madeAt{clock.steadyNow()} {}

void Liveness::connected() {
    // A frozen camera that is connected to anew is frozen until it shows otherwise; any other begins afresh.
    if (!isFrozen()) {
        m_lastChange.reset();
    }
    m_connected = true;
    m_connectedAt = m_clock.steadyNow();
    m_firstPacket.reset();
    m_liveSince.reset();
    m_changeSeen = false;
    m_behind = true;
}

void Liveness::packetArrived(bool atLiveEdge) {
    const base::SteadyTime now = m_clock.steadyNow();
    m_behind = !atLiveEdge;
    m_failed = false;
    if (!m_firstPacket) {
        m_firstPacket = now;
    }
    // A burst is over within a second; what goes on for longer is a stream that we do not keep up with.
    if (atLiveEdge || now - *m_firstPacket > lateAfter) {
        m_lastPacket = now;
    }
}

void Liveness::pictureDecoded(bool changed) {
    const base::SteadyTime now = m_clock.steadyNow();
    if (m_lastPicture && !m_behind) {
        const auto gap = std::min(duration_cast<milliseconds>(now - *m_lastPicture), lateAfter);
        m_interval = (m_interval * 7 + gap) / 8;
    }
    m_lastPicture = now;
    m_changeSeen = m_changeSeen || changed;
    if (changed || !m_lastChange) {
        m_lastChange = now;
    }
    if (!m_changeSeen || m_behind || isFrozen()) {
        m_liveSince.reset();
        return;
    }
    m_lastLive = now;
    if (!m_liveSince) {
        m_liveSince = now;
    }
}

void Liveness::disconnected() {
    m_connected = false;
    m_connectedAt.reset();
    m_liveSince.reset();
    m_behind = true;
}

void Liveness::connectionFailed() {
    disconnected();
    m_failed = true;
}

LiveVerdict Liveness::verdict() const {
    const auto loss = lossVerdict();
    return loss ? *loss : notLostVerdict();
}

std::optional<LiveVerdict> Liveness::lossVerdict() const {
    // The loss of a fact that was never there is counted from when the view was made.
    const base::SteadyTime lastPacket = m_lastPacket.value_or(m_madeAt);
    if (m_failed) {
        return make(LiveState::Offline, MissingFact::Connection, lastPacket);
    }
    if (olderThan(lastPacket, lostAfter)) {
        return make(LiveState::Offline, m_connected ? MissingFact::Packets : MissingFact::Connection, lastPacket);
    }
    const base::SteadyTime lastPicture = m_lastPicture.value_or(m_madeAt);
    if (olderThan(lastPicture, lostAfter) && m_connectedAt && olderThan(*m_connectedAt, lostAfter)) {
        return make(LiveState::Frozen, MissingFact::Decoding, lastPicture);
    }
    // Pictures that do not come cannot change: that they do not come is what is missing then.
    if (m_lastChange && olderThan(*m_lastChange, lostAfter) && !olderThan(lastPicture, lateAfter)) {
        return make(LiveState::Frozen, MissingFact::PictureChange, *m_lastChange);
    }
    return std::nullopt;
}

LiveVerdict Liveness::notLostVerdict() const {
    if (m_liveSince && !m_behind) {
        if (!olderThan(*m_lastPicture, lateLimit())) {
            return make(LiveState::Live, MissingFact::None, *m_liveSince);
        }
        const bool packets = m_lastPacket && !olderThan(*m_lastPacket, lateLimit());
        return make(LiveState::Late, packets ? MissingFact::Decoding : MissingFact::Packets, *m_lastPicture);
    }
    // What is on the screen, if anything, is not of the present. A new connection has a second to get there.
    const base::SteadyTime since = m_lastLive.value_or(m_madeAt);
    if (!m_lastPicture || !olderThan(m_connectedAt.value_or(since), lateAfter)) {
        return make(LiveState::Connecting, MissingFact::None, m_connectedAt.value_or(m_madeAt));
    }
    const MissingFact fact = !m_connected     ? MissingFact::Connection
                             : !m_firstPacket ? MissingFact::Packets
                             : m_behind       ? MissingFact::LiveEdge
                                              : MissingFact::PictureChange;
    return make(LiveState::Late, fact, since);
}

bool Liveness::isFrozen() const {
    return m_lastPicture && m_lastChange && *m_lastPicture - *m_lastChange > lostAfter;
}

LiveVerdict Liveness::make(LiveState state, MissingFact fact, base::SteadyTime since) const {
    const auto age = m_clock.steadyNow() - since;
    return {state, fact, m_clock.now() - duration_cast<base::Microseconds>(age), duration_cast<milliseconds>(age)};
}

bool Liveness::olderThan(base::SteadyTime time, milliseconds limit) const {
    return m_clock.steadyNow() - time > limit;
}

milliseconds Liveness::lateLimit() const {
    // A camera of one picture a second is not late between two of them.
    return std::clamp(m_interval * 2, lateAfter, lostAfter);
}

}  // namespace leedswatch::video

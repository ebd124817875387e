#include "video/wall_timeline.h"

#include <algorithm>

namespace leedswatch::video {
namespace {

constexpr base::Microseconds kSmallestStep{1'000'000};

base::Microseconds between(base::SteadyTime from, base::SteadyTime to) {
    return std::chrono::duration_cast<base::Microseconds>(to - from);
}

}  // namespace

base::UtcTime WallTimeline::at(base::SteadyTime steady) const {
    return m_anchor->wall + between(m_anchor->steady, steady);
}

base::Microseconds WallTimeline::follow(base::UtcTime wall, base::SteadyTime steady) {
    const base::Microseconds difference = wall - at(steady);
    if (std::chrono::abs(difference) >= kSmallestStep) {
        m_anchor = Anchor{wall, steady};
        return difference;
    }
    m_anchor->wall += std::clamp(difference, -mostSlew, mostSlew);
    return base::Microseconds{0};
}

base::SteadyTime beginOf(const Gop& gop) {
    const Packet& first = gop.packets.front();
    base::SteadyTime begin = first.arrivedAt;
    for (const Packet& packet : gop.packets) {
        begin = std::min(begin, packet.arrivedAt - durationOfTicks(packet.time - first.time));
    }
    return begin;
}

}  // namespace leedswatch::video

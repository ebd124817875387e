#include "network/patience.h"

#include <poll.h>

#include <algorithm>
#include <cerrno>

namespace leedswatch::network {
namespace {

constexpr std::chrono::milliseconds kStep{50};

}  // namespace

Patience Patience::within(base::SteadyTime::duration limit) const {
    Patience shorter{*m_clock, m_stop, limit};
    shorter.m_deadline = std::min(shorter.m_deadline, m_deadline);
    return shorter;
}

base::Result<void> Patience::waitFor(int descriptor, short events) const {
    pollfd waiting{descriptor, events, 0};
    return waitForAny(&waiting, 1);
}

base::Result<void> Patience::waitForAny(pollfd* descriptors, std::size_t count) const {
    while (true) {
        if (isStopped()) {
            return base::fail(base::ErrorCode::Cancelled, "a wait for the network was stopped");
        }
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(m_deadline - m_clock->steadyNow());
        if (left.count() <= 0) {
            return base::fail(base::ErrorCode::TimedOut, "nothing came from the network in time");
        }
        const int ready =
            ::poll(descriptors, static_cast<nfds_t>(count), static_cast<int>(std::min(left, kStep).count()));
        if (ready > 0) {
            return {};
        }
        if (ready < 0 && errno != EINTR) {
            return base::fail(base::ErrorCode::Internal, base::errorFromErrno(errno, "wait for the network").message);
        }
    }
}

}  // namespace leedswatch::network

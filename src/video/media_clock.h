#pragma once

#include "base/time.h"
#include "estate/stream_measurements.h"

#include <array>
#include <cstdint>
#include <optional>

namespace leedswatch::video {

/// Makes one growing media time (90 kHz) out of what a camera says of its pictures, for one session. The steady clock
/// of their arrival is the judge: a time that cannot be true beside it is replaced by the arrival's, and what follows
/// goes on from there. What is true stays as the camera said it, pictures in the order of decoding (B-frames) included.
/// One thread.
class MediaClock {
public:
    /// `said`: nothing if the picture came without a time.
    [[nodiscard]] std::int64_t mend(std::optional<std::int64_t> said, base::SteadyTime arrivedAt);
    [[nodiscard]] const estate::MendedTimes& mended() const { return m_mended; }

private:
    [[nodiscard]] std::int64_t take(std::int64_t said, std::int64_t elapsed);
    [[nodiscard]] std::int64_t takeEarlier(std::int64_t said, std::int64_t elapsed);
    [[nodiscard]] std::int64_t goOnFrom(std::int64_t said, std::int64_t step);
    [[nodiscard]] bool isKnown(std::int64_t said) const;
    void remember(std::int64_t said);

    estate::MendedTimes m_mended;
    bool m_hasBegun = false;
    base::SteadyTime m_lastArrival{};
    std::int64_t m_lastGiven = 0;            // the latest that was given out
    std::optional<std::int64_t> m_lastSaid;  // the latest that the camera said, as it counts now
    std::int64_t m_offset = 0;               // given - said
    int m_earlierInARow = 0;
    std::array<std::int64_t, 16> m_recent{};
    std::size_t m_recentCount = 0;
};

}  // namespace leedswatch::video

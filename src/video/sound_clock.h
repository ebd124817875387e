#pragma once

#include "base/time.h"

#include <cstdint>
#include <optional>

namespace leedswatch::video {

/// Puts a camera's sound on the clock of its pictures, as MediaClock has mended that. Sender reports say where both
/// stand on the camera's clock; before there are some, and where they cannot be true, the arrival says it. Sound goes
/// on by its own count of samples as long as that fits; where the two have drifted apart it is put in place again,
/// which leaves a hole, or costs what would lie over sound that is there already. One thread.
class SoundClock {
public:
    /// `clockRate`: of the sound's time stamps, a second.
    explicit SoundClock(int clockRate) : m_clockRate{clockRate} {}

    /// A picture has come: its time as mended, and when it was taken by the camera's clock, if that is known.
    void picture(std::int64_t time, std::optional<base::UtcTime> cameraTime, base::SteadyTime arrivedAt);
    /// The time (90 kHz) of a piece of sound. Nothing if it is to be left out: there is no picture yet, or it would lie
    /// over what was given before.
    [[nodiscard]] std::optional<std::int64_t> place(std::uint32_t timestamp, std::uint32_t duration,
                                                    std::optional<base::UtcTime> cameraTime,
                                                    base::SteadyTime arrivedAt);
    /// Pieces that were left out since the first picture.
    [[nodiscard]] std::int64_t leftOut() const { return m_leftOut; }

private:
    struct Picture {
        std::int64_t time;
        std::optional<base::UtcTime> cameraTime;
        base::SteadyTime arrivedAt;
    };
    struct Target {
        std::int64_t time;
        bool isByReports;
    };

    [[nodiscard]] Target targetOf(std::uint32_t duration, std::optional<base::UtcTime> cameraTime,
                                  base::SteadyTime arrivedAt) const;
    [[nodiscard]] std::int64_t ticksOf(std::int64_t samples) const;
    [[nodiscard]] bool hasStrayed(std::int64_t time, const Target& target, base::SteadyTime now);
    void anchorAt(const Target& target);

    const int m_clockRate;
    std::optional<Picture> m_picture;
    // Time = m_anchor + so many samples.
    std::optional<std::int64_t> m_anchor;
    std::int64_t m_samples = 0;
    bool m_isByReports = false;
    std::uint32_t m_lastTimestamp = 0;
    std::int64_t m_end = 0;  // of what was given last
    std::optional<base::SteadyTime> m_strayingSince;
    std::int64_t m_leftOut = 0;
};

}  // namespace leedswatch::video

#pragma once

#include "base/clock.h"
#include "transcode/file_transcode.h"

#include <chrono>
#include <deque>
#include <optional>

namespace leedswatch::transcode {

/// What people are told of how far a job is: one share of the whole work over all its phases, and the time that the
/// phase still takes at the pace of the last minute. One thread.
class JobProgress {
public:
    /// `share`: thousandths that an earlier run had reached; it never goes back behind that.
    JobProgress(const base::Clock& clock, int share) : m_clock{clock}, m_share{share} {}

    void take(const TranscodeProgress& progress);
    /// Whether it is worth telling: another phase, or two seconds since this was last true.
    [[nodiscard]] bool isDue();

    [[nodiscard]] TranscodePhase phase() const { return m_phase; }
    [[nodiscard]] int share() const { return m_share; }
    /// Nothing in the first ten seconds of a phase, and while it is not known how much there is to do.
    [[nodiscard]] std::optional<std::chrono::seconds> left() const;

private:
    struct Sample {
        base::SteadyTime at;
        double done = 0;
    };

    const base::Clock& m_clock;
    int m_share;
    TranscodePhase m_phase = TranscodePhase::Hashing;
    double m_of = 0;
    std::deque<Sample> m_samples;  ///< of this phase, of the last minute
    std::optional<base::SteadyTime> m_toldAt;
    TranscodePhase m_toldPhase = TranscodePhase::Hashing;
};

}  // namespace leedswatch::transcode

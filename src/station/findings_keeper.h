#pragma once

#include "analytics/motion_journal.h"
#include "analytics/quality_history.h"
#include "analytics/watched_times.h"
#include "base/clock.h"
#include "station/tamper_desk.h"
#include "video/footage_holds.h"

#include <deque>

namespace leedswatch::station {

/// Forgets what the cameras' pictures told when the pictures themselves have gone: motion and where it was, when a
/// camera was watched, tamper with its stills. What was seen during footage that somebody holds stays with it, and so
/// does all that came after. How good a picture was stays for 92 days, for a lens gets dirty over a season. One thread.
class FindingsKeeper {
public:
    FindingsKeeper(store::Database& database, const base::Clock& clock, TamperDesk& desk);

    /// A few cameras' worth of work, once an hour for each; what cannot be forgotten now is logged and left for the
    /// next time. To be called every few seconds: whoever calls has motion to write down in between.
    void step();

private:
    void forgetOld(const estate::Camera& camera);
    /// Error: of the store; nothing may be forgotten then.
    [[nodiscard]] base::Result<base::UtcTime> keptFrom(const estate::Camera& camera);

    store::Database& m_database;
    const base::Clock& m_clock;
    TamperDesk& m_desk;
    analytics::MotionJournal m_motion;
    analytics::WatchedTimes m_watched;
    analytics::QualityHistory m_quality;
    video::FootageHolds m_holds;
    std::deque<estate::Camera> m_waiting;
    base::SteadyTime m_next{};
};

}  // namespace leedswatch::station

#pragma once

#include "analytics/tamper_journal.h"
#include "analytics/tamper_views.h"
#include "base/clock.h"
#include "estate/camera_registry.h"
#include "estate/fault_register.h"
#include "estate/privacy_zones.h"

#include <opencv2/core.hpp>

#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <vector>

namespace leedswatch::station {

/// Tamper that began or is over, as a camera's feed found it.
struct TamperChange {
    const void* feed = nullptr;  ///< with the number it names an event that has no row yet
    std::int64_t number = 0;
    std::int64_t row = 0;  ///< of one that lasts since an earlier feed
    analytics::TamperKind kind{};
    base::UtcTime from;
    std::optional<base::UtcTime> until;  ///< none: it began
    analytics::TamperEnd endedBy{};
    cv::Mat before;  ///< may be empty
    cv::Mat after;
};

/// Tamper that lasts, for a feed that is new.
struct LastingTamper {
    std::int64_t row = 0;
    analytics::TamperKind kind{};
    cv::Mat before;  ///< empty: there is none to compare with
};

/// Brings what is found of tamper to the store: stills as files, then the row, then the fault that the room sees. An
/// event stays open while its view is not back, whoever restarts: the next feed of the camera goes on with it. What
/// cannot be written is kept and tried again. Thread-safe; it waits for the disk and the store.
///
/// Invariants: a row names a still only if it is on the disk; a camera has the fault "tamper" while, and only while, an
/// event of it lasts (what a killed station left otherwise is put right by `start`); a still that no row names goes at
/// the next start.
class TamperDesk {
public:
    TamperDesk(store::Database& database, const base::Clock& clock);

    /// Puts right what an earlier station left. Error: of the store.
    [[nodiscard]] base::Result<void> start();
    /// What lasts of a camera: the newest last, and that one alone with its picture.
    [[nodiscard]] std::vector<LastingTamper> lasting(estate::CameraId camera);

    void take(estate::CameraId camera, std::vector<TamperChange> changes);
    void write();
    /// People or the list of cameras have changed what lasts: its faults follow.
    void followEstate();
    /// What was over before that time, with its stills.
    void forgetOld(const estate::Camera& camera, base::UtcTime before);

private:
    using EventName = std::pair<const void*, std::int64_t>;
    struct Waiting {
        estate::CameraId camera;
        TamperChange change;
        std::string before;  ///< files that are written already
        std::string after;
        bool hasStills = false;
    };

    [[nodiscard]] base::Result<void> writeOne(Waiting& waiting);
    void writeStills(Waiting& waiting, const estate::Camera& camera);
    [[nodiscard]] base::Result<std::string> writeStill(const cv::Mat& still, const Waiting& waiting,
                                                       const estate::Camera& camera, const std::string& which);
    void followFaults();
    [[nodiscard]] base::Result<void> followFault(const estate::Camera& camera);
    [[nodiscard]] base::Result<void> endUnwatched();
    [[nodiscard]] base::Result<void> touchFaulty();
    [[nodiscard]] base::Result<void> removeNameless();
    [[nodiscard]] base::Result<estate::Camera> cameraOf(estate::CameraId camera);

    store::Database& m_database;
    const base::Clock& m_clock;
    analytics::TamperJournal m_journal;
    analytics::TamperViews m_views;
    estate::CameraRegistry m_cameras;
    estate::FaultRegister m_faults;
    estate::PrivacyZones m_zones;

    std::mutex m_mutex;
    // Guarded by m_mutex.
    std::deque<Waiting> m_waiting;
    std::map<EventName, std::int64_t> m_rows;  ///< of events that last
    std::set<estate::CameraId> m_touched;      ///< whose faults are to be looked at
    bool m_hasFailed = false;
    bool m_stillsFail = false;
};

}  // namespace leedswatch::station

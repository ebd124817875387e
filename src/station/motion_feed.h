#pragma once

#include "analytics/activity_grid.h"
#include "analytics/motion_journal.h"
#include "analytics/motion_plan.h"
#include "analytics/quality_history.h"
#include "analytics/quality_probe.h"
#include "analytics/stream_watch.h"
#include "station/tamper_feed.h"
#include "video/packet.h"
#include "video/segment.h"

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

namespace leedswatch::station {

/// One camera's stream on its way to the motion watch: packets that wait, the watch itself, the watch for tamper and
/// the hourly reading of how good the picture is (both of every camera, whatever its plan), and what was found since it
/// was asked last. Thread-safe; `push` and `endSession` return at once.
class MotionFeed {
public:
    /// A change of an event: it began, went on or ended. The number is the feed's own and grows.
    struct Change {
        std::int64_t number = 0;
        analytics::RecordedMotion event;
        bool startsRecording = false;
    };
    struct Findings {
        std::vector<Change> changes;
        std::map<std::int64_t, analytics::ActivitySpan> activity;  ///< by span; what is new of it
        std::vector<analytics::QualityReading> quality;
        std::vector<TamperChange> tamper;
        std::vector<video::TimeRange>
            watched;  ///< looked at for motion; the last one may go on, and is told again then
    };

    /// `ready` is called, on the stream's thread, when there is work; it must return soon.
    MotionFeed(estate::CameraId camera, int number, std::function<void()> ready);

    [[nodiscard]] estate::CameraId camera() const { return m_camera; }

    // The stream's thread.
    void push(const video::Packet& packet);
    void endSession();

    /// Nothing: it is not watched. A plan that changed makes a new watch.
    void setPlan(std::optional<analytics::MotionPlan> plan);
    /// What is pushed is looked at for motion, or will be.
    [[nodiscard]] bool isWatching() const;
    /// What people have said of the view. When somebody accepts it, or it is not watched any more, it is forgotten.
    void setView(const analytics::TamperView& view);
    /// Before the first packet: what was said before the feed was there.
    void startView(const analytics::TamperView& view) { m_view = m_usedView = view; }
    /// Before the first packet: what lasts since an earlier feed.
    void resumeTamper(std::vector<LastingTamper> lasting) { m_tamper.resume(std::move(lasting)); }

    // One worker at a time: from claim() on until release().
    [[nodiscard]] bool claim();
    /// All that waits.
    void work();
    void release();
    [[nodiscard]] bool hasWork() const;

    [[nodiscard]] Findings take();
    /// Of tamper alone.
    [[nodiscard]] std::vector<TamperChange> takeTamper();
    /// An event began or ended since `take`.
    [[nodiscard]] bool hasNews() const;
    /// The camera is gone or the station stops: what goes on ends.
    void close();

private:
    struct Item {
        std::optional<video::Packet> packet;  ///< none: the session ended
    };

    void usePlan();
    void useView();
    void makeWatch();
    void lookForMotion(bool isOn);
    void noteTamper();
    void noteReadiness();
    void lookAt(const video::Packet& packet);
    void readQuality(const video::Packet& packet);
    void noteCurrent(const video::Packet& packet);
    void noteActivity();
    void noteWatched(base::UtcTime arrival);
    void endCurrent();
    void tell(const analytics::MotionEvent& event, bool isOver);
    [[nodiscard]] base::UtcTime timeOf(double seconds) const;

    const estate::CameraId m_camera;
    const int m_number;
    const std::function<void()> m_ready;

    mutable std::mutex m_mutex;
    // Guarded by m_mutex.
    std::deque<Item> m_items;
    std::size_t m_bytes = 0;
    bool m_skipsToKey = false;
    std::int64_t m_skipped = 0;
    bool m_isClaimed = false;
    std::optional<analytics::MotionPlan> m_plan;
    bool m_planChanged = false;
    analytics::TamperView m_view;
    bool m_viewChanged = false;
    bool m_isEager = true;  ///< each packet is looked at when it comes; else many together, at the next key frame
    Findings m_findings;
    bool m_hasNews = false;
    bool m_isClosed = false;
    // Whoever has claimed it.
    std::optional<analytics::MotionPlan> m_used;
    TamperFeed m_tamper;
    analytics::TamperView m_usedView;
    std::unique_ptr<analytics::StreamWatch> m_watch;  ///< none: neither motion nor tamper is looked for
    bool m_looksForMotion = false;
    double m_lastSeconds = 0;
    analytics::QualityProbe m_probe;
    std::optional<video::Packet> m_last;
    std::int64_t m_events = 0;                  ///< so far; the number of the one that goes on
    std::optional<video::TimeRange> m_watched;  ///< without a break so far
    bool m_isOn = false;                        ///< an event is
    bool m_isAlarm = false;                     ///< that event is
    base::SteadyTime m_toldAt{};
    bool m_hasComplained = false;
};

}  // namespace leedswatch::station

#pragma once

#include "base/clock.h"
#include "estate/privacy_lifts.h"
#include "estate/privacy_zones.h"
#include "store/change_feed.h"
#include "ui/common/feed_listener.h"
#include "ui/common/worker.h"
#include "video/privacy_mask.h"

#include <QObject>
#include <QString>
#include <QTimer>
#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>

namespace leedswatch::ui {

using SharedMask = std::shared_ptr<const video::PrivacyMask>;

/// The one place of a console that says what is hidden of a camera: its zones as the store has them now, or nothing
/// while they are lifted at this desk. A camera whose zones cannot be read has no mask, and without a mask nothing is
/// shown. UI thread only; outlives the pages.
class PrivacyGuard final : public QObject {
    Q_OBJECT

public:
    /// Reads the zones once here, so that the first picture has its mask, and from then on when they change.
    PrivacyGuard(store::Database& database, store::ChangeFeed& feed, const base::Clock& clock);

    /// For pictures that are shown. Null: nothing may be shown, and `problem` says why.
    [[nodiscard]] SharedMask maskFor(estate::CameraId camera) const;
    /// For pictures that are kept: the zones hide in these while they are lifted, too.
    [[nodiscard]] SharedMask maskForKeeping(estate::CameraId camera) const;
    /// One sentence; empty if the zones are known.
    [[nodiscard]] QString problem(estate::CameraId camera) const;
    [[nodiscard]] bool hasZones(estate::CameraId camera) const;
    /// Nothing while the zones are in force.
    [[nodiscard]] std::optional<std::chrono::seconds> liftedFor(estate::CameraId camera) const;

    [[nodiscard]] estate::PrivacyZones& zones() { return m_zones; }
    [[nodiscard]] estate::PrivacyLifts& lifts() { return m_lifts; }
    /// After `lifts().lift` has returned.
    void liftBegan();
    /// At once; the audit log hears of it a moment later.
    void restore(estate::CameraId camera, estate::LiftEnd why);
    void restoreAll(estate::LiftEnd why);

Q_SIGNALS:
    /// Ask again for every mask.
    void changed();

private:
    using Found = base::Result<std::unordered_map<estate::CameraId, estate::PrivacyZones::OfCamera>>;

    void load();
    void take(Found found);
    void record(std::vector<estate::EndedLift> ended);
    void checkLifts();

    const base::Clock& m_clock;
    estate::PrivacyZones m_zones;
    estate::PrivacyLifts m_lifts;
    QTimer m_timer;  ///< runs while zones are lifted
    std::optional<base::Error> m_unread;
    std::unordered_map<estate::CameraId, base::Result<SharedMask>> m_masks;  ///< of cameras with zones
    FeedListener m_feed;
    Worker m_worker;
};

}  // namespace leedswatch::ui

#pragma once

#include "estate/camera_registry.h"
#include "ui/common/feed_listener.h"
#include "ui/common/worker.h"

#include <QObject>
#include <QString>
#include <unordered_map>
#include <vector>

namespace leedswatch::ui {

/// What the console knows of the estate at this moment: the cameras and the state of each, read again when the change
/// feed says that they changed. UI thread only; the store is read on a thread of its own.
class CameraDirectory final : public QObject {
    Q_OBJECT

public:
    CameraDirectory(estate::CameraRegistry& registry, store::ChangeFeed& feed, QObject* parent = nullptr);

    [[nodiscard]] const std::vector<estate::Camera>& cameras() const { return m_cameras; }
    /// Null if there is no such camera.
    [[nodiscard]] const estate::Camera* find(int number) const;
    /// Null if the station has never said anything about it, or does not run: then nothing is known.
    [[nodiscard]] const estate::CameraStatus* statusOf(estate::CameraId camera) const;

    /// States are the station's; while it does not run they are not shown as if they were true.
    void setStationRunning(bool running);
    [[nodiscard]] bool isStationRunning() const { return m_stationRunning; }

    struct Counts {
        int cameras = 0;
        int live = 0;
        int notLive = 0;
    };
    /// Disabled cameras are counted in neither; all are "not live" while the station does not run.
    [[nodiscard]] Counts counts() const;
    [[nodiscard]] bool isLoaded() const { return m_loaded; }

Q_SIGNALS:
    void camerasChanged();
    void statusesChanged();
    void failed(const QString& sentence);

private:
    struct Snapshot {
        base::Result<std::vector<estate::Camera>> cameras;
        base::Result<std::vector<estate::CameraStatus>> statuses;
    };
    void loadAll();
    void loadStatuses();
    void takeStatuses(base::Result<std::vector<estate::CameraStatus>> statuses);

    estate::CameraRegistry& m_registry;
    std::vector<estate::Camera> m_cameras;
    std::unordered_map<int, std::size_t> m_byNumber;
    std::unordered_map<estate::CameraId, estate::CameraStatus> m_statuses;
    bool m_stationRunning = false;
    bool m_loaded = false;
    FeedListener m_camerasFeed;
    FeedListener m_statusFeed;
    Worker m_worker;
};

}  // namespace leedswatch::ui

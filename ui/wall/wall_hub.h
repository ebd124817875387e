#pragma once

#include "ui/common/console_context.h"
#include "ui/common/feed_listener.h"
#include "ui/common/worker.h"
#include "ui/wall/hand_recordings.h"
#include "ui/wall/retired_views.h"
#include "ui/wall/tile_feed.h"
#include "ui/wall/wall_library.h"

#include <QObject>
#include <optional>
#include <unordered_map>

namespace leedswatch::ui {

/// What all walls of one desk share: what their feeds are made from, so that a running picture can go from one window
/// to another; the estate and its states; the views and sequences. Outlives the walls. UI thread only.
class WallHub final : public QObject {
    Q_OBJECT

public:
    explicit WallHub(ConsoleContext& context, QObject* parent = nullptr);

    [[nodiscard]] ConsoleContext& context() const { return m_context; }
    [[nodiscard]] const FeedSource& source() const { return m_source; }
    [[nodiscard]] WallLibrary& library() { return m_library; }
    [[nodiscard]] const HandRecordings& recordings() const { return m_recordings; }
    /// Error NotFound: there is no camera with this number.
    [[nodiscard]] base::Result<estate::Camera> find(int number) const { return m_context.cameras.find(number); }
    /// Error NotFound: the estate no longer has it; a camera that was given its number since is not it.
    [[nodiscard]] base::Result<estate::Camera> find(const estate::CameraRef& camera) const;
    /// What the station last said of it.
    [[nodiscard]] std::optional<estate::CameraStatus> statusOf(estate::CameraId camera) const;

Q_SIGNALS:
    void camerasChanged();
    void statusesChanged();

private:
    void loadStatuses();

    ConsoleContext& m_context;
    RetiredViews m_retired;
    HardwareMemory m_hardware;
    const FeedSource m_source;
    WallLibrary m_library;
    HandRecordings m_recordings;
    std::unordered_map<estate::CameraId, estate::CameraStatus> m_statuses;
    FeedListener m_camerasFeed;
    FeedListener m_statusFeed;
    Worker m_worker;
};

}  // namespace leedswatch::ui

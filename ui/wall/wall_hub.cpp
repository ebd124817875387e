#include "ui/wall/wall_hub.h"

#include <utility>

namespace leedswatch::ui {

WallHub::WallHub(ConsoleContext& context, QObject* parent)
    : QObject{parent},
      m_context{context},
      m_source{context, m_retired, m_hardware},
      m_library{context, nullptr},
      m_recordings{context, nullptr},
      m_camerasFeed{context.feed, {"cameras"}, nullptr},
      m_statusFeed{context.feed, {"camera_status"}, nullptr},
      m_worker{*this} {
    connect(&m_camerasFeed, &FeedListener::changed, this, &WallHub::camerasChanged);
    connect(&m_statusFeed, &FeedListener::changed, this, &WallHub::loadStatuses);
    loadStatuses();
}

base::Result<estate::Camera> WallHub::find(const estate::CameraRef& camera) const {
    TRY_ASSIGN(auto found, m_context.cameras.find(camera.number));
    if (found.id != camera.id) {
        return base::fail(base::ErrorCode::NotFound,
                          "the number " + std::to_string(camera.number) + " is another camera's now");
    }
    return found;
}

std::optional<estate::CameraStatus> WallHub::statusOf(estate::CameraId camera) const {
    const auto found = m_statuses.find(camera);
    return found == m_statuses.end() ? std::nullopt : std::optional{found->second};
}

void WallHub::loadStatuses() {
    m_worker.run([cameras = &m_context.cameras] { return cameras->statuses(); },
                 [this](base::Result<std::vector<estate::CameraStatus>> statuses) {
                     if (!statuses) {
                         return;
                     }
                     m_statuses.clear();
                     for (estate::CameraStatus& status : *statuses) {
                         m_statuses.insert_or_assign(status.camera, std::move(status));
                     }
                     Q_EMIT statusesChanged();
                 });
}

}  // namespace leedswatch::ui

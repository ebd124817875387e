#include "ui/cameras/camera_directory.h"

#include "ui/common/text.h"

#include <utility>

namespace leedswatch::ui {

CameraDirectory::CameraDirectory(estate::CameraRegistry& registry, store::ChangeFeed& feed, QObject* parent)
    : QObject{parent},
      m_registry{registry},
      m_camerasFeed{feed, {"cameras"}, nullptr},
      m_statusFeed{feed, {"camera_status"}, nullptr},
      m_worker{*this} {
    connect(&m_camerasFeed, &FeedListener::changed, this, &CameraDirectory::loadAll);
    connect(&m_statusFeed, &FeedListener::changed, this, &CameraDirectory::loadStatuses);
    loadAll();
}

const estate::Camera* CameraDirectory::find(int number) const {
    const auto found = m_byNumber.find(number);
    return found == m_byNumber.end() ? nullptr : &m_cameras[found->second];
}

const estate::CameraStatus* CameraDirectory::statusOf(estate::CameraId camera) const {
    if (!m_stationRunning) {
        return nullptr;
    }
    const auto found = m_statuses.find(camera);
    return found == m_statuses.end() ? nullptr : &found->second;
}

void CameraDirectory::setStationRunning(bool running) {
    if (std::exchange(m_stationRunning, running) != running) {
        Q_EMIT statusesChanged();
    }
}

CameraDirectory::Counts CameraDirectory::counts() const {
    Counts counts;
    for (const estate::Camera& camera : m_cameras) {
        ++counts.cameras;
        if (!camera.enabled) {
            continue;
        }
        const estate::CameraStatus* status = statusOf(camera.id);
        ++(status != nullptr && status->state == estate::CameraState::Live ? counts.live : counts.notLive);
    }
    return counts;
}

void CameraDirectory::loadAll() {
    m_worker.run(
        [registry = &m_registry] {
            return Snapshot{registry->list(), registry->statuses()};
        },
        [this](Snapshot snapshot) {
            if (!snapshot.cameras) {
                Q_EMIT failed(sentenceOf(snapshot.cameras.error()));
                return;
            }
            m_cameras = std::move(*snapshot.cameras);
            m_byNumber.clear();
            for (std::size_t i = 0; i < m_cameras.size(); ++i) {
                m_byNumber.emplace(m_cameras[i].number, i);
            }
            m_loaded = true;
            Q_EMIT camerasChanged();
            takeStatuses(std::move(snapshot.statuses));
        });
}

void CameraDirectory::loadStatuses() {
    m_worker.run(
        [registry = &m_registry] { return registry->statuses(); },
        [this](base::Result<std::vector<estate::CameraStatus>> statuses) { takeStatuses(std::move(statuses)); });
}

void CameraDirectory::takeStatuses(base::Result<std::vector<estate::CameraStatus>> statuses) {
    if (!statuses) {
        Q_EMIT failed(sentenceOf(statuses.error()));
        return;
    }
    m_statuses.clear();
    for (estate::CameraStatus& status : *statuses) {
        m_statuses[status.camera] = std::move(status);
    }
    Q_EMIT statusesChanged();
}

}  // namespace leedswatch::ui

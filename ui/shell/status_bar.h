#pragma once

#include "ui/cameras/camera_directory.h"
#include "ui/common/worker.h"
#include "ui/shell/station_link.h"

#include <QTimer>
#include <QWidget>
#include <filesystem>

class QLabel;
class QPushButton;

namespace leedswatch::ui {

class ElidedLabel;

/// Under every page: does the station run, how many cameras are live, how much disk is left, and is this a demo.
class StatusBar final : public QWidget {
    Q_OBJECT

public:
    StatusBar(CameraDirectory& directory, StationLink& station, std::filesystem::path dataFolder, bool isDemo,
              QWidget* parent = nullptr);

    /// A sentence that stays until another takes its place; empty clears it.
    void showProblem(const QString& sentence);
    /// Whether the key that shows all keys works at present.
    void setKeysHint(bool shown);

private:
    void layOut(bool isDemo);
    void setTextOf(QLabel& label, const QString& text);
    void showStation();
    void showCameras();
    void lookAtDisk();
    void showDisk(const base::Result<std::uint64_t>& free);

    CameraDirectory& m_directory;
    StationLink& m_station;
    std::filesystem::path m_dataFolder;
    QLabel* m_stationText;
    QPushButton* m_start;
    QLabel* m_cameras;
    QLabel* m_disk;
    ElidedLabel* m_problem;  ///< gives way: what the others say is whole
    QLabel* m_keysHint;
    QTimer m_diskTimer;
    Worker m_worker;
};

}  // namespace leedswatch::ui

#pragma once

#include "transcode/job_runner.h"
#include "ui/cameras/camera_directory.h"
#include "ui/common/console_context.h"
#include "ui/privacy/privacy_guard.h"
#include "ui/shell/main_window.h"
#include "ui/shell/station_link.h"

#include <filesystem>
#include <memory>

namespace leedswatch::ui {

/// The services of one data folder and the window over them, made in the order in which they need each other.
class Console final {
public:
    /// Errors: those of Database::open, in sentences that name the file and what to do.
    [[nodiscard]] static base::Result<std::unique_ptr<Console>> open(const std::filesystem::path& dataFolder,
                                                                     const std::filesystem::path& stationProgram,
                                                                     MainWindow::Kind kind, const base::Clock& clock);

    [[nodiscard]] ConsoleContext& context() { return m_context; }
    [[nodiscard]] CameraDirectory& directory() { return m_directory; }
    [[nodiscard]] StationLink& station() { return m_station; }
    [[nodiscard]] MainWindow& window() { return m_window; }

private:
    Console(std::unique_ptr<store::Database> database, std::unique_ptr<store::ChangeFeed> feed,
            const std::filesystem::path& dataFolder, const std::filesystem::path& stationProgram, MainWindow::Kind kind,
            const base::Clock& clock);

    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<store::ChangeFeed> m_feed;
    access::People m_people;
    estate::CameraRegistry m_cameras;
    incident::IncidentLog m_incidentLog;
    video::SegmentIndex m_archive;
    PrivacyGuard m_privacy;
    ConsoleContext m_context;
    CameraDirectory m_directory;
    StationLink m_station;
    transcode::JobRunner m_converter;
    MainWindow m_window;
};

}  // namespace leedswatch::ui

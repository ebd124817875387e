#include "ui/shell/console.h"

#include <utility>

namespace leedswatch::ui {

base::Result<std::unique_ptr<Console>> Console::open(const std::filesystem::path& dataFolder,
                                                     const std::filesystem::path& stationProgram, MainWindow::Kind kind,
                                                     const base::Clock& clock) {
    TRY_ASSIGN(auto database, store::Database::open(dataFolder, clock));
    TRY_ASSIGN(auto feed, store::ChangeFeed::open(*database));
    return std::unique_ptr<Console>{
        new Console{std::move(database), std::move(feed), dataFolder, stationProgram, kind, clock}};
}

Console::Console(std::unique_ptr<store::Database> database, std::unique_ptr<store::ChangeFeed> feed,
                 const std::filesystem::path& dataFolder, const std::filesystem::path& stationProgram,
                 MainWindow::Kind kind, const base::Clock& clock)
    : m_database{std::move(database)},
      m_feed{std::move(feed)},
      m_people{*m_database},
      m_cameras{*m_database},
      m_incidentLog{*m_database},
      m_archive{*m_database},
      m_privacy{*m_database, *m_feed, clock},
      m_context{clock, *m_database, *m_feed, m_people, m_cameras, m_incidentLog, m_archive, m_privacy, dataFolder, {}},
      m_directory{m_cameras, *m_feed},
      m_station{dataFolder, stationProgram, clock},
      m_converter{*m_database, *m_feed, clock, {}},
      m_window{m_context, m_directory, m_station, kind} {}

}  // namespace leedswatch::ui

#pragma once

#include "base/clock.h"

#include <QObject>
#include <QTimer>
#include <filesystem>
#include <optional>

namespace leedswatch::ui {

/// The console's view of the station of its data folder: whether it runs, since when, and a way to start it. The
/// station it starts is a process of its own that outlives the console. UI thread only; nothing here waits.
class StationLink final : public QObject {
    Q_OBJECT

public:
    enum class State { Unknown, Starting, Running, NotRunning };

    /// `program` is leedswatch-station.
    StationLink(std::filesystem::path dataFolder, std::filesystem::path program, const base::Clock& clock,
                QObject* parent = nullptr);

    /// Attaches to the station that runs; starts one if none does.
    void attachOrStart();
    /// Only looks: the station is somebody else's to start (the demo's).
    void attach();
    void start();

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isRunning() const { return m_state == State::Running; }
    /// What the status bar says: "Station running", "Station restarted at 03:12:40", "Station is not running: …".
    [[nodiscard]] QString sentence() const;

Q_SIGNALS:
    void changed();

private:
    void look();
    void setState(State state);
    [[nodiscard]] QString lastWords() const;

    const std::filesystem::path m_dataFolder;
    const std::filesystem::path m_program;
    const base::Clock& m_clock;
    State m_state = State::Unknown;
    std::optional<int> m_process;
    std::optional<base::UtcTime> m_restarted;
    qint64 m_started = 0;  ///< the process that `start` made, 0 if none
    QString m_problem;
    QTimer m_timer;
};

}  // namespace leedswatch::ui

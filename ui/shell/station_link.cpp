#include "ui/shell/station_link.h"

#include "base/local_time.h"
#include "estate/station_lock.h"
#include "ui/common/text.h"

#include <QFile>
#include <QProcess>
#include <algorithm>
#include <chrono>
#include <csignal>
#include <utility>

namespace leedswatch::ui {

namespace {

using namespace std::chrono_literals;

constexpr auto lookEvery = 500ms;

}  // namespace

StationLink::StationLink(std::filesystem::path dataFolder, std::filesystem::path program, const base::Clock& clock,
                         QObject* parent)
    : QObject{parent}, m_dataFolder{std::move(dataFolder)}, m_program{std::move(program)}, m_clock{clock} {
    m_timer.setInterval(lookEvery);
    connect(&m_timer, &QTimer::timeout, this, &StationLink::look);
}

void StationLink::attachOrStart() {
    attach();
    if (m_state != State::Running) {
        start();
    }
}

void StationLink::attach() {
    m_timer.start();
    look();
}

void StationLink::start() {
    QProcess station;
    station.setProgram(pathText(m_program));
    station.setArguments(
        {QStringLiteral("--data"), pathText(m_dataFolder), QStringLiteral("--rtsp-port"), QStringLiteral("0")});
    station.setStandardInputFile(QProcess::nullDevice());
    station.setStandardOutputFile(QProcess::nullDevice());
    // It keeps a log of its own; a file here would grow as long as it runs.
    station.setStandardErrorFile(QProcess::nullDevice());
    // Detached: a session of its own, so that it records on when the console ends.
    if (!station.startDetached(&m_started)) {
        m_problem = QStringLiteral("%1 could not be started.").arg(pathText(m_program));
        setState(State::NotRunning);
        return;
    }
    m_problem.clear();
    setState(State::Starting);
}

QString StationLink::sentence() const {
    switch (m_state) {
        case State::Unknown: return QStringLiteral("Looking for the station…");
        case State::Starting: return QStringLiteral("Station is starting…");
        case State::Running:
            return m_restarted
                       ? QStringLiteral("Station restarted at %1").arg(toQt(base::formatLocalTimeOfDay(*m_restarted)))
                       : QStringLiteral("Station running");
        case State::NotRunning:
            return m_problem.isEmpty() ? QStringLiteral("Station is not running: nothing is recorded")
                                       : QStringLiteral("Station is not running: %1").arg(m_problem);
    }
    return {};
}

void StationLink::look() {
    const std::optional<int> process = estate::runningStation(m_dataFolder);
    if (process) {
        if (m_process && *m_process != *process) {
            m_restarted = m_clock.now();
            m_process = process;
            Q_EMIT changed();
        }
        m_process = process;
        m_problem.clear();
        setState(State::Running);
        return;
    }
    if (m_state == State::Starting && m_started > 0 && ::kill(static_cast<pid_t>(m_started), 0) == 0) {
        return;
    }
    if (m_state == State::Starting) {
        m_problem = lastWords();
    }
    setState(State::NotRunning);
}

void StationLink::setState(State state) {
    if (std::exchange(m_state, state) != state) {
        Q_EMIT changed();
    }
}

QString StationLink::lastWords() const {
    // The log's last line: time, level, thread in brackets, sentence.
    const QString file = pathText(m_dataFolder / "logs" / "leedswatch-station.log");
    QFile log{file};
    constexpr qint64 most = 4096;
    if (!log.open(QIODevice::ReadOnly) || !log.seek(std::max<qint64>(0, log.size() - most))) {
        return {};
    }
    const QStringList lines = QString::fromUtf8(log.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    const qsizetype sentence = lines.isEmpty() ? -1 : lines.last().indexOf(QLatin1String("] "));
    return sentence < 0 ? QString{} : lines.last().mid(sentence + 2);
}

}  // namespace leedswatch::ui

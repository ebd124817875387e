#include "ui/shell/demo_estate.h"

#include "base/file.h"
#include "estate/station_lock.h"
#include "ui/common/text.h"
#include "ui/shell/demo_log.h"
#include "ui/shell/demo_people.h"

#include <sys/prctl.h>

#include <chrono>
#include <csignal>
#include <utility>

namespace leedswatch::ui {

namespace {

using namespace std::chrono_literals;

constexpr int cameraCount = 16;
/// Drawing sixteen streets for the first time takes a while on a small machine.
constexpr auto longestStart = 120s;
constexpr int longestStop = 5000;

/// What is done in the store once the simulator has said where its cameras are.
base::Result<access::Acting> furnish(ConsoleContext& context, const std::filesystem::path& csvFile) {
    TRY_ASSIGN(const std::string csv, base::readWholeFile(csvFile));
    TRY(context.cameras.importCsv(access::Acting::commandLine(), csv));
    TRY(addDemoPeople(context.people));
    TRY_ASSIGN(const access::Acting supervisor, signInDemoSupervisor(context.people));
    TRY_ASSIGN(const std::vector<estate::Camera> cameras, context.cameras.list());
    TRY_ASSIGN(const access::Acting author, signInDemoOperator(context.people));
    TRY(writeDemoLog(context.incidentLog, author, cameras));
    TRY(context.people.signOut(author));
    return supervisor;
}

}  // namespace

DemoEstate::DemoEstate(ConsoleContext& context, std::filesystem::path programs, QObject* parent)
    : QObject{parent}, m_context{context}, m_programs{std::move(programs)}, m_worker{*this} {
    m_simulator.name = QStringLiteral("leedswatch-simulator");
    m_station.name = QStringLiteral("leedswatch-station");
    connect(&m_simulator.process, &QProcess::readyReadStandardOutput, this, &DemoEstate::readSimulator);
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this,
            [this] { giveUp(QStringLiteral("The simulated cameras did not start in two minutes.")); });
}

DemoEstate::~DemoEstate() {
    // The station first: cameras that vanish before it does would be recorded as faults.
    stop(m_station);
    // One that was started anew from the status bar is not our child, but it is of this demo.
    if (const auto station = estate::runningStation(m_context.dataFolder)) {
        ::kill(*station, SIGTERM);
    }
    m_simulator.process.closeWriteChannel();
    stop(m_simulator);
}

void DemoEstate::start() {
    m_patience.start(longestStart);
    Q_EMIT progressed(QStringLiteral("Starting %1 simulated cameras…").arg(cameraCount));
    launch(m_simulator, {QStringLiteral("--cameras"), QString::number(cameraCount), QStringLiteral("--rtsp-port"),
                         QStringLiteral("0"), QStringLiteral("--write-csv"),
                         pathText(m_context.dataFolder / "demo-cameras.csv"), QStringLiteral("--stop-on-eof")});
}

void DemoEstate::launch(Program& program, const QStringList& arguments) {
    QProcess& process = program.process;
    process.setProgram(pathText(m_programs / program.name.toStdString()));
    process.setArguments(arguments);
    // If the console is killed, its children are told to stop.
    process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGTERM); });
    connect(&process, &QProcess::readyReadStandardError, this, [&program] {
        const QList<QByteArray> lines = program.process.readAllStandardError().trimmed().split('\n');
        program.lastWords = QString::fromUtf8(lines.last());
    });
    connect(&process, &QProcess::errorOccurred, this, [this, &program](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) {
            giveUp(QStringLiteral("%1 could not be started: is it beside this program?").arg(program.name));
        }
    });
    connect(&process, &QProcess::finished, this, [this, &program] {
        if (program.isExpectedToRun) {
            giveUp(QStringLiteral("%1 ended: %2").arg(program.name, program.lastWords));
        }
    });
    program.isExpectedToRun = true;
    process.start();
}

void DemoEstate::readSimulator() {
    while (m_simulator.process.canReadLine()) {
        const QString line = QString::fromUtf8(m_simulator.process.readLine()).trimmed();
        if (line.startsWith(QStringLiteral("ready:"))) {
            takeCameras();
        }
    }
}

void DemoEstate::takeCameras() {
    Q_EMIT progressed(QStringLiteral("Entering cameras, people and a few lines of the log…"));
    m_worker.run(
        [context = &m_context, file = m_context.dataFolder / "demo-cameras.csv"] { return furnish(*context, file); },
        [this](const base::Result<access::Acting>& supervisor) {
            if (!supervisor) {
                giveUp(sentenceOf(supervisor.error()));
                return;
            }
            startStation();
            m_patience.stop();
            m_isReady = true;
            Q_EMIT ready(*supervisor);
        });
}

void DemoEstate::startStation() {
    Q_EMIT progressed(QStringLiteral("Starting the station…"));
    m_station.process.setStandardOutputFile(QProcess::nullDevice());
    launch(m_station, {QStringLiteral("--data"), pathText(m_context.dataFolder), QStringLiteral("--rtsp-port"),
                       QStringLiteral("0"), QStringLiteral("--arc-port"), QStringLiteral("0")});
}

void DemoEstate::giveUp(const QString& sentence) {
    m_patience.stop();
    // After the start a station that ends is a thing to see and to mend at the status bar, as it would be in the room.
    if (!m_isReady && !std::exchange(m_hasFailed, true)) {
        Q_EMIT failed(sentence);
    }
}

void DemoEstate::stop(Program& program) {
    program.isExpectedToRun = false;
    program.process.disconnect(this);
    if (program.process.state() == QProcess::NotRunning) {
        return;
    }
    program.process.terminate();
    if (!program.process.waitForFinished(longestStop)) {
        program.process.kill();
        program.process.waitForFinished(longestStop);
    }
}

}  // namespace leedswatch::ui

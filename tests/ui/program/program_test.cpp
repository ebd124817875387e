#include "base/clock.h"
#include "base/file.h"
#include "estate/station_lock.h"
#include "store/database.h"
#include "support/temporary_folder.h"
#include "ui/shell/station_link.h"

#include <QCoreApplication>
#include <QFile>
#include <QImage>
#include <QProcess>
#include <QTest>
#include <csignal>

using namespace leedswatch;

namespace {

constexpr int patience = 60'000;

QString text(const std::filesystem::path& path) {
    return QFile::decodeName(path.c_str());
}

/// The console as a process of its own, without a screen.
struct Ended {
    int code = -1;
    QString standardError;
};

Ended run(const QStringList& arguments, int timeOut = patience) {
    QProcess program;
    program.start(QStringLiteral(LEEDSWATCH_PROGRAM), arguments);
    if (!program.waitForFinished(timeOut)) {
        program.kill();
        program.waitForFinished();
        return {-1, QStringLiteral("it did not end")};
    }
    return {program.exitCode(), QString::fromUtf8(program.readAllStandardError())};
}

/// How often the audit log says that this person was signed out.
int auditedEndsOf(const std::string& username, const std::filesystem::path& folder) {
    const base::SystemClock clock;
    const auto database = store::Database::open(folder, clock);
    const std::string pattern = "%signin.ended%person " + username + "%";
    const auto count = (*database)->read([&](soci::session& sql) -> base::Result<int> {
        int found = 0;
        sql << "SELECT count(*) FROM audit_event WHERE CAST(body AS TEXT) LIKE :pattern", soci::use(pattern, "pattern"),
            soci::into(found);
        return found;
    });
    return count.value_or(-1);
}

/// Ends the station that a test has started, whatever became of the test.
struct StationEnd {
    std::filesystem::path folder;
    ~StationEnd() {
        if (const auto process = estate::runningStation(folder)) {
            ::kill(*process, SIGTERM);
            (void)QTest::qWaitFor([this] { return !estate::runningStation(folder).has_value(); }, patience);
        }
    }
};

}  // namespace

class ProgramTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aFolderThatCannotBeMadeIsASentenceAndExitCodeOne() {
        const tests::TemporaryFolder folder;
        QVERIFY(base::replaceFile(folder / "file", "not a folder"));
        const Ended ended = run({QStringLiteral("--data"), text(folder / "file" / "data"),
                                 QStringLiteral("--screenshot"), text(folder / "shot.png")});
        QCOMPARE(ended.code, 1);
        QVERIFY2(ended.standardError.contains(text(folder / "file")), qPrintable(ended.standardError));
    }

    void aDamagedStoreIsASentenceAndExitCodeOneAndIsLeftAsItIs() {
        const tests::TemporaryFolder folder;
        const std::string damaged(8192, 'x');
        QVERIFY(base::replaceFile(folder / "leedswatch.db", damaged));
        const Ended ended = run(
            {QStringLiteral("--data"), text(folder.path()), QStringLiteral("--screenshot"), text(folder / "shot.png")});
        QCOMPARE(ended.code, 1);
        QVERIFY2(ended.standardError.contains(QStringLiteral("leedswatch.db")), qPrintable(ended.standardError));
        QCOMPARE(base::readWholeFile(folder / "leedswatch.db").value(), damaged);
    }

    void aWrongOptionIsExitCodeTwo() {
        QCOMPARE(run({QStringLiteral("--window-size"), QStringLiteral("huge")}).code, 2);
    }

    void aStationIsStartedSeenToBeKilledAndStartedAgain() {
        const tests::TemporaryFolder folder;
        const base::SystemClock clock;
        QVERIFY(store::Database::open(folder.path(), clock));
        const StationEnd end{folder.path()};
        ui::StationLink link{folder.path(), LEEDSWATCH_STATION, clock};
        link.attachOrStart();
        QTRY_VERIFY_WITH_TIMEOUT(link.isRunning(), patience);
        const int first = estate::runningStation(folder.path()).value_or(0);
        QVERIFY(first > 0);
        ::kill(first, SIGKILL);
        QTRY_COMPARE_WITH_TIMEOUT(link.state(), ui::StationLink::State::NotRunning, patience);
        QVERIFY(link.sentence().contains(QStringLiteral("not running")));
        link.start();
        QTRY_VERIFY_WITH_TIMEOUT(link.isRunning(), patience);
        QVERIFY(link.sentence().contains(QStringLiteral("restarted")));
        // A second console attaches to it and starts nothing.
        ui::StationLink second{folder.path(), "/nonexistent", clock};
        second.attachOrStart();
        QVERIFY(second.isRunning());
    }

    void aStationThatCannotBeStartedIsSaidToBe() {
        const tests::TemporaryFolder folder;
        const base::SystemClock clock;
        ui::StationLink link{folder.path(), folder / "leedswatch-station", clock};
        link.attachOrStart();
        QCOMPARE(link.state(), ui::StationLink::State::NotRunning);
        QVERIFY2(link.sentence().contains(QStringLiteral("could not be started")), qPrintable(link.sentence()));
    }

    void aConsoleThatIsToldToStopSignsItsPersonOut() {
        for (const int signal : {SIGTERM, SIGINT}) {
            const tests::TemporaryFolder folder;
            const auto demo = folder / "demo";
            QProcess program;
            program.start(QStringLiteral(LEEDSWATCH_PROGRAM),
                          {QStringLiteral("--demo"), QStringLiteral("--data"), text(demo)});
            // The station runs, so somebody is at the desk.
            QTRY_VERIFY_WITH_TIMEOUT(estate::runningStation(demo).has_value(), 4 * patience);
            ::kill(static_cast<pid_t>(program.processId()), signal);
            QVERIFY(program.waitForFinished(patience));
            QCOMPARE(program.exitStatus(), QProcess::NormalExit);
            QCOMPARE(program.exitCode(), 0);
            QCOMPARE(auditedEndsOf("demo-supervisor", demo), 1);
        }
    }

    void theDemoShowsLivePicturesAndEndsWhatItStarted() {
        const tests::TemporaryFolder folder;
        const auto demo = folder / "demo";
        const auto picture = text(folder / "shot.png");
        const Ended ended =
            run({QStringLiteral("--demo"), QStringLiteral("--data"), text(demo), QStringLiteral("--window-size"),
                 QStringLiteral("1280x800"), QStringLiteral("--screenshot"), picture},
                4 * patience);
        QVERIFY2(ended.code == 0, qPrintable(ended.standardError));
        QCOMPARE(QImage{picture}.size(), (QSize{1280, 800}));
        QVERIFY(!estate::runningStation(demo).has_value());
    }
};

QTEST_GUILESS_MAIN(ProgramTest)

#include "program_test.moc"

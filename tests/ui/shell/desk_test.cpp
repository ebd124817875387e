#include "desk.h"

#include "alarms_of_desk_test.h"
#include "estate/station_lock.h"
#include "testing_of_desk_test.h"
#include "ui/common/theme.h"
#include "ui/shell/call_up_display.h"
#include "ui/shell/demo_folder.h"
#include "ui/shell/desk_page.h"
#include "ui/shell/fault_band.h"
#include "ui/shell/keys.h"
#include "ui/shell/status_bar.h"
#include "ui/wall/tile_commands.h"
#include "ui/wall/wall_page.h"
#include "video/recording_plans.h"
#include "walls_of_desk_test.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QSet>
#include <QSignalSpy>
#include <QTest>
#include <fstream>
#include <functional>

using namespace leedswatch;
using leedswatch::tests::Desk;

namespace {

/// For whoever wants to see it: into the folder that the environment names.
void grab(Desk& desk, const char* name) {
    if (const auto folder = qEnvironmentVariable("LEEDSWATCH_PICTURES"); !folder.isEmpty()) {
        desk.room.window().grab().save(folder + QLatin1Char{'/'} + QString::fromLatin1(name) + QStringLiteral(".png"));
    }
}

/// With the camera in the first tile; null if no dialog comes.
QDialog* askToRecord(Desk& desk, const char* number) {
    desk.wall().selectTile(0);
    desk.wall().setFocus();
    QTest::keyClicks(&desk.wall(), QString::fromLatin1(number));
    QTest::keyClick(&desk.wall(), Qt::Key_Return);
    QTest::keyClick(&desk.wall(), Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
    return desk.find<QDialog>("askDialog");
}

}  // namespace

class DeskTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aNumberAndEnterPutTheCameraIntoTheSelectedTile() {
        Desk desk;
        QVERIFY(desk.isReady());
        desk.wall().selectTile(2);
        desk.wall().setFocus();
        QTest::keyClicks(&desk.wall(), QStringLiteral("12"));
        QCOMPARE(desk.callUp(), QStringLiteral("Camera 12, Street 12"));
        QTest::keyClick(&desk.wall(), Qt::Key_Return);
        QCOMPARE(desk.wall().cameraNumber(2), 12);
        QCOMPARE(desk.find<QLineEdit>("entryCameraLineEdit")->text(), QStringLiteral("12"));
        QCOMPARE(desk.callUp(), QStringLiteral("Call-up"));
    }

    void oldRecordingsAreConvertedByThoseWhoMayExport() {
        Desk desk{access::Role::Supervisor};
        QVERIFY(desk.isReady());
        desk.wall().setFocus();
        QTest::keyClick(&desk.wall(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        auto* page = desk.find<QWidget>("convertPage");
        QVERIFY(page->isVisible());
        QVERIFY(!desk.wall().isVisible());
        QVERIFY(page->isAncestorOf(QApplication::focusWidget()));
        grab(desk, "convert");
        // Digits are call-up there as everywhere.
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("12"));
        QCOMPARE(desk.callUp(), QStringLiteral("Camera 12, Street 12"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QCOMPARE(desk.callUp(), QStringLiteral("Call-up"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QVERIFY(desk.wall().isVisible());
    }

    void whoMayNotExportHasNoListOfOldRecordings() {
        Desk desk;
        QVERIFY(desk.isReady());
        QVERIFY(desk.find<QWidget>("convertPage") == nullptr);
        desk.wall().setFocus();
        QTest::keyClick(&desk.wall(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(desk.wall().isVisible());
    }

    void aFaultStandsAcrossTheDeskUntilItIsOver() {
        Desk desk;
        QVERIFY(desk.isReady());
        auto* band = desk.find<ui::FaultBand>("faultBand");
        QVERIFY(!band->isVisible());
        estate::FaultRegister faults{desk.room.context().database};
        QVERIFY(faults
                    .raise("volume-full", "volume north",
                           "volume north is full down to its reserve of 50.0 GB: its cameras are NOT being recorded",
                           "Free some space, or give the volume a larger disk.")
                    .has_value());
        QTRY_VERIFY(band->isVisible());
        QVERIFY(desk.find<QLabel>("faultLabel")->text().contains(QStringLiteral("NOT being recorded")));
        const int heightBefore = band->height();
        grab(desk, "fault");
        QTest::mouseClick(desk.find<QPushButton>("acknowledgePushButton"), Qt::LeftButton);
        QTRY_VERIFY(!band->faults().empty() && band->faults().front().acknowledgedBy == "omarsden");
        QVERIFY(band->isVisible());
        // What is known stays in one line; what to do is its tip.
        QTRY_VERIFY(band->height() < heightBefore * 2 / 3);
        grab(desk, "fault-known");
        QVERIFY(faults.end("volume-full", "volume north").has_value());
        QTRY_VERIFY(!band->isVisible());
    }

    void recordNowSaysThatNothingIsRecordedWhileTheStationDoesNotRun() {
        Desk desk;
        QVERIFY(desk.isReady());
        QDialog* dialog = askToRecord(desk, "12");
        QVERIFY(dialog);
        grab(desk, "record-now");
        dialog->findChild<QPushButton*>(QStringLiteral("actionPushButton"))->click();
        auto* answer = dialog->findChild<QLabel*>(QStringLiteral("answerLabel"));
        QTRY_VERIFY(answer->text().contains(QStringLiteral("NOTHING is recorded")));
        video::RecordingPlans plans{desk.room.context().database};
        QCOMPARE(plans.eventsSince(base::UtcTime{})->size(), std::size_t{1});
        QTRY_VERIFY(desk.wall().tile(0).recordingMark().endsWith(QStringLiteral("nothing is recorded yet")));
    }

    void recordNowIsSeenOnTheTileFromTheBeginningToTheEnd() {
        Desk desk;
        QVERIFY(desk.isReady());
        const auto lock = desk.standInForTheStation();
        const ui::CameraTile& tile = desk.wall().tile(0);
        QDialog* dialog = askToRecord(desk, "12");
        QVERIFY(dialog);
        dialog->findChild<QPushButton*>(QStringLiteral("actionPushButton"))->click();
        QTRY_VERIFY(desk.find<QDialog>("askDialog") == nullptr);
        QTRY_VERIFY(tile.notice().startsWith(QStringLiteral("Record now: on until")));
        // It is said to be recorded when it is.
        QVERIFY(tile.recordingMark().contains(QStringLiteral("nothing is recorded yet")));
        const estate::Camera camera = desk.room.context().cameras.find(12).value();
        tests::Room::check(
            desk.room.context().archive.addOpen({camera.id, "0012/a.mp4", desk.room.context().clock.now()}));
        QTRY_VERIFY(tile.recordingMark().startsWith(QStringLiteral("REC until")) &&
                    !tile.recordingMark().contains(QStringLiteral("nothing")));
        grab(desk, "recorded-by-hand");
        // It is the camera that is recorded, and not the tile.
        desk.page().showCamera(3);
        QVERIFY(tile.recordingMark().isEmpty());
        desk.page().showCamera(12);
        QVERIFY(!tile.recordingMark().isEmpty());
    }

    void theMenuOfATileRecordsItsCameraToo() {
        Desk desk;
        QVERIFY(desk.isReady());
        desk.page().showCamera(12);
        ui::CameraTile& tile = desk.wall().tile(0);
        QContextMenuEvent asked{QContextMenuEvent::Mouse, tile.rect().center(), tile.mapToGlobal(tile.rect().center())};
        QApplication::sendEvent(&tile, &asked);
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        QVERIFY(menu != nullptr);
        const auto actions = menu->actions();
        const auto record = std::find_if(actions.begin(), actions.end(), [](const QAction* action) {
            return action->shortcut() == QKeySequence{QStringLiteral("Ctrl+Shift+R")};
        });
        QVERIFY(record != actions.end());
        (*record)->trigger();
        menu->close();
        auto* dialog = desk.find<QDialog>("askDialog");
        QVERIFY(dialog != nullptr);
        QVERIFY(dialog->isVisible());
    }

    void theEndOfARecordingByHandIsSaid() {
        Desk desk;
        QVERIFY(desk.isReady());
        desk.page().showCamera(12);
        const ui::CameraTile& tile = desk.wall().tile(0);
        const estate::Camera camera = desk.room.context().cameras.find(12).value();
        video::RecordingPlans plans{desk.room.context().database};
        tests::Room::check(plans.recordNow(desk.acting, camera, std::chrono::seconds{2}));
        QTRY_VERIFY(!tile.recordingMark().isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(tile.notice(), QStringLiteral("Record now has ended"), 20000);
        QVERIFY(tile.recordingMark().isEmpty());
    }

    void aRecordingByHandCanBeStopped() {
        Desk desk;
        QVERIFY(desk.isReady());
        const auto lock = desk.standInForTheStation();
        const ui::CameraTile& tile = desk.wall().tile(0);
        const estate::Camera camera = desk.room.context().cameras.find(12).value();
        video::RecordingPlans plans{desk.room.context().database};
        tests::Room::check(plans.recordNow(desk.acting, camera, std::chrono::hours{1}));
        desk.page().showCamera(12);
        QTRY_VERIFY(!tile.recordingMark().isEmpty());
        QDialog* dialog = askToRecord(desk, "12");
        QVERIFY(dialog);
        auto* stop = dialog->findChild<QPushButton*>(QStringLiteral("otherPushButton"));
        QVERIFY(stop->isVisible());
        grab(desk, "record-longer-or-stop");
        stop->click();
        QTRY_VERIFY(desk.find<QDialog>("askDialog") == nullptr);
        QTRY_COMPARE(tile.notice(), QStringLiteral("Record now has ended"));
        QVERIFY(tile.recordingMark().isEmpty());
    }

    void aRefusalToRecordNowIsSaid() {
        Desk desk{access::Role::Engineer};
        QVERIFY(desk.isReady());
        QVERIFY(askToRecord(desk, "12") == nullptr);
        QVERIFY(!desk.wall().tile(0).notice().isEmpty());
        desk.wall().clearTile();
        Desk operators;
        QVERIFY(operators.isReady());
        QTest::keyClick(&operators.wall(), Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(operators.wall().tile(0).notice().contains(QStringLiteral("there is no camera here")));
    }

    void liftedZonesHideAgainWhenTheDeskIsLockedSignedOutOrClosed() {
        using Leave = std::pair<const char*, std::function<void(ui::MainWindow&)>>;
        for (const auto& [name, leave] : {Leave{"lock", [](ui::MainWindow& window) { window.lock(); }},
                                          Leave{"sign out", [](ui::MainWindow& window) { window.signOut(); }},
                                          Leave{"close", [](ui::MainWindow& window) { window.close(); }}}) {
            Desk desk;
            QVERIFY(desk.isReady());
            desk.page().showCamera(12);
            ui::PrivacyGuard& privacy = desk.room.context().privacy;
            const estate::CameraId camera = desk.liftZonesOf(12);
            QTRY_VERIFY(privacy.liftedFor(camera) && privacy.maskFor(camera)->isEmpty());
            leave(desk.room.window());
            QVERIFY2(!privacy.liftedFor(camera), name);
            QVERIFY2(privacy.maskFor(camera) != nullptr && !privacy.maskFor(camera)->isEmpty(), name);
            QTRY_COMPARE(desk.auditEvents("privacy.restored"), 1);
        }
    }

    void theStatusBarIsWholeBesideALongProblem() {
        Desk desk;
        QVERIFY(desk.isReady());
        auto* bar = desk.room.window().findChild<ui::StatusBar*>(QStringLiteral("statusBar"));
        QVERIFY(bar != nullptr);
        bar->showProblem(QStringLiteral("the cameras cannot be read ").repeated(12));
        QCOMPARE(desk.room.window().width(), 1280);
        for (const char* name : {"stationLabel", "cameraCountsLabel", "diskLabel"}) {
            const auto* label = bar->findChild<QLabel*>(QString::fromLatin1(name));
            QVERIFY(label != nullptr);
            QVERIFY2(label->width() >= label->sizeHint().width(), name);
        }
        QVERIFY(bar->findChild<QLabel*>(QStringLiteral("cameraCountsLabel"))
                    ->text()
                    .contains(QStringLiteral("20 cameras, states not known")));
        grab(desk, "status-bar");
    }

    void theKeySheetFitsTheScreenAndTheNextKeyIsTheWalls() {
        Desk desk;
        QVERIFY(desk.isReady());
        desk.wall().setTileCount(4);
        desk.wall().setFocus();
        QTest::keyClick(&desk.wall(), Qt::Key_F10);
        auto* sheet = desk.room.window().findChild<QDialog*>(QStringLiteral("keysDialog"));
        QVERIFY(sheet != nullptr);
        QVERIFY(QTest::qWaitForWindowActive(sheet));
        const QSize screen = sheet->screen()->availableSize();
        QVERIFY(sheet->width() <= screen.width() && sheet->height() <= screen.height());
        // Where there is room nobody scrolls, and where there is none the sheet takes what there is.
        const QSize area = sheet->findChild<QScrollArea*>()->size();
        const QSize whole = sheet->findChild<QScrollArea*>()->widget()->sizeHint();
        QVERIFY(area.height() >= whole.height() || sheet->height() > screen.height() - 60);
        QVERIFY(area.width() >= whole.width() || sheet->width() > screen.width() - 60);
        QTest::keyClick(sheet, Qt::Key_Escape);
        // Nobody clicks, and there need be no window manager.
        QVERIFY(QTest::qWaitForWindowActive(&desk.room.window()));
        QTRY_VERIFY(QApplication::focusWidget() == &desk.wall());
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("12"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(desk.wall().cameraNumber(desk.wall().selectedTile()), 12);
    }

    void aNumberTypedInATextFieldIsText() {
        Desk desk;
        QVERIFY(desk.isReady());
        auto* text = desk.beginEntry(QStringLiteral("12"));
        QVERIFY(text != nullptr);
        QCOMPARE(text->toPlainText(), QStringLiteral("12"));
        QCOMPARE(desk.callUp(), QStringLiteral("Call-up"));
        // One key leads from the text to the call-up, and digits go there from then on.
        QTest::keyClick(text, Qt::Key_F9);
        auto* display = desk.find<QWidget>("callUpDisplay");
        QTRY_VERIFY(display->hasFocus());
        QTest::keyClicks(display, QStringLiteral("7"));
        QCOMPARE(desk.callUp(), QStringLiteral("Camera 7, Street 7"));
    }

    void afterACallUpFromALineThatIsBeingWrittenTheLineGoesOnWhereItWas() {
        Desk desk;
        QVERIFY(desk.isReady());
        auto* text = desk.beginEntry(QStringLiteral("grey coat"));
        QVERIFY(text != nullptr);
        text->moveCursor(QTextCursor::StartOfLine);
        // Twice is no other thing than once.
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_F9);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_F9);
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("7"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(desk.wall().cameraNumber(desk.wall().selectedTile()), 7);
        QVERIFY(text->hasFocus());
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("tall, "));
        QCOMPARE(text->toPlainText(), QStringLiteral("tall, grey coat"));
    }

    void afterACallUpFromAnEmptyLineTheKeyboardIsTheWalls() {
        Desk desk;
        QVERIFY(desk.isReady());
        auto* text = desk.beginEntry();
        QVERIFY(text != nullptr);
        QTest::keyClick(text, Qt::Key_F9);
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("7"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QVERIFY(desk.wall().hasFocus());
    }

    void whoLeavesTheCallUpForTheWallIsNotTakenBackToTheLine() {
        Desk desk;
        QVERIFY(desk.isReady());
        auto* text = desk.beginEntry(QStringLiteral("grey coat"));
        QVERIFY(text != nullptr);
        QTest::keyClick(text, Qt::Key_F9);
        desk.wall().setFocus();
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("7"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QVERIFY(desk.wall().hasFocus());
    }

    void afterACallUpTheArrowKeysGoToTheNextTile() {
        Desk desk;
        QVERIFY(desk.isReady());
        // Nothing was clicked: whoever has signed in begins with the keyboard alone.
        QTRY_VERIFY(desk.wall().hasFocus());
        desk.wall().setTileCount(4);
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("3"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Right);
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("4"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(desk.wall().cameraNumber(0), 3);
        QCOMPARE(desk.wall().cameraNumber(1), 4);
    }

    void aLayoutKeyLeavesTheKeyboardWithALineThatIsBeingWritten() {
        Desk desk;
        QVERIFY(desk.isReady());
        auto* text = desk.beginEntry();
        QVERIFY(text != nullptr);
        QTest::keyClick(text, Qt::Key_F4);
        QCOMPARE(desk.wall().tileCount(), 16);
        QVERIFY(text->hasFocus());
    }

    void anUnknownNumberSaysSoAndEscapeClearsIt() {
        Desk desk;
        QVERIFY(desk.isReady());
        QWidget* wall = &desk.wall();
        wall->setFocus();
        QTest::keyClicks(wall, QStringLiteral("99"));
        QTest::keyClick(wall, Qt::Key_Return);
        QCOMPARE(desk.callUp(), QStringLiteral("Camera 99, There is no camera 99"));
        QTest::keyClick(wall, Qt::Key_Escape);
        QCOMPARE(desk.callUp(), QStringLiteral("Call-up"));
    }

    void aNumberThatIsLeftAloneGoesAway() {
        ui::CallUp callUp{[](int) { return std::optional<QString>{QStringLiteral("Street")}; }};
        QSignalSpy changed{&callUp, &ui::CallUp::changed};
        callUp.typeDigit(4);
        QVERIFY(!callUp.isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(callUp.isEmpty(), 20000);
        QCOMPARE(changed.count(), 2);
    }

    void aLockedDeskTakesNoNumbers() {
        Desk desk;
        QVERIFY(desk.isReady());
        desk.room.window().lock();
        QVERIFY(!desk.page().isVisible());
        QVERIFY(!desk.wall().isVisible());
        desk.room.window().setFocus();
        QTest::keyClicks(&desk.room.window(), QStringLiteral("12"));
        QCOMPARE(desk.callUp(), QStringLiteral("Call-up"));
    }

    void theLayoutKeysSetTheNumberOfTiles() {
        Desk desk;
        QVERIFY(desk.isReady());
        desk.wall().setFocus();
        QTest::keyClick(&desk.wall(), Qt::Key_F4);
        QCOMPARE(desk.wall().tileCount(), 16);
        QTest::keyClick(&desk.wall(), Qt::Key_F1);
        QCOMPARE(desk.wall().tileCount(), 1);
    }

    void thePreviousCameraComesBackAndForth() {
        Desk desk;
        QVERIFY(desk.isReady());
        desk.page().showCamera(5);
        desk.page().showCamera(6);
        desk.wall().setFocus();
        QTest::keyClick(&desk.wall(), Qt::Key_Slash);
        QCOMPARE(desk.wall().cameraNumber(desk.wall().selectedTile()), 5);
        QTest::keyClick(&desk.wall(), Qt::Key_Slash);
        QCOMPARE(desk.wall().cameraNumber(desk.wall().selectedTile()), 6);
    }

    void anEngineerSeesNoIncidentText() {
        Desk desk{access::Role::Engineer};
        QVERIFY(desk.isReady());
        QVERIFY(desk.find<QWidget>("logListView") == nullptr);
        QTest::keyClick(&desk.wall(), Qt::Key_F8);
    }

    void aDeskIsRememberedForItsPerson() {
        Desk desk;
        QVERIFY(desk.isReady());
        desk.page().setTileCount(9);
        desk.room.window().signOut();
        QVERIFY(desk.room.window().desk() == nullptr);
        desk.room.window().enter(desk.acting);
        QCOMPARE(desk.wall().tileCount(), 9);
    }

    void noKeyIsGivenOutTwice() {
        QSet<QString> seen;
        for (const ui::KeyBinding& binding : ui::keyBindings()) {
            for (const QKeySequence& sequence : binding.keys) {
                QVERIFY2(!seen.contains(sequence.toString()), qPrintable(sequence.toString()));
                seen.insert(sequence.toString());
            }
        }
        for (const QKeySequence& sequence : ui::tileKeySequences()) {
            QVERIFY2(!seen.contains(sequence.toString()), qPrintable(sequence.toString()));
            seen.insert(sequence.toString());
        }
    }

    void aHeldStationLockIsSeenWithoutTouchingIt() {
        const tests::TemporaryFolder folder;
        QVERIFY(!estate::runningStation(folder.path()));
        tests::Room::check(base::createFolders(folder / "run"));
        {
            const auto lock = base::FileLock::acquire(folder / "run" / "station.lock");
            tests::Room::check(lock);
            QCOMPARE(estate::runningStation(folder.path()).value_or(0),
                     static_cast<int>(QCoreApplication::applicationPid()));
        }
        QVERIFY(!estate::runningStation(folder.path()));
    }

    void aDemoNeverEmptiesAFolderThatIsNotADemo() {
        const tests::TemporaryFolder folder;
        std::ofstream{folder / "precious"} << "evidence";
        const auto refused = ui::DemoFolder::prepare(folder.path());
        QVERIFY(!refused);
        QVERIFY(std::filesystem::exists(folder / "precious"));
        {
            const auto made = ui::DemoFolder::prepare(folder / "demo");
            tests::Room::check(made);
            std::ofstream{(*made)->path() / "old"} << "footage";
            // A second demo at the same time does not disturb the first.
            const auto second = ui::DemoFolder::prepare(folder / "demo");
            tests::Room::check(second);
            QVERIFY((*second)->path() != (*made)->path());
        }
        tests::Room::check(ui::DemoFolder::prepare(folder / "demo"));
        QVERIFY(!std::filesystem::exists(folder / "demo" / "old"));
    }
};

int main(int argc, char** argv) {
    QApplication application{argc, argv};
    ui::theme::apply(application);
    DeskTest test;
    WallsOfDeskTest walls;
    AlarmsOfDeskTest alarms;
    TestingOfDeskTest testing;
    return QTest::qExec(&test, argc, argv) + QTest::qExec(&walls, argc, argv) + QTest::qExec(&alarms, argc, argv) +
           QTest::qExec(&testing, argc, argv);
}

#include "desk_test.moc"

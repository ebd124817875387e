#include "tile_test.h"

#include "../wall/wall_fixture.h"
#include "footage/numbered_footage.h"
#include "ui/alarms/alarm_pictures.h"
#include "ui/common/palette.h"
#include "ui/common/zone_canvas.h"
#include "ui/privacy/lift_dialog.h"
#include "ui/privacy/privacy_guard.h"
#include "ui/privacy/zone_dialog.h"

#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QWheelEvent>
#include <cmath>

namespace leedswatch::ui {

namespace {

using namespace std::chrono_literals;
using estate::PrivacyZone;

constexpr const char* password = "owl on the hall";
const PrivacyZone everything{{{0, 0}, {10'000, 0}, {10'000, 10'000}, {0, 10'000}}};

/// A wall of four tiles whose first shows camera 3.
struct Tile : Wall {
    Tile() {
        const auto root = access::Acting::commandLine();
        check(room.people.add(root, "ada", "Ada Whitaker", access::Role::Administrator, password, false));
        check(room.people.add(root, "olive", "Olive Marsden", access::Role::Operator, password, false));
        check(room.people.add(root, "sue", "Sue Haigh", access::Role::Supervisor, password, false));
        callUp(0, 3);
        page.setFocus();
    }
    template <typename Result>
    static void check(const Result& result) {
        if (!result) {
            qFatal("%s", result.error().message.c_str());
        }
    }
    [[nodiscard]] TileFeed& feed() { return *tile(0).feed(); }
    [[nodiscard]] PrivacyGuard& privacy() { return room.privacy; }
    [[nodiscard]] estate::Camera camera() { return room.cameras.find(3).value(); }
    void setZones(const std::vector<PrivacyZone>& zones) {
        check(privacy().zones().set(access::Acting::commandLine(), camera(), zones));
    }
    bool isMasked() {
        const auto& picture = feed().picture();
        return picture && !picture->presentation.mask->isEmpty();
    }
    bool isOpen() {
        const auto& picture = feed().picture();
        return picture && picture->presentation.mask->isEmpty();
    }
    void signInAs(const char* name) { room.context.acting = room.people.signIn(name, password, "desk 1").value(); }
    void trigger(TileCommand command) { page.tileCommands().action(command).trigger(); }
    std::int64_t events(const std::string& action) {
        return room.database
            ->read([&](soci::session& sql) -> base::Result<std::int64_t> {
                std::int64_t count = 0;
                sql << "SELECT count(*) FROM audit_event WHERE json_extract(CAST(body AS TEXT), '$.act') = :action",
                    soci::use(action, "action"), soci::into(count);
                return count;
            })
            .value();
    }
    /// In pixels of the tile, below its strip.
    QPoint middle() { return {tile(0).width() / 2, tile(0).height() - 2 - tile(0).pictureBox().height() / 2}; }
    void wheel(const QPoint& at, int notches) {
        QWheelEvent event{QPointF{at},
                          tile(0).mapToGlobal(QPointF{at}),
                          {},
                          {0, notches * 120},
                          Qt::NoButton,
                          Qt::NoModifier,
                          Qt::NoScrollPhase,
                          false};
        QApplication::sendEvent(&tile(0), &event);
    }

    tests::NumberedArchive footage{room.archive, camera().id};
};

template <typename Dialog>
Dialog* openDialog(Tile& tile) {
    Dialog* dialog = nullptr;
    const bool found =
        QTest::qWaitFor([&] { return (dialog = tile.page.window()->findChild<Dialog*>()) != nullptr; }, patience);
    return found ? dialog : nullptr;
}

void fillLift(LiftDialog& dialog, const char* reason, const char* name, const char* typed) {
    dialog.findChild<QLineEdit*>(QStringLiteral("reasonLineEdit"))->setText(QString::fromLatin1(reason));
    dialog.findChild<QLineEdit*>(QStringLiteral("secondNameLineEdit"))->setText(QString::fromLatin1(name));
    dialog.findChild<QLineEdit*>(QStringLiteral("secondPasswordLineEdit"))->setText(QString::fromLatin1(typed));
    dialog.findChild<QPushButton*>(QStringLiteral("liftPushButton"))->click();
}

}  // namespace

void TileTest::theWheelZoomsAtThePointerAndTheHandMovesThePicture() {
    Tile wall;
    QVERIFY(wall.becomes(0, video::LiveState::Live));
    QTRY_VERIFY_WITH_TIMEOUT(wall.feed().picture(), patience);
    wall.wheel(wall.middle(), 4);
    const double zoom = std::pow(1.25, 4);
    QVERIFY(std::abs(wall.feed().region().zoom() - zoom) < 0.01);
    QVERIFY(std::abs(wall.feed().region().left - (1 - 1 / zoom) / 2) < 0.02);
    QTRY_VERIFY_WITH_TIMEOUT(wall.feed().picture()->presentation.region == wall.feed().region(), patience);
    const auto before = wall.feed().region();
    QTest::mousePress(&wall.tile(0), Qt::LeftButton, {}, wall.middle());
    QMouseEvent move{QEvent::MouseMove,
                     QPointF{wall.middle() + QPoint{40, 0}},
                     wall.tile(0).mapToGlobal(QPointF{wall.middle() + QPoint{40, 0}}),
                     Qt::NoButton,
                     Qt::LeftButton,
                     Qt::NoModifier};
    QApplication::sendEvent(&wall.tile(0), &move);
    QTest::mouseRelease(&wall.tile(0), Qt::LeftButton, {}, wall.middle() + QPoint{40, 0});
    QVERIFY(wall.feed().region().left < before.left);
    QCOMPARE(wall.feed().region().extent, before.extent);
    wall.wheel(wall.middle(), -20);
    QVERIFY(wall.feed().region().isWhole());
}

void TileTest::keysZoomTheSelectedTileAndAnotherCameraBeginsWhole() {
    Tile wall;
    QVERIFY(wall.becomes(0, video::LiveState::Live));
    QTRY_VERIFY_WITH_TIMEOUT(wall.feed().picture(), patience);
    for (int i = 0; i < 9; ++i) {
        wall.trigger(TileCommand::ZoomIn);
    }
    QCOMPARE(wall.feed().region().zoom(), video::PictureRegion::mostZoom);
    wall.trigger(TileCommand::PanRight);
    wall.trigger(TileCommand::PanDown);
    QVERIFY(wall.feed().region().left > (1 - 1 / 8.0) / 2);
    wall.page.showCamera(4);
    QVERIFY(wall.feed().region().isWhole());
    wall.page.showCamera(3);
    QVERIFY(wall.feed().region().isWhole());
    wall.trigger(TileCommand::ZoomIn);
    wall.trigger(TileCommand::ZoomOff);
    QVERIFY(wall.feed().region().isWhole());
}

void TileTest::aPictureThatStandsIsZoomedToo() {
    Tile wall;
    QVERIFY(wall.becomes(0, video::LiveState::Live));
    wall.room.relay.setFault(3, tests::CameraFault::Stall);
    QVERIFY(wall.becomes(0, video::LiveState::Offline));
    wall.wheel(wall.middle(), 3);
    QTRY_VERIFY_WITH_TIMEOUT(wall.feed().picture()->presentation.region == wall.feed().region(), patience);
    QVERIFY(!wall.feed().picture()->presentation.region.isWhole());
    QCOMPARE(stateOf(wall.tile(0)), video::LiveState::Offline);
}

void TileTest::zonesHideFromTheNextPictureOnAndNoOtherReachesTheTile() {
    Tile wall;
    QVERIFY(wall.becomes(0, video::LiveState::Live));
    QTRY_COMPARE_WITH_TIMEOUT(paintedNumber(wall.tile(0)), 3, patience);
    bool slipped = false;
    bool isInForce = false;
    connect(&wall.privacy(), &PrivacyGuard::changed, this, [&] { isInForce = true; });
    connect(&wall.feed(), &TileFeed::pictureArrived, this,
            [&] { slipped = slipped || (isInForce && wall.feed().picture() && !wall.isMasked()); });
    wall.setZones({everything});
    QTRY_VERIFY_WITH_TIMEOUT(isInForce, patience);
    QTRY_VERIFY_WITH_TIMEOUT(wall.isMasked(), patience);
    QVERIFY(paintedNumber(wall.tile(0)) != 3);
    // Zoomed, enlarged to another stream and back, it stays hidden.
    wall.wheel(wall.middle(), 5);
    wall.page.setMaximised(true);
    QTRY_VERIFY_WITH_TIMEOUT(wall.isMasked() && !wall.feed().picture()->presentation.region.isWhole(), patience);
    wall.page.setMaximised(false);
    QTRY_VERIFY_WITH_TIMEOUT(wall.isMasked(), patience);
    QVERIFY(!slipped);
    wall.setZones({});
    QTRY_COMPARE_WITH_TIMEOUT(paintedNumber(wall.tile(0)), 3, patience);
}

void TileTest::zonesDrawnAtAnotherDeskHideHereAtOnce() {
    Tile wall;
    QVERIFY(wall.becomes(0, video::LiveState::Live));
    const auto other = store::Database::open(wall.room.context.dataFolder, wall.room.clock).value();
    Tile::check(estate::PrivacyZones{*other}.set(access::Acting::commandLine(), wall.camera(), {everything}));
    QTRY_VERIFY_WITH_TIMEOUT(wall.isMasked(), patience);
}

void TileTest::aStandingPictureIsHiddenWhenZonesAreDrawn() {
    Tile wall;
    QVERIFY(wall.becomes(0, video::LiveState::Live));
    wall.room.relay.setFault(3, tests::CameraFault::Stall);
    QVERIFY(wall.becomes(0, video::LiveState::Offline));
    wall.setZones({everything});
    QTRY_VERIFY_WITH_TIMEOUT(wall.isMasked(), patience);
}

void TileTest::aCameraWhoseZonesCannotBeReadShowsNoPictureAndSaysWhy() {
    Tile wall;
    wall.setZones({everything});
    QTRY_VERIFY_WITH_TIMEOUT(wall.isMasked(), patience);
    Tile::check(wall.room.database->write([](store::Transaction& transaction) -> base::Result<void> {
        transaction.sql() << "UPDATE privacy_zones SET zones = 'torn'";
        transaction.notify("privacy_zones", "3");
        return {};
    }));
    QTRY_VERIFY_WITH_TIMEOUT(!wall.feed().privacyProblem().isEmpty(), patience);
    QVERIFY(!wall.feed().picture());
    const auto decoded = wall.feed().status().pictures;
    QTRY_VERIFY_WITH_TIMEOUT(wall.feed().status().pictures > decoded + 10, patience);
    QVERIFY(!wall.feed().picture());
    wall.trigger(TileCommand::Snapshot);
    QVERIFY(wall.tile(0).notice().startsWith(QStringLiteral("No snapshot")));
    // The others go on.
    wall.callUp(1, 5);
    QTRY_VERIFY_WITH_TIMEOUT(wall.tile(1).feed()->picture(), patience);
}

void TileTest::zonesAreLiftedByTwoPeopleOnlyAndHideAgainByKey() {
    Tile wall;
    wall.setZones({everything});
    QTRY_VERIFY_WITH_TIMEOUT(wall.isMasked(), patience);
    wall.signInAs("olive");
    wall.trigger(TileCommand::LiftZones);
    auto* dialog = openDialog<LiftDialog>(wall);
    QVERIFY(dialog != nullptr);
    dialog->findChild<QSpinBox*>(QStringLiteral("minutesSpinBox"))->setValue(2);
    fillLift(*dialog, "somebody calls for help", "sue", password);
    QTRY_VERIFY_WITH_TIMEOUT(wall.isOpen(), patience);
    QTRY_COMPARE_WITH_TIMEOUT(paintedNumber(wall.tile(0)), 3, patience);
    QVERIFY(wall.privacy().liftedFor(wall.camera().id) <= std::chrono::seconds{120});
    QCOMPARE(wall.events("privacy.lifted"), 1);
    // The mark stands along the upper edge of the picture.
    const QImage marked = wall.tile(0).grab().toImage();
    QCOMPARE(
        marked.pixelColor(wall.tile(0).width() / 2, wall.middle().y() - wall.tile(0).pictureBox().height() / 2 + 3),
        palette::unmasked);
    wall.trigger(TileCommand::LiftZones);
    QVERIFY(!wall.feed().picture() || wall.isMasked());
    QTRY_VERIFY_WITH_TIMEOUT(wall.isMasked(), patience);
    QTRY_COMPARE_WITH_TIMEOUT(wall.events("privacy.restored"), 1, patience);
}

void TileTest::aRefusalInTheLiftDialogLiftsNothing() {
    Tile wall;
    wall.setZones({everything});
    QTRY_VERIFY_WITH_TIMEOUT(wall.isMasked(), patience);
    wall.signInAs("olive");
    wall.trigger(TileCommand::LiftZones);
    auto* dialog = openDialog<LiftDialog>(wall);
    QVERIFY(dialog != nullptr);
    auto* message = dialog->findChild<QLabel*>(QStringLiteral("liftMessageLabel"));
    auto* lift = dialog->findChild<QPushButton*>(QStringLiteral("liftPushButton"));
    const auto refused = [&](const char* reason, const char* name, const char* typed) {
        message->hide();
        fillLift(*dialog, reason, name, typed);
        const bool said = QTest::qWaitFor([&] { return message->isVisible() && lift->isEnabled(); }, patience);
        return said && wall.isMasked() && !wall.privacy().liftedFor(wall.camera().id);
    };
    QVERIFY(refused("somebody calls for help", "olive", password));
    QVERIFY(refused("somebody calls for help", "sue", "not her password"));
    QVERIFY(refused("x", "sue", password));
    QCOMPARE(wall.events("privacy.lifted"), 0);
    dialog->reject();
}

void TileTest::aLiftEndsWithItsTimeAndWithTheSession() {
    Tile wall;
    wall.setZones({everything});
    QTRY_VERIFY_WITH_TIMEOUT(wall.isMasked(), patience);
    wall.signInAs("olive");
    const auto grant = access::TwoPersonAuthority{wall.room.people}.confirm(
        wall.room.context.acting, "sue", password, estate::PrivacyLifts::rights(), "somebody calls for help");
    Tile::check(grant);
    Tile::check(wall.privacy().lifts().lift(*grant, wall.camera(), 1min));
    wall.privacy().liftBegan();
    QTRY_VERIFY_WITH_TIMEOUT(wall.isOpen(), patience);
    wall.privacy().restoreAll(estate::LiftEnd::DeskLocked);
    QVERIFY(!wall.feed().picture() || wall.isMasked());
    QTRY_VERIFY_WITH_TIMEOUT(wall.isMasked(), patience);
}

void TileTest::zonesAreDrawnWithTheMouse() {
    Tile wall;
    QVERIFY(wall.becomes(0, video::LiveState::Live));
    QTRY_VERIFY_WITH_TIMEOUT(wall.feed().picture(), patience);
    wall.trigger(TileCommand::EditZones);
    auto* dialog = openDialog<ZoneDialog>(wall);
    QVERIFY(dialog != nullptr);
    ZoneCanvas& canvas = dialog->canvas();
    for (const estate::ZonePoint corner : {estate::ZonePoint{0, 0}, {10'000, 0}, {10'000, 10'000}}) {
        QTest::mouseClick(&canvas, Qt::LeftButton, {}, canvas.toWidget(corner).toPoint());
    }
    QVERIFY(canvas.isDrawing());
    auto* save = dialog->findChild<QPushButton*>(QStringLiteral("saveZonesPushButton"));
    QVERIFY(!save->isEnabled());
    QTest::mouseClick(&canvas, Qt::LeftButton, {}, canvas.toWidget({0, 10'000}).toPoint());
    QTest::keyClick(&canvas, Qt::Key_Return);
    QCOMPARE(canvas.zones().size(), 1U);
    save->click();
    QTRY_VERIFY_WITH_TIMEOUT(wall.isMasked(), patience);
    const auto stored = wall.privacy().zones().of(wall.camera().id).value();
    QCOMPARE(stored.size(), 1U);
    QCOMPARE(stored.front().corners.size(), 4U);
    QCOMPARE(wall.events("privacy.zones-set"), 1);
}

void TileTest::thePictureThatZonesAreDrawnOnStaysAsLongAsTheDialog() {
    Tile wall;
    const std::uint8_t* given = nullptr;
    const auto white = [&](const SharedMask&) -> base::Result<video::FullPicture> {
        video::FullPicture picture{160, 90, std::vector<std::uint8_t>(std::size_t{160} * 90 * 3, 0xff)};
        given = picture.pixels.data();
        return picture;
    };
    ZoneDialog dialog{wall.room.context, wall.camera(), white, nullptr};
    QTRY_VERIFY_WITH_TIMEOUT(!dialog.canvas().still().isNull(), patience);
    QCOMPARE(dialog.canvas().still().pixelColor(80, 45), QColor{Qt::white});
    // The picture is gone by now; the canvas has to have memory of its own.
    QVERIFY(dialog.canvas().still().constBits() != given);
}

void TileTest::aReplayShowsTheLastSecondsAndEndsByItself() {
    Tile wall;
    QVERIFY(wall.becomes(0, video::LiveState::Live));
    // What is recorded reaches to seven seconds ago, in a file that is still being written.
    const base::UtcTime begin = wall.room.clock.now() - 20s;
    wall.footage.addGrowing(begin, 13 * 25);
    wall.trigger(TileCommand::Replay10);
    QVERIFY(wall.feed().replay() != nullptr);
    QTRY_VERIFY_WITH_TIMEOUT(wall.feed().replay() != nullptr && wall.feed().picture(), patience);
    const auto picture = wall.feed().picture();
    QCOMPARE(tests::numberIn(*picture), static_cast<int>((picture->wallTime - begin) / 40ms));
    QVERIFY(wall.room.clock.now() - picture->wallTime < 13s);
    QVERIFY2(wall.tile(0).stateText().startsWith(QStringLiteral("REPLAY \u2212")),
             qPrintable(wall.tile(0).stateText()));
    QCOMPARE(wall.events("footage.played"), 1);
    // The live view goes on underneath.
    QCOMPARE(wall.feed().status().verdict.state, video::LiveState::Live);
    QTRY_VERIFY_WITH_TIMEOUT(wall.feed().replay() == nullptr, patience);
    QCOMPARE(paintedNumber(wall.tile(0)), 3);
    QVERIFY(wall.tile(0).notice().isEmpty());
}

void TileTest::aReplayIsEndedByEscAndPausedByKey() {
    Tile wall;
    QVERIFY(wall.becomes(0, video::LiveState::Live));
    wall.footage.addGrowing(wall.room.clock.now() - 20s, 19 * 25);
    wall.trigger(TileCommand::Replay10);
    QTRY_VERIFY_WITH_TIMEOUT(wall.feed().picture() && wall.feed().picture()->wallTime != base::UtcTime{}, patience);
    QTRY_VERIFY_WITH_TIMEOUT(wall.feed().replay()->picture(), patience);
    wall.trigger(TileCommand::PauseReplay);
    QVERIFY(wall.feed().replay()->isPaused());
    const auto shown = wall.feed().replay()->picture()->wallTime;
    wall.trigger(TileCommand::StepForward);
    QTRY_VERIFY_WITH_TIMEOUT(wall.feed().replay()->picture()->wallTime > shown, patience);
    QTest::keyClick(&wall.page, Qt::Key_Escape);
    QVERIFY(wall.feed().replay() == nullptr);
    QVERIFY(wall.feed().picture());
    QCOMPARE(paintedNumber(wall.tile(0)), 3);
}

void TileTest::aReplaySaysWhatIsMissing() {
    Tile wall;
    QVERIFY(wall.becomes(0, video::LiveState::Live));
    const base::UtcTime begin = wall.room.clock.now() - 15s;
    wall.footage.add(begin, 6 * 25, {}, video::SegmentEnd::StreamLost);
    wall.footage.addGrowing(begin + 8s, 4 * 25);
    wall.trigger(TileCommand::Replay10);
    QTRY_VERIFY_WITH_TIMEOUT(
        wall.feed().replay() != nullptr && wall.feed().replay()->words().contains(QStringLiteral("no recording")),
        patience);
}

void TileTest::aReplayOfNothingSaysSo() {
    Tile wall;
    QVERIFY(wall.becomes(0, video::LiveState::Live));
    wall.trigger(TileCommand::Replay30);
    QTRY_COMPARE_WITH_TIMEOUT(wall.tile(0).notice(), QStringLiteral("Nothing is recorded of the last 30 s"), patience);
    QVERIFY(wall.feed().replay() == nullptr);
    // Old footage is not the last seconds either.
    wall.footage.add(wall.room.clock.now() - 10min, 25);
    wall.trigger(TileCommand::Replay10);
    QTRY_COMPARE_WITH_TIMEOUT(wall.tile(0).notice(), QStringLiteral("Nothing is recorded of the last 10 s"), patience);
}

void TileTest::aReplayOfAnEarlierTimeShowsThatTimeAndNoOther() {
    Tile wall;
    QVERIFY(wall.becomes(0, video::LiveState::Live));
    const base::UtcTime begin = wall.room.clock.now() - 20min;
    wall.footage.add(begin, 40 * 25);
    const video::TimeRange range{begin + 10s, begin + 13s};
    wall.feed().startReplay(range);
    QTRY_VERIFY_WITH_TIMEOUT(wall.feed().replay() != nullptr && wall.feed().replay()->picture(), patience);
    const auto first = wall.feed().replay()->picture();
    QVERIFY(first->wallTime >= range.begin - 1s && first->wallTime < range.end);
    QCOMPARE(wall.tile(0).stateText(), QStringLiteral("REPLAY \u221219 min"));
    base::UtcTime last = first->wallTime;
    connect(&wall.feed(), &TileFeed::pictureArrived, this, [&] {
        if (wall.feed().replay() != nullptr && wall.feed().replay()->picture()) {
            last = wall.feed().replay()->picture()->wallTime;
        }
    });
    QTRY_VERIFY_WITH_TIMEOUT(wall.feed().replay() == nullptr, patience);
    QVERIFY(last >= range.end && last < range.end + 1s);
    QVERIFY(wall.tile(0).notice().isEmpty());
    wall.feed().startReplay({begin - 2min, begin - 1min});
    QTRY_VERIFY_WITH_TIMEOUT(wall.tile(0).notice().startsWith(QStringLiteral("Nothing is recorded ")), patience);
}

void TileTest::anAlarmShowsTheHalfMinuteBeforeItHoweverOldItIs() {
    Tile wall;
    QVERIFY(wall.becomes(0, video::LiveState::Live));
    response::Alarm alarm;
    alarm.id = response::AlarmId{1};
    alarm.raised = wall.room.clock.now() - 2h;
    wall.footage.add(alarm.raised - 40s, 50 * 25);
    AlarmPictures pictures{wall.hub, nullptr};
    pictures.resize(400, 600);
    pictures.setVisible(true);
    pictures.show(alarm, {3});
    CameraTile* before = nullptr;
    QTRY_VERIFY_WITH_TIMEOUT(
        [&] {
            for (CameraTile* tile : pictures.findChildren<CameraTile*>()) {
                if (tile->feed() != nullptr && tile->feed()->replay() != nullptr && tile->feed()->replay()->picture()) {
                    before = tile;
                }
            }
            return before != nullptr;
        }(),
        patience);
    const auto shown = before->feed()->replay()->picture()->wallTime;
    QVERIFY(shown >= alarm.raised - 31s && shown < alarm.raised);
}

void TileTest::whoMayNotPlayIsOfferedNoReplay() {
    Room room;
    room.context.acting.role = access::Role::Engineer;
    room.context.acting.unrestricted = false;
    WallHub hub{room.context};
    WallPage page{hub, 1, nullptr};
    page.showCamera(3);
    QMenu menu;
    page.tileCommands().addTo(menu);
    const QList<QMenu*> submenus = menu.findChildren<QMenu*>();
    QCOMPARE(submenus.size(), 1);
    QCOMPARE(submenus.first()->title(), QStringLiteral("Replay"));
    QVERIFY(!submenus.first()->isEnabled());
}

void TileTest::whoMayNotPlayRecordingsHasNoReplay() {
    Tile wall;
    QVERIFY(wall.becomes(0, video::LiveState::Live));
    wall.footage.addGrowing(wall.room.clock.now() - 20s, 19 * 25);
    wall.room.context.acting.unrestricted = false;
    wall.room.context.acting.role = access::Role::Engineer;
    wall.trigger(TileCommand::Replay10);
    QTRY_VERIFY_WITH_TIMEOUT(!wall.tile(0).notice().isEmpty(), patience);
    QVERIFY(wall.feed().replay() == nullptr);
    QCOMPARE(wall.events("footage.played"), 0);
}

void TileTest::zonesHideInAReplay() {
    Tile wall;
    wall.setZones({everything});
    QTRY_VERIFY_WITH_TIMEOUT(wall.isMasked(), patience);
    wall.footage.addGrowing(wall.room.clock.now() - 20s, 19 * 25);
    wall.trigger(TileCommand::Replay10);
    QTRY_VERIFY_WITH_TIMEOUT(wall.feed().replay() != nullptr && wall.feed().replay()->picture(), patience);
    const auto& picture = *wall.feed().picture();
    QVERIFY(!picture.presentation.mask->isEmpty());
    // One level all over.
    const auto first = picture.pixels.front();
    for (int x = 0; x < picture.width; ++x) {
        QCOMPARE(picture.pixels[static_cast<std::size_t>(picture.height / 2 * picture.stride + x * 4)], first);
    }
}

void TileTest::aSnapshotIsTheCamerasPictureWithItsZonesHidden() {
    Tile wall;
    wall.setZones({{{{0, 0}, {5000, 0}, {5000, 10'000}, {0, 10'000}}}});
    QTRY_VERIFY_WITH_TIMEOUT(wall.isMasked(), patience);
    QVERIFY(wall.becomes(0, video::LiveState::Live));
    wall.trigger(TileCommand::Snapshot);
    QTRY_VERIFY_WITH_TIMEOUT(wall.tile(0).notice().startsWith(QStringLiteral("Snapshot in snapshots/")), patience);
    const QString day = wall.tile(0).notice().mid(QStringLiteral("Snapshot in ").size());
    const QDir days{QString::fromStdString(wall.room.context.dataFolder.string()) + QLatin1Char{'/'} + day};
    const QStringList taken = days.entryList({QStringLiteral("camera0003_*")}, QDir::Dirs);
    QCOMPARE(taken.size(), 1);
    const QDir place{days.filePath(taken.first())};
    const QStringList originals = place.entryList({QStringLiteral("*_original.png")});
    QCOMPARE(originals.size(), 1);
    const QImage original{place.filePath(originals.first())};
    QCOMPARE(original.size(), QSize(176, 144));
    // The right half is the camera's, the left half is one block.
    QCOMPARE(tests::numberOfLuma(original.pixelColor(132, 60).green() * 219 / 255 + 16), 3);
    QCOMPARE(original.pixelColor(10, 10), original.pixelColor(80, 120));
    const QImage marked{place.filePath(place.entryList({QStringLiteral("*_marked.png")}).first())};
    QCOMPARE(marked.width(), original.width());
    QVERIFY(marked.height() > original.height());
    QCOMPARE(marked.copy(original.rect()).convertToFormat(QImage::Format_RGB32),
             original.convertToFormat(QImage::Format_RGB32));
    QCOMPARE(wall.events("snapshot.taken"), 1);
}

void TileTest::aSnapshotThatCannotBeWrittenIsSaid() {
    Tile wall;
    QVERIFY(wall.becomes(0, video::LiveState::Live));
    QTRY_VERIFY_WITH_TIMEOUT(wall.feed().picture(), patience);
    Tile::check(base::replaceFile(wall.room.context.dataFolder / "snapshots", "a file is in the way"));
    wall.trigger(TileCommand::Snapshot);
    QTRY_VERIFY_WITH_TIMEOUT(wall.tile(0).notice().startsWith(QStringLiteral("No snapshot: ")), patience);
    QVERIFY(wall.tile(0).notice().contains(QStringLiteral("snapshots")));
}

void TileTest::theInspectorSaysWhatIsKnown() {
    Tile wall;
    QVERIFY(wall.becomes(0, video::LiveState::Live));
    QVERIFY(!wall.tile(0).isInspected());
    wall.trigger(TileCommand::Inspector);
    QVERIFY(wall.tile(0).isInspected());
    QTRY_VERIFY_WITH_TIMEOUT(wall.tile(0).inspectorLines().contains(QStringLiteral("codec\tH.264")), patience);
    const QStringList lines = wall.tile(0).inspectorLines();
    QVERIFY(lines.contains(QStringLiteral("size\t176 x 144")));
    // The relay of this test tells of no camera's clock.
    QVERIFY(lines.contains(QStringLiteral("camera to screen\tnot known: no camera clock")));
    QVERIFY(lines.filter(QStringLiteral("bit rate")).first().endsWith(QStringLiteral("kbit/s")));
    wall.trigger(TileCommand::Inspector);
    QVERIFY(!wall.feed().view()->measure());
}

}  // namespace leedswatch::ui

int main(int argc, char** argv) {
    QApplication application{argc, argv};
    leedswatch::ui::TileTest tile;
    return QTest::qExec(&tile, argc, argv);
}

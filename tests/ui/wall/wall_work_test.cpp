#include "wall_work_test.h"

#include "support/fake_clock.h"
#include "ui/common/wall_drag.h"
#include "wall_fixture.h"

#include <dirent.h>

#include <QSignalSpy>
#include <QTest>
#include <random>

namespace leedswatch::ui {

namespace {

using namespace std::chrono_literals;

/// What stands in the tile besides the picture is of the same camera, and the picture too if it is live.
bool isOfOneCamera(const CameraTile& tile, int number) {
    const TileFeed* feed = tile.feed();
    if (feed == nullptr) {
        return number == 0;
    }
    if (feed->camera().number != number || feed->camera().name != "Camera " + std::to_string(number)) {
        return false;
    }
    const auto& picture = feed->picture();
    if (!picture) {
        return true;
    }
    const auto middle = static_cast<std::size_t>(picture->height / 3 * picture->stride + picture->width / 2 * 4);
    const int green = static_cast<int>(static_cast<unsigned char>(picture->pixels[middle + 1]));
    return tests::numberOfLuma(green * 219 / 255 + 16) == number;
}

struct WorkWall : Wall {
    estate::CameraRef ref(int number) { return {room.cameras.find(number)->id, number}; }
    estate::SequenceId addSequence(const estate::SequenceContent& content) {
        const auto id = estate::Sequences{*room.database}.add(room.context.acting, "Night", true, content);
        const bool isThere = id && QTest::qWaitFor([&] { return hub.library().find(*id) != nullptr; }, patience);
        return isThere ? *id : estate::SequenceId{};
    }
    estate::SequenceContent stepsOf(const std::vector<int>& numbers, std::chrono::seconds dwell) {
        estate::SequenceContent content;
        for (const int number : numbers) {
            content.steps.push_back({ref(number), dwell});
        }
        return content;
    }
};

WallDrag dragOf(WallPage& wall, int index, bool isCopy = false) {
    return {WallDrag::Kind::Tile, &wall.tile(index), {}, 0, isCopy};
}

int entriesOf(const char* folder) {
    int count = 0;
    if (DIR* open = opendir(folder)) {
        while (readdir(open) != nullptr) {
            ++count;
        }
        closedir(open);
    }
    return count;
}

}  // namespace

void WallWorkTest::goingToASmallLayoutAndBackLosesNothing() {
    WorkWall wall;
    wall.page.setTileCount(36);
    for (int index = 0; index < 36; ++index) {
        wall.callUp(index, 1 + index % estateSize);
    }
    const auto before = wall.page.content();
    for (const int tiles : {1, 13, 4, 6, 25, 10, 8, 9, 16}) {
        wall.page.setTileCount(tiles);
        QCOMPARE(wall.page.tileCount(), tiles);
        QVERIFY(wall.page.selectedTile() < tiles);
    }
    wall.page.setTileCount(7);
    QCOMPARE(wall.page.tileCount(), 16);
    wall.page.setTileCount(36);
    QVERIFY(wall.page.content() == before);
}

void WallWorkTest::aViewKeepsThePlaceOfACameraThatIsGone() {
    WorkWall wall;
    estate::ViewContent view{6, {{wall.ref(2), {}, false}, {{estate::CameraId{999}, 77}, {}, false}}};
    // The number 3 was another camera's when the view was saved.
    view.tiles.push_back({{estate::CameraId{998}, 3}, {}, false});
    wall.page.open(view);
    QCOMPARE(wall.page.tileCount(), 6);
    QCOMPARE(wall.page.cameraNumber(0), 2);
    for (const auto& [index, number] : {std::pair{1, 77}, {2, 3}}) {
        QVERIFY(wall.tile(index).feed() == nullptr);
        QCOMPARE(wall.tile(index).missingCamera(), number);
    }
    QCOMPARE(wall.page.content().tiles[1].camera.number, 77);
    wall.callUp(1, 5);
    QCOMPARE(wall.tile(1).missingCamera(), 0);
    wall.page.showPrevious();
    QCOMPARE(wall.tile(1).missingCamera(), 77);
}

void WallWorkTest::theCameraBeforeAViewComesBackTileByTile() {
    WorkWall wall;
    wall.callUp(0, 1);
    wall.callUp(1, 2);
    wall.page.open({4, {{wall.ref(5), {}, false}, {wall.ref(6), {}, false}}});
    wall.page.selectTile(1);
    QCOMPARE(wall.page.cameraNumber(1), 6);
    wall.page.showPrevious();
    QCOMPARE(wall.page.cameraNumber(1), 2);
    QCOMPARE(wall.page.cameraNumber(0), 5);
    wall.page.showPrevious();
    QCOMPARE(wall.page.cameraNumber(1), 6);
    wall.page.selectTile(3);
    wall.page.showPrevious();
    QVERIFY(!wall.tile(3).notice().isEmpty());
}

void WallWorkTest::theSpotShowsWhatWasSelectedLast() {
    WorkWall wall;
    connect(&wall.page, &WallPage::cameraPicked, &wall.page, &WallPage::showInSpot);
    wall.page.setTileCount(9);
    wall.callUp(0, 1);
    wall.callUp(1, 2);
    wall.page.selectTile(8);
    wall.page.toggleSpot();
    QVERIFY(wall.tile(8).mark().startsWith(QStringLiteral("SPOT")));
    wall.page.selectTile(0);
    QCOMPARE(wall.page.cameraNumber(8), 1);
    QCOMPARE(wall.tile(8).feed()->kind(), video::StreamKind::Main);
    QCOMPARE(wall.tile(0).feed()->kind(), video::StreamKind::Sub);
    wall.page.selectTile(1);
    QCOMPARE(wall.page.cameraNumber(8), 2);
    wall.callUp(3, 7);
    QCOMPARE(wall.page.cameraNumber(8), 7);
    // There is one spot; making another tile the spot moves it.
    wall.page.selectTile(4);
    wall.page.toggleSpot();
    QVERIFY(wall.tile(8).mark().isEmpty());
    QVERIFY(wall.page.place(4).isSpot());
    wall.page.selectTile(0);
    QCOMPARE(wall.page.cameraNumber(4), 1);
    QCOMPARE(wall.page.cameraNumber(8), 7);
    wall.page.selectTile(4);
    wall.page.toggleSpot();
    wall.page.selectTile(1);
    QCOMPARE(wall.page.cameraNumber(4), 1);
}

void WallWorkTest::aTileThatIsDraggedToAnotherWallTakesItsRunningPictureAlong() {
    WorkWall wall;
    WallPage other{wall.hub, 2, nullptr};
    other.resize(800, 600);
    other.show();
    wall.callUp(0, 3);
    QVERIFY(wall.becomes(0, video::LiveState::Live));
    const TileFeed* running = wall.tile(0).feed();
    other.drop(2, dragOf(wall.page, 0));
    QCOMPARE(other.tile(2).feed(), running);
    QVERIFY(other.tile(2).feed()->picture() != nullptr);
    QVERIFY(wall.tile(0).feed() == nullptr);
    QCOMPARE(other.selectedTile(), 2);
    // Two that are both taken change places.
    wall.callUp(0, 4);
    other.drop(2, dragOf(wall.page, 0));
    QCOMPARE(other.cameraNumber(2), 4);
    QCOMPARE(wall.page.cameraNumber(0), 3);
    // With Ctrl it is in both.
    other.drop(1, dragOf(wall.page, 0, true));
    QCOMPARE(other.cameraNumber(1), 3);
    QCOMPARE(wall.page.cameraNumber(0), 3);
    other.drop(1, dragOf(other, 1));
    QCOMPARE(other.cameraNumber(1), 3);
    QVERIFY(wall.becomes(0, video::LiveState::Live));
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(other.tile(1)), video::LiveState::Live, patience);
    QVERIFY(isOfOneCamera(other.tile(1), 3));
}

void WallWorkTest::severalCamerasFillTheTilesFromWhereTheyAreDropped() {
    WorkWall wall;
    wall.page.drop(1, {WallDrag::Kind::Cameras, nullptr, {4, 5}, 0, false});
    QCOMPARE(wall.page.cameraNumber(0), 0);
    QCOMPARE(wall.page.cameraNumber(1), 4);
    QCOMPARE(wall.page.cameraNumber(2), 5);
    QCOMPARE(wall.page.selectedTile(), 1);
    wall.page.drop(3, {WallDrag::Kind::Cameras, nullptr, {6, 7, 8}, 0, false});
    QCOMPARE(wall.page.cameraNumber(3), 6);
    QVERIFY(wall.tile(3).notice().contains(QStringLiteral("2 of the 3")));
    wall.page.drop(0, {WallDrag::Kind::View, nullptr, {}, 4711, false});
    QVERIFY(wall.tile(0).notice().contains(QStringLiteral("deleted")));
}

void WallWorkTest::aSequenceGoesOnWithoutABlackGap() {
    WorkWall wall;
    const auto id = wall.addSequence(wall.stepsOf({2, 4, 6}, 1s));
    wall.page.selectTile(1);
    wall.page.showSequence(id);
    QVERIFY(wall.tile(1).mark().startsWith(QStringLiteral("SEQUENCE Night 1/3")));
    QVERIFY(wall.becomes(1, video::LiveState::Live));
    int changes = 0;
    int black = 0;
    connect(&wall.page, &WallPage::cameraSelected, &wall.page, [&](int number) {
        ++changes;
        const TileFeed* feed = wall.tile(1).feed();
        black += feed == nullptr || !feed->picture() || !isOfOneCamera(wall.tile(1), number) ? 1 : 0;
    });
    QTRY_VERIFY_WITH_TIMEOUT(changes >= 4, patience);
    QCOMPARE(black, 0);
    // The tile is one of the wall's: it comes back with its layout, and with a view.
    QCOMPARE(wall.page.content().tiles[1].sequence, id);
    wall.page.setTileCount(9);
    wall.page.setTileCount(4);
    QVERIFY(wall.page.place(1).hasSequence());
    // A camera that is called up takes its place, and "previous" brings it back.
    wall.callUp(1, 9);
    QVERIFY(wall.tile(1).mark().isEmpty());
    wall.page.showPrevious();
    QVERIFY(wall.page.place(1).hasSequence());
}

void WallWorkTest::aSequenceIsPausedAndSteppedByHand() {
    WorkWall wall;
    wall.page.showSequence(wall.addSequence(wall.stepsOf({2, 4, 6}, 600s)));
    QCOMPARE(wall.page.cameraNumber(0), 2);
    wall.page.stepSequence(1);
    QCOMPARE(wall.page.cameraNumber(0), 4);
    wall.page.stepSequence(-1);
    wall.page.stepSequence(-1);
    QCOMPARE(wall.page.cameraNumber(0), 6);
    QVERIFY(wall.tile(0).mark().contains(QStringLiteral("3/3")));
    wall.page.toggleSequencePause();
    QVERIFY(wall.tile(0).mark().endsWith(QStringLiteral("PAUSED")));
    wall.page.stepSequence(1);
    QCOMPARE(wall.page.cameraNumber(0), 2);
    QVERIFY(wall.tile(0).mark().endsWith(QStringLiteral("PAUSED")));
    wall.page.toggleSequencePause();
    QVERIFY(wall.tile(0).mark().endsWith(QStringLiteral("600 s")));
}

void WallWorkTest::aSequenceShowsACameraThatIsNotLiveOrPassesItOver_data() {
    QTest::addColumn<bool>("passesOver");
    QTest::newRow("shown as it is") << false;
    QTest::newRow("passed over") << true;
}

void WallWorkTest::aSequenceShowsACameraThatIsNotLiveOrPassesItOver() {
    QFETCH(const bool, passesOver);
    WorkWall wall;
    wall.room.relay.removeCamera(4);
    auto content = wall.stepsOf({2, 4, 6}, 1s);
    content.passesOverOffline = passesOver;
    QSignalSpy shown{&wall.page, &WallPage::cameraSelected};
    wall.page.showSequence(wall.addSequence(content));
    QTRY_VERIFY_WITH_TIMEOUT(shown.size() >= 5, patience);
    bool wasShown = false;
    for (const auto& each : shown) {
        wasShown = wasShown || each.first().toInt() == 4;
    }
    QCOMPARE(wasShown, !passesOver);
}

void WallWorkTest::aSequenceThatIsDeletedLeavesItsLastPicture() {
    WorkWall wall;
    const auto id = wall.addSequence(wall.stepsOf({2, 4}, 600s));
    wall.page.showSequence(id);
    wall.page.stepSequence(1);
    estate::Sequences sequences{*wall.room.database};
    QVERIFY(sequences.replace(wall.room.context.acting, id, wall.stepsOf({6, 4, 8}, 300s)).has_value());
    QTRY_VERIFY_WITH_TIMEOUT(wall.tile(0).mark().contains(QStringLiteral("2/3")), patience);
    QCOMPARE(wall.page.cameraNumber(0), 4);
    QVERIFY(sequences.remove(wall.room.context.acting, id).has_value());
    QTRY_VERIFY_WITH_TIMEOUT(!wall.page.place(0).hasSequence(), patience);
    QCOMPARE(wall.page.cameraNumber(0), 4);
    QVERIFY(wall.tile(0).mark().isEmpty());
    QVERIFY(!wall.tile(0).notice().isEmpty());
}

void WallWorkTest::aMinimisedWallDecodesNothing() {
    WorkWall wall;
    wall.page.showSequence(wall.addSequence(wall.stepsOf({5, 6}, 1s)));
    QVERIFY(wall.becomes(0, video::LiveState::Live));
    wall.page.showMinimized();
    QTRY_COMPARE_WITH_TIMEOUT(wall.room.relay.clients(5) + wall.room.relay.clients(6), 0, patience);
    const int before = wall.page.cameraNumber(0);
    wall.page.showNormal();
    QCOMPARE(wall.page.cameraNumber(0), before);
    QVERIFY(wall.becomes(0, video::LiveState::Live));
}

void WallWorkTest::theDwellIsCountedOnTheSteadyClock() {
    tests::FakeClock clock{base::fromStored(1'700'000'000'000'000)};
    const auto step = [](int number, std::chrono::seconds dwell) {
        return estate::SequenceStep{{estate::CameraId{number}, number}, dwell};
    };
    SequenceRun run{{{step(1, 10s), step(2, 5s), step(3, 1s)}, false}, clock.steadyNow()};
    clock.stepWallClock(1h);
    QCOMPARE(run.left(clock.steadyNow()), std::chrono::milliseconds{10s});
    clock.advance(4s);
    QCOMPARE(run.left(clock.steadyNow()), std::chrono::milliseconds{6s});
    run.setPaused(true, clock.steadyNow());
    clock.advance(1h);
    QCOMPARE(run.left(clock.steadyNow()), std::chrono::milliseconds{6s});
    run.setPaused(false, clock.steadyNow());
    clock.advance(7s);
    QCOMPARE(run.left(clock.steadyNow()), 0ms);
    QCOMPARE(run.overdue(clock.steadyNow()), std::chrono::milliseconds{1s});
    run.goTo(run.after(run.position()), clock.steadyNow());
    QCOMPARE(run.left(clock.steadyNow()), std::chrono::milliseconds{5s});
    QCOMPARE(run.before(0), 2U);
    QCOMPARE(run.after(2), 0U);
    run.change({{step(7, 3s), step(2, 9s)}, false}, clock.steadyNow());
    QCOMPARE(run.position(), 1U);
    QCOMPARE(run.left(clock.steadyNow()), std::chrono::milliseconds{9s});
    run.change({{step(7, 3s)}, false}, clock.steadyNow());
    QCOMPARE(run.position(), 0U);
}

void WallWorkTest::labelNumberAndPictureStayTogetherTenThousandTimes() {
    WorkWall wall;
    WallPage other{wall.hub, 2, nullptr};
    other.resize(640, 480);
    other.show();
    const std::array<WallPage*, 2> walls{&wall.page, &other};
    std::mt19937 random{11};
    const auto upTo = [&](int most) { return static_cast<int>(random() % static_cast<unsigned>(most)); };
    const auto id = wall.addSequence(wall.stepsOf({1, 3, 5, 7}, 1s));
    int pictures = 0;
    for (int step = 0; step < 10'000; ++step) {
        WallPage& page = *walls.at(static_cast<std::size_t>(upTo(2)));
        WallPage& from = *walls.at(static_cast<std::size_t>(upTo(2)));
        page.selectTile(upTo(page.tileCount()));
        switch (upTo(40)) {
            case 0: page.setTileCount(WallLayout::all()[static_cast<std::size_t>(upTo(4))].tileCount()); break;
            case 1: page.open(from.content()); break;
            case 2: page.setMaximised(upTo(2) == 0); break;
            case 3: page.showSequence(id); break;
            case 4: page.stepSequence(upTo(2) == 0 ? 1 : -1); break;
            case 5: page.clearTile(); break;
            case 6: page.toggleSpot(); break;
            case 7: page.showInSpot(1 + upTo(estateSize)); break;
            case 8:
            case 9: page.showPrevious(); break;
            case 10:
            case 11:
            case 12:
            case 13: page.showCamera(1 + upTo(estateSize)); break;
            default: page.drop(upTo(page.tileCount()), dragOf(from, upTo(from.tileCount()), upTo(8) == 0));
        }
        QCoreApplication::processEvents();
        for (WallPage* each : walls) {
            for (int index = 0; index < each->tileCount(); ++index) {
                const TileFeed* feed = each->tile(index).feed();
                QVERIFY2(isOfOneCamera(each->tile(index), each->cameraNumber(index)),
                         qPrintable(QString::number(step)));
                pictures += feed != nullptr && feed->picture() ? 1 : 0;
            }
        }
        // What is painted, too.
        if (step % 20 == 0) {
            CameraTile& tile = page.tile(page.selectedTile());
            const TileFeed* feed = tile.feed();
            if (feed != nullptr && feed->picture() && tile.isVisible() && stateOf(tile) == video::LiveState::Live) {
                QCOMPARE(paintedNumber(tile), page.cameraNumber(page.selectedTile()));
            }
        }
    }
    QVERIFY2(pictures > 5'000, qPrintable(QString::number(pictures)));
}

void WallWorkTest::afterFiveHundredChangesNoThreadAndNoDescriptorIsLeft() {
    WorkWall wall;
    const auto rest = [&] {
        wall.page.setTileCount(1);
        wall.page.clearTile();
        return std::pair{entriesOf("/proc/self/task"), entriesOf("/proc/self/fd")};
    };
    const auto clientsGone = [&] {
        for (int number = 1; number <= estateSize; ++number) {
            if (wall.room.relay.clients(number) > 0) {
                return false;
            }
        }
        return true;
    };
    wall.callUp(0, 1);
    QVERIFY(wall.becomes(0, video::LiveState::Live));
    auto before = rest();
    QTRY_VERIFY_WITH_TIMEOUT(clientsGone(), patience);
    before = rest();
    std::mt19937 random{7};
    for (int change = 0; change < 500; ++change) {
        wall.page.setTileCount(WallLayout::all()[random() % 6U].tileCount());
        wall.callUp(static_cast<int>(random() % static_cast<unsigned>(wall.page.tileCount())),
                    1 + static_cast<int>(random() % static_cast<unsigned>(estateSize)));
        QCoreApplication::processEvents();
    }
    rest();
    QTRY_VERIFY_WITH_TIMEOUT(clientsGone(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(rest().first <= before.first, patience);
    QTRY_VERIFY_WITH_TIMEOUT(rest().second <= before.second, patience);
}

}  // namespace leedswatch::ui

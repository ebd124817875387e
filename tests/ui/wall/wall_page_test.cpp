#include "ui/wall/wall_page.h"

#include "live_support/live_relay.h"
#include "support/temporary_folder.h"
#include "tile_words_test.h"
#include "wall_page_test.h"

#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>
#include <random>

namespace leedswatch::ui {

namespace {

constexpr int patience = 20'000;
constexpr int cameras = 12;

/// A data folder with an estate of twelve cameras, and a relay that serves all of them.
struct Room {
    explicit Room(int served = cameras) {
        std::string csv = "number,name,main_url,sub_url\n";
        for (int number = 1; number <= cameras; ++number) {
            const std::string text = std::to_string(number);
            csv += text + ",Camera " + text + ",rtsp://127.0.0.1/" + text + ",rtsp://127.0.0.1/" + text + "s\n";
        }
        const auto report = registry.importCsv(access::Acting::commandLine(), csv);
        if (!report) {
            qFatal("%s", report.error().message.c_str());
        }
        for (int number = 1; number <= served; ++number) {
            relay.addCamera(number);
        }
    }

    base::SystemClock clock;
    tests::TemporaryFolder folder;
    std::unique_ptr<store::Database> database = *store::Database::open(folder.path(), clock);
    std::unique_ptr<store::ChangeFeed> feed = *store::ChangeFeed::open(*database);
    access::People people{*database};
    estate::CameraRegistry registry{*database};
    incident::IncidentLog log{*database};
    video::SegmentIndex archive{*database};
    ConsoleContext context{
        clock, *database, *feed, people, registry, log, archive, folder.path(), access::Acting::commandLine()};
    tests::LiveRelay relay{folder.path()};
};

video::LiveState stateOf(const CameraTile& tile) {
    return tile.feed() == nullptr ? video::LiveState::Offline : tile.feed()->status().verdict.state;
}

/// The camera whose brightness fills the middle of what the tile paints.
int paintedNumber(CameraTile& tile) {
    const QRect picture{QPoint{}, tile.size()};
    const QImage image = tile.grab().toImage();
    const QColor middle = image.pixelColor(picture.center() - QPoint{0, tile.height() / 8});
    return tests::numberOfLuma(middle.green() * 219 / 255 + 16);
}

}  // namespace

void WallPageTest::aCameraThatIsCalledUpIsLiveInTheSelectedTile() {
    Room room;
    WallPage wall{room.context, nullptr};
    wall.resize(960, 600);
    wall.show();
    QSignalSpy selected{&wall, &WallPage::cameraSelected};
    wall.selectTile(2);
    wall.showCamera(7);
    QCOMPARE(selected.last().first().toInt(), 7);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(wall.tile(2)), video::LiveState::Live, patience);
    QCOMPARE(paintedNumber(wall.tile(2)), 7);
    QCOMPARE(wall.tile(2).stateText(), QStringLiteral("LIVE"));
    wall.clearTile();
    QCOMPARE(selected.last().first().toInt(), 0);
    QVERIFY(wall.tile(2).feed() == nullptr);
}

void WallPageTest::anUnknownNumberIsSaidAndTheOldPictureGoesOn() {
    Room room;
    WallPage wall{room.context, nullptr};
    wall.resize(960, 600);
    wall.show();
    wall.showCamera(3);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(wall.tile(0)), video::LiveState::Live, patience);
    wall.showCamera(4711);
    QVERIFY(wall.tile(0).notice().contains(QStringLiteral("4711")));
    QCOMPARE(wall.cameraNumber(0), 3);
    const auto before = wall.tile(0).feed()->status().pictures;
    QTRY_VERIFY_WITH_TIMEOUT(wall.tile(0).feed()->status().pictures > before + 5, patience);
    QTRY_VERIFY_WITH_TIMEOUT(wall.tile(0).notice().isEmpty(), patience);
}

void WallPageTest::keysWorkOnTheWallOnlyWhileItHasTheFocus() {
    Room room{0};
    QWidget window;
    auto* layout = new QVBoxLayout{&window};
    auto* wall = new WallPage{room.context, &window};
    auto* field = new QLineEdit{&window};
    layout->addWidget(wall);
    layout->addWidget(field);
    window.resize(900, 600);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    wall->setFocus();
    QTest::keyClick(window.windowHandle(), Qt::Key_Right);
    QCOMPARE(wall->selectedTile(), 1);
    QTest::keyClick(window.windowHandle(), Qt::Key_Down);
    QCOMPARE(wall->selectedTile(), 3);
    QTest::keyClick(window.windowHandle(), Qt::Key_Right);
    QCOMPARE(wall->selectedTile(), 3);
    // Along a row and on to the next one, so that a wall is filled with numbers and one arrow.
    QTest::keyClick(window.windowHandle(), Qt::Key_Left);
    QTest::keyClick(window.windowHandle(), Qt::Key_Left);
    QCOMPARE(wall->selectedTile(), 1);
    QTest::keyClick(window.windowHandle(), Qt::Key_Right);
    QTest::keyClick(window.windowHandle(), Qt::Key_Right);
    QCOMPARE(wall->selectedTile(), 3);
    field->setFocus();
    QTest::keyClick(window.windowHandle(), Qt::Key_Left);
    QTest::keyClick(window.windowHandle(), Qt::Key_Up);
    QCOMPARE(wall->selectedTile(), 3);
    QTest::mouseClick(&wall->tile(0), Qt::LeftButton);
    QCOMPARE(wall->selectedTile(), 0);
    QVERIFY(wall->hasFocus());
}

void WallPageTest::eachLayoutRemembersItsCameras() {
    Room room;
    {
        WallPage wall{room.context, nullptr};
        wall.resize(960, 600);
        wall.show();
        wall.showCamera(1);
        wall.selectTile(3);
        wall.showCamera(2);
        wall.setTileCount(9);
        QCOMPARE(wall.cameraNumber(3), 2);
        wall.selectTile(8);
        wall.showCamera(9);
        wall.setTileCount(4);
        QCOMPARE(wall.cameraNumber(0), 1);
        QCOMPARE(wall.cameraNumber(3), 2);
    }
    WallPage again{room.context, nullptr};
    QCOMPARE(again.cameraNumber(0), 1);
    again.setTileCount(9);
    QCOMPARE(again.cameraNumber(8), 9);
    QCOMPARE(again.cameraNumber(3), 2);
}

void WallPageTest::labelAndPictureAreAlwaysOfOneCamera() {
    Room room;
    WallPage wall{room.context, nullptr};
    wall.resize(960, 600);
    wall.show();
    std::mt19937 random{11};
    constexpr std::array layouts{1, 4, 9, 16};
    int pictures = 0;
    for (int step = 0; step < 150; ++step) {
        switch (random() % 5U) {
            case 0: wall.setTileCount(layouts.at(random() % layouts.size())); break;
            case 1: wall.swapTiles(static_cast<int>(random() % 16U), static_cast<int>(random() % 16U)); break;
            case 2: wall.setMaximised(random() % 2U == 0); break;
            default:
                wall.selectTile(static_cast<int>(random() % static_cast<unsigned>(wall.tileCount())));
                wall.showCamera(1 + static_cast<int>(random() % static_cast<unsigned>(cameras)));
        }
        if (TileFeed* feed = wall.tile(wall.selectedTile()).feed()) {
            QSignalSpy{feed, &TileFeed::pictureArrived}.wait(60);
        }
        for (int index = 0; index < wall.tileCount(); ++index) {
            CameraTile& tile = wall.tile(index);
            if (tile.isVisible() && tile.feed() != nullptr && stateOf(tile) == video::LiveState::Live &&
                tile.feed()->picture()) {
                QCOMPARE(paintedNumber(tile), wall.cameraNumber(index));
                ++pictures;
            }
        }
    }
    QVERIFY2(pictures > 50, qPrintable(QString::number(pictures)));
}

void WallPageTest::whatIsNotLiveLooksSoAndSaysWhy() {
    Room room;
    WallPage wall{room.context, nullptr};
    wall.resize(960, 600);
    wall.show();
    wall.showCamera(5);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(wall.tile(0)), video::LiveState::Live, patience);
    const QImage live = wall.tile(0).grab().toImage();
    room.relay.setFault(5, tests::CameraFault::Freeze);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(wall.tile(0)), video::LiveState::Frozen, patience);
    QVERIFY(wall.tile(0).stateText().startsWith(QStringLiteral("FROZEN")));
    QVERIFY(!wall.tile(0).causeText().isEmpty());
    const QImage frozen = wall.tile(0).grab().toImage();
    int different = 0;
    for (int y = 60; y < live.height() - 80; y += 3) {
        for (int x = 10; x < live.width() - 10; x += 3) {
            different += live.pixel(x, y) == frozen.pixel(x, y) ? 0 : 1;
        }
    }
    QVERIFY(different > 1000);
    const auto camera = *room.registry.find(5);
    room.relay.setFault(5, tests::CameraFault::Stall);
    const auto written =
        room.registry.setStatuses({{camera.id, estate::CameraState::Offline, estate::LossCause::Network,
                                    "no answer from 10.0.0.5", room.clock.now()}});
    QVERIFY(written.has_value());
    QTRY_COMPARE_WITH_TIMEOUT(wall.tile(0).causeText(), QStringLiteral("network: no answer from 10.0.0.5"), patience);
    room.relay.setFault(5, tests::CameraFault::None);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(wall.tile(0)), video::LiveState::Live, patience);
}

void WallPageTest::aDeadStationIsSaidAndItsReturnIsNoticed() {
    Room room;
    WallPage wall{room.context, nullptr};
    wall.resize(960, 600);
    wall.show();
    wall.showCamera(5);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(wall.tile(0)), video::LiveState::Live, patience);
    room.relay.stop();
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(wall.tile(0)), video::LiveState::Offline, patience);
    QTRY_COMPARE_WITH_TIMEOUT(wall.tile(0).causeText(), QStringLiteral("station not running"), patience);
    room.relay.start();
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(wall.tile(0)), video::LiveState::Live, patience);
}

void WallPageTest::aHiddenWallDecodesNothing() {
    Room room;
    WallPage wall{room.context, nullptr};
    wall.resize(960, 600);
    wall.show();
    wall.showCamera(5);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(wall.tile(0)), video::LiveState::Live, patience);
    wall.hide();
    QTRY_COMPARE_WITH_TIMEOUT(room.relay.clients(5), 0, patience);
    wall.show();
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(wall.tile(0)), video::LiveState::Live, patience);
}

void WallPageTest::aTileIsEnlargedAndBack() {
    Room room;
    WallPage wall{room.context, nullptr};
    wall.resize(960, 600);
    wall.setTileCount(9);
    wall.show();
    wall.selectTile(4);
    wall.showCamera(6);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(wall.tile(4)), video::LiveState::Live, patience);
    QCOMPARE(wall.tile(4).feed()->kind(), video::StreamKind::Sub);
    QTest::mouseDClick(&wall.tile(4), Qt::LeftButton);
    QVERIFY(wall.isMaximised());
    QVERIFY(wall.tile(4).width() > 900);
    QVERIFY(!wall.tile(0).isVisible());
    QCOMPARE(wall.tile(4).feed()->kind(), video::StreamKind::Main);
    QVERIFY(wall.tile(4).feed()->picture() != nullptr);
    QTRY_COMPARE_WITH_TIMEOUT(paintedNumber(wall.tile(4)), 6, patience);
    QTest::keyClick(&wall, Qt::Key_Return);
    QVERIFY(!wall.isMaximised());
    QVERIFY(wall.tile(0).isVisible());
}

}  // namespace leedswatch::ui

int main(int argc, char** argv) {
    QApplication application{argc, argv};
    leedswatch::ui::TileWordsTest words;
    leedswatch::ui::WallPageTest wall;
    return QTest::qExec(&words, argc, argv) + QTest::qExec(&wall, argc, argv);
}

#include "ui/wall/wall_page.h"

#include "tile_words_test.h"
#include "wall_fixture.h"
#include "wall_layout_test.h"
#include "wall_page_test.h"
#include "wall_work_test.h"

#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>
#include <random>

namespace leedswatch::ui {

void WallPageTest::aCameraThatIsCalledUpIsLiveInTheSelectedTile() {
    Wall wall;
    QSignalSpy selected{&wall.page, &WallPage::cameraSelected};
    wall.callUp(2, 7);
    QCOMPARE(selected.last().first().toInt(), 7);
    QVERIFY(wall.becomes(2, video::LiveState::Live));
    QCOMPARE(paintedNumber(wall.tile(2)), 7);
    QCOMPARE(wall.tile(2).stateText(), QStringLiteral("LIVE"));
    wall.page.clearTile();
    QCOMPARE(selected.last().first().toInt(), 0);
    QVERIFY(wall.tile(2).feed() == nullptr);
}

void WallPageTest::anUnknownNumberIsSaidAndTheOldPictureGoesOn() {
    Wall wall;
    wall.page.showCamera(3);
    QVERIFY(wall.becomes(0, video::LiveState::Live));
    wall.page.showCamera(4711);
    QVERIFY(wall.tile(0).notice().contains(QStringLiteral("4711")));
    QCOMPARE(wall.page.cameraNumber(0), 3);
    const auto before = wall.tile(0).feed()->status().pictures;
    QTRY_VERIFY_WITH_TIMEOUT(wall.tile(0).feed()->status().pictures > before + 5, patience);
    QTRY_VERIFY_WITH_TIMEOUT(wall.tile(0).notice().isEmpty(), patience);
}

void WallPageTest::keysWorkOnTheWallOnlyWhileItHasTheFocus() {
    Room room{0};
    WallHub hub{room.context};
    QWidget window;
    auto* layout = new QVBoxLayout{&window};
    auto* wall = new WallPage{hub, 1, &window};
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
    WallHub hub{room.context};
    {
        WallPage wall{hub, 1, nullptr};
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
    WallPage again{hub, 1, nullptr};
    QCOMPARE(again.cameraNumber(0), 1);
    again.setTileCount(9);
    QCOMPARE(again.cameraNumber(8), 9);
    QCOMPARE(again.cameraNumber(3), 2);
}

void WallPageTest::labelAndPictureAreAlwaysOfOneCamera() {
    Wall wall;
    std::mt19937 random{11};
    constexpr std::array layouts{1, 4, 9, 16};
    int pictures = 0;
    for (int step = 0; step < 150; ++step) {
        switch (random() % 5U) {
            case 0: wall.page.setTileCount(layouts.at(random() % layouts.size())); break;
            case 1: wall.page.swapTiles(static_cast<int>(random() % 16U), static_cast<int>(random() % 16U)); break;
            case 2: wall.page.setMaximised(random() % 2U == 0); break;
            default:
                wall.page.selectTile(static_cast<int>(random() % static_cast<unsigned>(wall.page.tileCount())));
                wall.page.showCamera(1 + static_cast<int>(random() % static_cast<unsigned>(estateSize)));
        }
        if (TileFeed* feed = wall.tile(wall.page.selectedTile()).feed()) {
            QSignalSpy{feed, &TileFeed::pictureArrived}.wait(60);
        }
        for (int index = 0; index < wall.page.tileCount(); ++index) {
            CameraTile& tile = wall.tile(index);
            if (tile.isVisible() && tile.feed() != nullptr && stateOf(tile) == video::LiveState::Live &&
                tile.feed()->picture()) {
                QCOMPARE(paintedNumber(tile), wall.page.cameraNumber(index));
                ++pictures;
            }
        }
    }
    QVERIFY2(pictures > 50, qPrintable(QString::number(pictures)));
}

void WallPageTest::whatIsNotLiveLooksSoAndSaysWhy() {
    Wall wall;
    wall.page.showCamera(5);
    QVERIFY(wall.becomes(0, video::LiveState::Live));
    const QImage live = wall.tile(0).grab().toImage();
    wall.room.relay.setFault(5, tests::CameraFault::Freeze);
    QVERIFY(wall.becomes(0, video::LiveState::Frozen));
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
    const auto camera = *wall.room.cameras.find(5);
    wall.room.relay.setFault(5, tests::CameraFault::Stall);
    const auto written =
        wall.room.cameras.setStatuses({{camera.id, estate::CameraState::Offline, estate::LossCause::Network,
                                        "no answer from 10.0.0.5", wall.room.clock.now()}});
    QVERIFY(written.has_value());
    QTRY_COMPARE_WITH_TIMEOUT(wall.tile(0).causeText(), QStringLiteral("network: no answer from 10.0.0.5"), patience);
    wall.room.relay.setFault(5, tests::CameraFault::None);
    QVERIFY(wall.becomes(0, video::LiveState::Live));
}

void WallPageTest::aDeadStationIsSaidAndItsReturnIsNoticed() {
    Wall wall;
    wall.page.showCamera(5);
    QVERIFY(wall.becomes(0, video::LiveState::Live));
    wall.room.relay.stop();
    QVERIFY(wall.becomes(0, video::LiveState::Offline));
    QTRY_COMPARE_WITH_TIMEOUT(wall.tile(0).causeText(), QStringLiteral("station not running"), patience);
    wall.room.relay.start();
    QVERIFY(wall.becomes(0, video::LiveState::Live));
}

void WallPageTest::aHiddenWallDecodesNothing() {
    Wall wall;
    wall.page.showCamera(5);
    QVERIFY(wall.becomes(0, video::LiveState::Live));
    wall.page.hide();
    QTRY_COMPARE_WITH_TIMEOUT(wall.room.relay.clients(5), 0, patience);
    wall.page.show();
    QVERIFY(wall.becomes(0, video::LiveState::Live));
}

void WallPageTest::aTileIsEnlargedAndBack() {
    Wall wall;
    wall.page.setTileCount(9);
    wall.callUp(4, 6);
    QVERIFY(wall.becomes(4, video::LiveState::Live));
    QCOMPARE(wall.tile(4).feed()->kind(), video::StreamKind::Sub);
    QTest::mouseDClick(&wall.tile(4), Qt::LeftButton);
    QVERIFY(wall.page.isMaximised());
    QVERIFY(wall.tile(4).width() > 900);
    QVERIFY(!wall.tile(0).isVisible());
    QCOMPARE(wall.tile(4).feed()->kind(), video::StreamKind::Main);
    QVERIFY(wall.tile(4).feed()->picture() != nullptr);
    QTRY_COMPARE_WITH_TIMEOUT(paintedNumber(wall.tile(4)), 6, patience);
    QTest::keyClick(&wall.page, Qt::Key_Return);
    QVERIFY(!wall.page.isMaximised());
    QVERIFY(wall.tile(0).isVisible());
}

}  // namespace leedswatch::ui

int main(int argc, char** argv) {
    QApplication application{argc, argv};
    leedswatch::ui::TileWordsTest words;
    leedswatch::ui::WallLayoutTest layouts;
    leedswatch::ui::WallPageTest wall;
    leedswatch::ui::WallWorkTest work;
    return QTest::qExec(&words, argc, argv) + QTest::qExec(&layouts, argc, argv) + QTest::qExec(&wall, argc, argv) +
           QTest::qExec(&work, argc, argv);
}

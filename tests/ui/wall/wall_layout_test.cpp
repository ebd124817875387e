#include "wall_layout_test.h"

#include "ui/wall/stream_choice.h"
#include "ui/wall/wall_layout.h"

#include <QTest>
#include <set>

namespace leedswatch::ui {

void WallLayoutTest::everyLayoutCoversTheWallOnce() {
    QList<int> counts;
    for (const WallLayout& layout : WallLayout::all()) {
        counts.append(layout.tileCount());
        QCOMPARE(WallLayout::find(layout.tileCount()), &layout);
        for (const QSize size : {QSize{1280, 720}, QSize{697, 611}, QSize{1, 1}}) {
            qint64 area = 0;
            for (int tile = 0; tile < layout.tileCount(); ++tile) {
                const QRect rect = layout.tileRect(tile, size, 0);
                area += qint64{rect.width()} * rect.height();
                QVERIFY(QRect(QPoint{}, size).contains(rect) || rect.isEmpty());
                for (int other = 0; other < tile; ++other) {
                    QVERIFY(!rect.intersects(layout.tileRect(other, size, 0)));
                }
            }
            QCOMPARE(area, qint64{size.width()} * size.height());
        }
    }
    QCOMPARE(counts, (QList<int>{1, 4, 6, 8, 9, 10, 13, 16, 25, 36}));
    QVERIFY(WallLayout::find(7) == nullptr);
}

void WallLayoutTest::largeTilesAreLargeAndComeFirst() {
    const auto largest = [](int tiles) {
        const WallLayout& layout = *WallLayout::find(tiles);
        const QSize wall{1200, 1200};
        const int first = layout.tileRect(0, wall, 0).width();
        int count = 0;
        for (int tile = 0; tile < tiles; ++tile) {
            const bool isLarge = layout.tileRect(tile, wall, 0).width() == first;
            count += isLarge ? 1 : 0;
            if (isLarge && tile >= count) {
                return -1;
            }
        }
        return count;
    };
    QCOMPARE(largest(6), 1);
    QCOMPARE(largest(8), 1);
    QCOMPARE(largest(10), 2);
    QCOMPARE(largest(13), 1);
    QCOMPARE(largest(16), 16);
    QCOMPARE(WallLayout::find(13)->tileRect(0, {400, 400}, 0), QRect(100, 100, 200, 200));
}

void WallLayoutTest::theRightArrowAloneReachesEveryTile() {
    for (const WallLayout& layout : WallLayout::all()) {
        for (const int key : {Qt::Key_Right, Qt::Key_Left}) {
            const bool right = key == Qt::Key_Right;
            QPoint cell =
                layout.tileCount() == 13 && right ? QPoint{0, 0} : layout.cellOf(right ? 0 : layout.tileCount() - 1);
            std::set<int> reached{layout.tileAt(cell)};
            for (int press = 0; press < 2 * layout.tileCount(); ++press) {
                const auto step = layout.step(cell, key);
                QCOMPARE(step->tile, layout.tileAt(step->cell));
                cell = step->cell;
                reached.insert(step->tile);
            }
            QCOMPARE(static_cast<int>(reached.size()), layout.tileCount());
        }
    }
}

void WallLayoutTest::arrowsGoToTheNeighbourOnTheSameLine() {
    // One large amid twelve: through the large tile on the line on which it was entered.
    const WallLayout& layout = *WallLayout::find(13);
    const QPoint left{0, 2};
    const auto inLarge = layout.step(left, Qt::Key_Right);
    QCOMPARE(inLarge->tile, 0);
    const auto beyond = layout.step(inLarge->cell, Qt::Key_Right);
    QCOMPARE(beyond->cell, QPoint(3, 2));
    QCOMPARE(layout.step(beyond->cell, Qt::Key_Left)->tile, 0);
    QCOMPARE(layout.step({2, 0}, Qt::Key_Down)->tile, 0);
    QCOMPARE(layout.step(layout.step({2, 0}, Qt::Key_Down)->cell, Qt::Key_Down)->cell, QPoint(2, 3));
    // At the edge it stays.
    QCOMPARE(layout.step({2, 0}, Qt::Key_Up)->cell, QPoint(2, 0));
    QCOMPARE(layout.step({2, 3}, Qt::Key_Down)->cell, QPoint(2, 3));
    QCOMPARE(layout.step({3, 3}, Qt::Key_Right)->cell, QPoint(3, 3));
    QVERIFY(!layout.step({0, 0}, Qt::Key_Space));
}

void WallLayoutTest::whatASmallStreamHoldsIsShownFromIt() {
    using video::StreamKind;
    QCOMPARE(streamFor({{480, 270}}), StreamKind::Sub);
    QCOMPARE(streamFor({{720, 405}}), StreamKind::Sub);
    QCOMPARE(streamFor({{960, 540}}), StreamKind::Main);
    QCOMPARE(streamFor({{200, 120}, 1, TileUse::Spot}), StreamKind::Main);
    // What the streams really are decides as soon as it is known.
    QCOMPARE(streamFor({{720, 405}, 1, TileUse::Tile, {352, 288}}), StreamKind::Main);
    QCOMPARE(streamFor({{1200, 675}, 1, TileUse::Tile, {1280, 720}}), StreamKind::Sub);
    QCOMPARE(streamFor({{1900, 1000}, 1, TileUse::Tile, {704, 576}, {704, 576}}), StreamKind::Sub);
}

void WallLayoutTest::aZoomTakesTheLargeStreamWhenTheSmallOneHasTooFewPixels() {
    using video::StreamKind;
    QCOMPARE(streamFor({{480, 270}, 1.4, TileUse::Tile, {704, 396}}), StreamKind::Sub);
    QCOMPARE(streamFor({{480, 270}, 2, TileUse::Tile, {704, 396}}), StreamKind::Main);
}

void WallLayoutTest::aTileOnTheEdgeKeepsTheStreamThatItShows() {
    using video::StreamKind;
    for (const StreamKind shown : {StreamKind::Main, StreamKind::Sub}) {
        for (const int width : {650, 704, 760}) {
            QCOMPARE(streamFor({{width, 800}, 1, TileUse::Tile, {704, 396}, {1920, 1080}, shown}), shown);
        }
    }
    QCOMPARE(streamFor({{600, 800}, 1, TileUse::Tile, {704, 396}, {1920, 1080}, StreamKind::Main}), StreamKind::Sub);
}

}  // namespace leedswatch::ui

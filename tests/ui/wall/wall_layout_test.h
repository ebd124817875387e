#pragma once

#include <QObject>

namespace leedswatch::ui {

class WallLayoutTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyLayoutCoversTheWallOnce();
    void largeTilesAreLargeAndComeFirst();
    void theRightArrowAloneReachesEveryTile();
    void arrowsGoToTheNeighbourOnTheSameLine();
    void whatASmallStreamHoldsIsShownFromIt();
    void aZoomTakesTheLargeStreamWhenTheSmallOneHasTooFewPixels();
    void aTileOnTheEdgeKeepsTheStreamThatItShows();
};

}  // namespace leedswatch::ui

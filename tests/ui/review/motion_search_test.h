#pragma once

#include <QObject>

namespace leedswatch::tests {

class MotionSearchTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatMovedStandsOnTheTimelineAndMoreOfItAppears();
    void keysGoFromEventToEvent();
    void aPartOfThePictureIsSearchedAsItIsDrawn();
    void thePartIsDrawnByKeyboard();
    void theMomentsAreGoneThroughByKeys();
    void anotherPeriodIsAnotherSearch();
    void saysWhetherNothingMovedOrNobodyLooked();
    void escapeClosesTheSearchAndForgetsWhatItFound();
    void theExportTakesTheSearchsPlace();
};

}  // namespace leedswatch::tests

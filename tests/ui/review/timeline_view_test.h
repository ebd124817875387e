#pragma once

#include <QObject>

namespace leedswatch::tests {

class TimelineViewTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsTheTimeUnderThePointerWhenZooming();
    void zoomsFromDaysToSecondsAndNoFurther();
    void theTwoHalfPastOnesHavePlacesAndLabelsOfTheirOwn();
    void ticksFollowTheLocalHourOverTheChangeOfTheClocks();
    void aDragScrubs();
    void theHandlesOfTheMarksAreDragged();
    void tellsTheCauseOfAGap();
    void whatIsHeldIsSeenUnderTheMarksToo();
    void readsTimesAsPeopleTypeThem();
    void refusesTheHourThatIsThereTwiceAndNamesBoth();
    void saysWhatIsMissingOfARange();
    void whatHasNotReachedTheDiskYetIsNotCalledUnrecorded();
};

}  // namespace leedswatch::tests

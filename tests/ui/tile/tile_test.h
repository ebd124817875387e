#pragma once

#include <QObject>

namespace leedswatch::ui {

class TileTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theWheelZoomsAtThePointerAndTheHandMovesThePicture();
    void keysZoomTheSelectedTileAndAnotherCameraBeginsWhole();
    void aPictureThatStandsIsZoomedToo();
    void zonesHideFromTheNextPictureOnAndNoOtherReachesTheTile();
    void zonesDrawnAtAnotherDeskHideHereAtOnce();
    void aStandingPictureIsHiddenWhenZonesAreDrawn();
    void aCameraWhoseZonesCannotBeReadShowsNoPictureAndSaysWhy();
    void zonesAreLiftedByTwoPeopleOnlyAndHideAgainByKey();
    void aRefusalInTheLiftDialogLiftsNothing();
    void aLiftEndsWithItsTimeAndWithTheSession();
    void zonesAreDrawnWithTheMouse();
    void thePictureThatZonesAreDrawnOnStaysAsLongAsTheDialog();
    void aReplayShowsTheLastSecondsAndEndsByItself();
    void aReplayIsEndedByEscAndPausedByKey();
    void aReplaySaysWhatIsMissing();
    void aReplayOfNothingSaysSo();
    void aReplayOfAnEarlierTimeShowsThatTimeAndNoOther();
    void anAlarmShowsTheHalfMinuteBeforeItHoweverOldItIs();
    void whoMayNotPlayIsOfferedNoReplay();
    void whoMayNotPlayRecordingsHasNoReplay();
    void zonesHideInAReplay();
    void aSnapshotIsTheCamerasPictureWithItsZonesHidden();
    void aSnapshotThatCannotBeWrittenIsSaid();
    void theInspectorSaysWhatIsKnown();
};

}  // namespace leedswatch::ui

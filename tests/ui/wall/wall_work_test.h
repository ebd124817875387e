#pragma once

#include <QObject>

namespace leedswatch::ui {

class WallWorkTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void goingToASmallLayoutAndBackLosesNothing();
    void aViewKeepsThePlaceOfACameraThatIsGone();
    void theCameraBeforeAViewComesBackTileByTile();
    void theSpotShowsWhatWasSelectedLast();
    void aTileThatIsDraggedToAnotherWallTakesItsRunningPictureAlong();
    void severalCamerasFillTheTilesFromWhereTheyAreDropped();
    void aSequenceGoesOnWithoutABlackGap();
    void aSequenceIsPausedAndSteppedByHand();
    void aSequenceShowsACameraThatIsNotLiveOrPassesItOver_data();
    void aSequenceShowsACameraThatIsNotLiveOrPassesItOver();
    void aSequenceThatIsDeletedLeavesItsLastPicture();
    void aMinimisedWallDecodesNothing();
    void theDwellIsCountedOnTheSteadyClock();
    void labelNumberAndPictureStayTogetherTenThousandTimes();
    void afterFiveHundredChangesNoThreadAndNoDescriptorIsLeft();
};

}  // namespace leedswatch::ui

#pragma once

#include <QObject>

namespace leedswatch::ui {

class WallPageTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aCameraThatIsCalledUpIsLiveInTheSelectedTile();
    void anUnknownNumberIsSaidAndTheOldPictureGoesOn();
    void keysWorkOnTheWallOnlyWhileItHasTheFocus();
    void eachLayoutRemembersItsCameras();
    void labelAndPictureAreAlwaysOfOneCamera();
    void whatIsNotLiveLooksSoAndSaysWhy();
    void aDeadStationIsSaidAndItsReturnIsNoticed();
    void aHiddenWallDecodesNothing();
    void aTileIsEnlargedAndBack();
};

}  // namespace leedswatch::ui

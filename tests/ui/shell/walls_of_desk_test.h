#pragma once

#include <QObject>

class WallsOfDeskTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyLayoutIsReachedByF12AndItsNumber();
    void aNumberGoesToTheWallThatIsActiveAndOneSeesWhichThatIs();
    void aLockedDeskShowsNoPictureOnAnyMonitor();
    void aMonitorComesBackToItsPersonWithItsCameras();
    void aWindowWhoseScreenHasGoneComesToOneThatIsThere();
    void anUnpluggedScreenBringsNothingDownAndItIsSaid();
    void theFirstPlaceOfAMonitorIsAScreenOfItsOwn();
    void aViewIsSavedFoundOpenedAndReplaced();
    void aNameThatIsRefusedIsSaidAndStaysTyped();
    void aSharedViewThatIsChangedElsewhereIsThereAtOnce();
    void aSequenceIsMadeFromNumbersAndRun();
    void whatAnotherProgramDragsIsNotTaken();
    void rowsOfTheCameraListAreDraggedInTheirOrder();
};

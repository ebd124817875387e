#pragma once

#include <QObject>

class AlarmsOfDeskTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anAlarmStandsAcrossTheDeskUntilSomebodyTakesIt();
    void theAlarmTakenFromTheCallUpHasTheKeyboard();
    void itIsWorkedToItsEndByTheKeyboardAlone();
    void whereThePoliceAreNotCalledEnterLeavesTheStepOut();
    void whatIsMissingIsSaidAndWhatWasTypedStays();
    void escapeTakesBackWhatWasTypedBeforeItLeaves();
    void theNewestLineOfALongRecordIsInView();
    void enterOnCancelDoesNothing();
    void aJobThatIsOpenIsSaidBeforeItsAlarmIsClosed();
    void whoHasItIsShownAndTakingOverWarns();
    void callsToKeyholdersAreNotedOneByOne();
    void theWordForBeingUnderThreatRaisesAHoldUp();
    void whatIsInHandWaitsAgainWhenItsPersonSignsOut();
    void whatIsPutOffComesBack();
    void anEngineerHasNoAlarmsAndAnAuditorOnlyLooks();
};

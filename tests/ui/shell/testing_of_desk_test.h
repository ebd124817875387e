#pragma once

#include <QObject>

class TestingOfDeskTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSystemIsPutOnTestAndTakenOffByTheKeyboardAlone();
    void aWrongPasswordIsSaidAndAThreatRaisesAHoldUp();
    void aWalkTestTicksOffZonesAsTheyComeIn();
    void whereNoZonesAreEnteredNobodySaysThatAllCame();
    void aWalkTestIsThereAgainWhenTheDeskWasClosed();
    void hundredsOfZonesStayReadable();
    void aTestThatHasEndedSaysSoAcrossTheDesk();
    void aTestIsPlannedStartedAndItsResultRecorded();
    void whatIsOverdueIsSaidAcrossTheDesk();
    void anAuditorLooksAndAnEngineerHasNoTests();
    void timesAreReadAsTheyAreTyped();
};

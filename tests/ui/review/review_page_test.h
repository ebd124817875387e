#pragma once

#include <QObject>

namespace leedswatch::tests {

class ReviewPageTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void opensAtTheNewestRecordingAndSaysWhenItWas();
    void keysStepMarkAndMove();
    void spacePlaysAndPauses();
    void speedGoesUpAndDown();
    void anExportIsMadeVerifiedAndAudited();
    void onALowPageTheExportScrollsAndCutsNothingOff();
    void anExportThatFailsSaysWhy();
    void aHoldIsPlacedFromTheMarksAndShown();
    void zonesAreLiftedFromRecordingsByTwoPeopleToo();
    void saysThatNothingIsRecorded();
    void saysThatTheCameraIsNotThere();
    void whatIsRecordedLaterAppears();
    void footageIsAuditedOnceForASession();
    void aGapIsToldOf();
    void theTypedTimeIsGoneTo();
    void escapeClosesTheExportAndThenThePage();
    void whoMayNotPlayIsToldSo();
};

}  // namespace leedswatch::tests

#pragma once

#include <QObject>

namespace leedswatch::ui {

class TileWordsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agesAreSaidInTheirLargestUnits();
    void aLiveTileNeedsNoReason();
    void theStationsCauseIsSaidBeforeWhatArrivesHere();
    void aCameraThatWasLostBeforeItWasCalledUpIsOfflineSinceThen();
    void theInspectorSaysWhatIsNotKnownInsteadOfNought();
    void aLongCauseIsBrokenBetweenWordsAndElidedOnlyAtTheEnd();
    void aStateIsWholeInTheNarrowestTile();
    void aSnapshotThatFindsNoRoomSaysSo();
    void aDeadStationIsSaidWhateverItLastReported();
};

}  // namespace leedswatch::ui

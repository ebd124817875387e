#include "ui/wall/tile_words.h"

#include "tile_words_test.h"

#include <QTest>

namespace leedswatch::ui {

namespace {

using namespace std::chrono_literals;

video::LiveStatus offline(video::MissingFact fact) {
    video::LiveStatus status;
    status.verdict = {video::LiveState::Offline, fact, {}, 130s};
    return status;
}

estate::CameraStatus unreachable() {
    return {
        estate::CameraId{1}, estate::CameraState::Offline, estate::LossCause::Network, "no answer from 10.1.2.3", {}};
}

}  // namespace

void TileWordsTest::agesAreSaidInTheirLargestUnits() {
    QCOMPARE(ageWords(3400ms), QStringLiteral("3 s"));
    QCOMPARE(ageWords(119s), QStringLiteral("119 s"));
    QCOMPARE(ageWords(150s), QStringLiteral("2 min"));
    QCOMPARE(ageWords(3h + 5min), QStringLiteral("3 h 05 min"));
    QCOMPARE(ageWords(52h), QStringLiteral("2 d 4 h"));
    QCOMPARE(stateAndAge(offline(video::MissingFact::Packets).verdict), QStringLiteral("OFFLINE 2 min"));
}

void TileWordsTest::aLiveTileNeedsNoReason() {
    video::LiveStatus status;
    status.verdict.state = video::LiveState::Live;
    QVERIFY(causeWords(status, unreachable()).isEmpty());
    QCOMPARE(stateAndAge(status.verdict), QStringLiteral("LIVE"));
}

void TileWordsTest::theStationsCauseIsSaidBeforeWhatArrivesHere() {
    const auto status = offline(video::MissingFact::Packets);
    QCOMPARE(causeWords(status, unreachable()), QStringLiteral("network: no answer from 10.1.2.3"));
    QVERIFY(!causeWords(status, std::nullopt).isEmpty());
}

void TileWordsTest::aDeadStationIsSaidWhateverItLastReported() {
    auto status = offline(video::MissingFact::Connection);
    status.problem = base::Error{base::ErrorCode::Unreachable, "nothing listens at 127.0.0.1:1"};
    QCOMPARE(causeWords(status, unreachable()), QStringLiteral("station not running"));
}

}  // namespace leedswatch::ui

#include "ui/wall/tile_words.h"

#include "tile_words_test.h"
#include "ui/snapshot/snapshot_taker.h"
#include "ui/wall/tile_painting.h"

#include <QFontMetrics>
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

void TileWordsTest::aCameraThatWasLostBeforeItWasCalledUpIsOfflineSinceThen() {
    auto status = offline(video::MissingFact::Connection);
    const base::UtcTime calledUp = base::fromStored(1'700'000'000'000'000);
    status.verdict.since = calledUp;
    auto station = unreachable();
    station.since = calledUp - 3h;
    const auto verdict = knownVerdict(status, station);
    QVERIFY(verdict.since == station.since);
    QCOMPARE(stateAndAge(verdict), QStringLiteral("OFFLINE 3 h 02 min"));
    QVERIFY(knownVerdict(status, std::nullopt).since == calledUp);
    station.state = estate::CameraState::Live;
    QVERIFY(knownVerdict(status, station).since == calledUp);
}

void TileWordsTest::theInspectorSaysWhatIsNotKnownInsteadOfNought() {
    InspectorFacts facts;
    const QStringList nothing = inspectorLines(facts);
    for (const char* name : {"codec", "size", "bit rate", "pictures/s", "decoding", "desk to screen", "refused",
                             "lost packets", "camera clock"}) {
        QVERIFY2(nothing.contains(QString::fromLatin1(name) + QStringLiteral("\tnot known")), name);
    }
    facts.station = estate::StreamMeasurement{};
    facts.station->carrier = "udp";
    facts.station->lostPackets = 7;
    facts.clock = estate::ClockOffset{{}, -1500ms, {}};
    facts.measure = video::StreamMeasure{video::VideoCodec::H265, 1024.4, 25, 2500us};
    const QStringList known = inspectorLines(facts);
    QVERIFY(known.contains(QStringLiteral("codec\tH.265")));
    QVERIFY(known.contains(QStringLiteral("bit rate\t1024 kbit/s")));
    QVERIFY(known.contains(QStringLiteral("decoding\t2.5 ms, software")));
    QVERIFY(known.contains(QStringLiteral("lost packets\t7")));
    QVERIFY(known.contains(QStringLiteral("camera clock\t\u22121.50 s")));
    QVERIFY(known.contains(QStringLiteral("camera to screen\tnot known")));
    facts.paintedAfter = 25ms;
    facts.clock->offset = -40ms;
    QVERIFY(inspectorLines(facts).contains(QStringLiteral("camera to screen\t65.0 ms, by its clock")));
    // A clock that is ahead, or an hour behind, tells nothing of the way; no clock neither.
    for (const base::Microseconds offset : {base::Microseconds{2s}, base::Microseconds{-1h}}) {
        facts.clock->offset = offset;
        QVERIFY(inspectorLines(facts).contains(QStringLiteral("camera to screen\tnot known: its clock is wrong")));
    }
    facts.clock.reset();
    QVERIFY(inspectorLines(facts).contains(QStringLiteral("camera to screen\tnot known: no camera clock")));
    facts.station->lostPackets.reset();
    facts.station->carrier = "tcp";
    QVERIFY(inspectorLines(facts).contains(QStringLiteral("lost packets\tnone can be (tcp)")));
}

void TileWordsTest::aLongCauseIsBrokenBetweenWordsAndElidedOnlyAtTheEnd() {
    const QFont font;
    const int width = QFontMetrics{font}.horizontalAdvance(QStringLiteral("network: no "));
    const QString text = QStringLiteral("network: no answer from 10.1.2.3 in 5 s");
    QCOMPARE(wrapped(text, font, width, 9).join(QLatin1Char{' '}), text);
    const QStringList two = wrapped(text, font, width, 2);
    QCOMPARE(two.size(), 2);
    QCOMPARE(two.first(), QStringLiteral("network: no"));
    QVERIFY(two.last().endsWith(QChar{0x2026}));
    QVERIFY(wrapped({}, font, width, 2).isEmpty());
}

void TileWordsTest::aStateIsWholeInTheNarrowestTile() {
    // What a wall of 36 leaves beside the lists on a screen of 1280 by 800.
    constexpr int narrowest = 82;
    for (const char* state : {"OFFLINE 59 s", "OFFLINE 119 min", "OFFLINE 23 h 59 min", "FROZEN 123 d 23 h"}) {
        const StateLines set = stateLines({}, QString::fromLatin1(state), narrowest, 18);
        QCOMPARE(set.lines.join(QLatin1Char{' '}), QString::fromLatin1(state));
        for (const QString& line : set.lines) {
            QVERIFY2(QFontMetrics{set.font}.horizontalAdvance(line) <= narrowest, qPrintable(line));
        }
    }
    QCOMPARE(stateLines({}, QStringLiteral("OFFLINE 2 min"), 300, 18).lines.size(), 1);
}

void TileWordsTest::aSnapshotThatFindsNoRoomSaysSo() {
    const QString full = snapshotRefusal({base::ErrorCode::StorageFull, "cannot write /data/snapshots/x.png"});
    QVERIFY(full.contains(QStringLiteral("the disk is full")));
    // What helps when the console cannot start helps nobody here.
    QVERIFY(!full.contains(QStringLiteral("start the console")));
    QVERIFY(snapshotRefusal({base::ErrorCode::NotPermitted, "not yours"}).contains(QStringLiteral("Not yours.")));
}

void TileWordsTest::aDeadStationIsSaidWhateverItLastReported() {
    auto status = offline(video::MissingFact::Connection);
    status.problem = base::Error{base::ErrorCode::Unreachable, "nothing listens at 127.0.0.1:1"};
    QCOMPARE(causeWords(status, unreachable()), QStringLiteral("station not running"));
}

}  // namespace leedswatch::ui

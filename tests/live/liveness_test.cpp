#include "video/liveness.h"

#include "support/fake_clock.h"

#include <gtest/gtest.h>

namespace leedswatch::video {
namespace {

using namespace std::chrono_literals;

/// A camera of 25 pictures a second, as a view hears of it.
class LivenessTest : public ::testing::Test {
protected:
    struct Flow {
        bool packets = true;
        bool pictures = true;
        bool changes = true;
        bool atEdge = true;
    };

    void flow(std::chrono::milliseconds duration, Flow what) {
        for (auto gone = 0ms; gone < duration; gone += 40ms) {
            m_clock.advance(40ms);
            if (what.packets) {
                m_liveness.packetArrived(what.atEdge);
                if (what.pictures) {
                    m_liveness.pictureDecoded(what.changes);
                }
            }
        }
    }
    void goLive() {
        m_liveness.connected();
        flow(2s, {});
        ASSERT_EQ(state(), LiveState::Live);
    }
    /// How long it takes from now until the state is no longer `from`.
    std::chrono::milliseconds timeUntilNot(LiveState from, Flow what) {
        auto gone = 0ms;
        while (state() == from && gone < 20s) {
            flow(40ms, what);
            gone += 40ms;
        }
        return gone;
    }
    LiveState state() const { return m_liveness.verdict().state; }
    MissingFact missing() const { return m_liveness.verdict().missing; }

    tests::FakeClock m_clock{base::fromStored(1'790'000'000'000'000)};
    Liveness m_liveness{m_clock};
};

TEST_F(LivenessTest, BeginsConnecting) {
    EXPECT_EQ(state(), LiveState::Connecting);
}

TEST_F(LivenessTest, IsLiveWhenPacketsArriveFramesDecodeAndThePictureChanges) {
    m_liveness.connected();
    flow(80ms, {});
    EXPECT_EQ(state(), LiveState::Live);
    EXPECT_EQ(missing(), MissingFact::None);
}

TEST_F(LivenessTest, ThePicturesOfAStoredGopAreNotLive) {
    m_liveness.connected();
    flow(400ms, {.atEdge = false});
    EXPECT_EQ(state(), LiveState::Connecting);
    flow(40ms, {});
    EXPECT_EQ(state(), LiveState::Live);
}

TEST_F(LivenessTest, AStoredGopWithNothingBehindItIsOfflineAfterThreeSeconds) {
    m_liveness.connected();
    flow(400ms, {.atEdge = false});
    flow(2400ms, {.packets = false});
    EXPECT_EQ(state(), LiveState::Offline);
    EXPECT_EQ(missing(), MissingFact::Packets);
}

TEST_F(LivenessTest, OnePictureThatIsRepeatedFromTheBeginningIsNeverLive) {
    m_liveness.connected();
    for (auto gone = 0ms; gone < 3s; gone += 40ms) {
        flow(40ms, {.changes = false});
        ASSERT_NE(state(), LiveState::Live);
    }
    EXPECT_EQ(state(), LiveState::Frozen);
    EXPECT_EQ(missing(), MissingFact::PictureChange);
}

TEST_F(LivenessTest, IsLateAfterOneSecondWithoutPackets) {
    goLive();
    EXPECT_LE(timeUntilNot(LiveState::Live, {.packets = false}), 1080ms);
    EXPECT_EQ(state(), LiveState::Late);
    EXPECT_EQ(missing(), MissingFact::Packets);
}

TEST_F(LivenessTest, IsOfflineBeforeThreeSecondsWithoutPackets) {
    goLive();
    flow(2800ms, {.packets = false});
    EXPECT_EQ(state(), LiveState::Offline);
    EXPECT_EQ(missing(), MissingFact::Packets);
}

TEST_F(LivenessTest, IsFrozenBeforeThreeSecondsOfOnePicture) {
    goLive();
    EXPECT_LE(timeUntilNot(LiveState::Live, {.changes = false}), 2600ms);
    EXPECT_EQ(state(), LiveState::Frozen);
    EXPECT_EQ(missing(), MissingFact::PictureChange);
    EXPECT_GE(m_liveness.verdict().age, Liveness::lostAfter);
}

TEST_F(LivenessTest, IsLateThenFrozenWhenPacketsDecodeToNothing) {
    goLive();
    EXPECT_LE(timeUntilNot(LiveState::Live, {.pictures = false}), 1080ms);
    EXPECT_EQ(state(), LiveState::Late);
    EXPECT_EQ(missing(), MissingFact::Decoding);
    flow(1520ms, {.pictures = false});
    EXPECT_EQ(state(), LiveState::Frozen);
    EXPECT_EQ(missing(), MissingFact::Decoding);
}

TEST_F(LivenessTest, AClockThatChangesOnceASecondIsEnough) {
    goLive();
    for (int second = 0; second < 20; ++second) {
        flow(960ms, {.changes = false});
        ASSERT_EQ(state(), LiveState::Live);
        flow(40ms, {});
    }
}

TEST_F(LivenessTest, ALostConnectionIsNotLiveAtOnce) {
    goLive();
    m_liveness.disconnected();
    EXPECT_NE(state(), LiveState::Live);
}

TEST_F(LivenessTest, AFailedConnectionIsOfflineAtOnce) {
    goLive();
    m_liveness.disconnected();
    m_liveness.connectionFailed();
    EXPECT_EQ(state(), LiveState::Offline);
    EXPECT_EQ(missing(), MissingFact::Connection);
}

TEST_F(LivenessTest, StaysOfflineThroughTriesThatBringOnlyAStoredGop) {
    goLive();
    flow(3s, {.packets = false});
    for (int attempt = 0; attempt < 5; ++attempt) {
        m_liveness.disconnected();
        ASSERT_EQ(state(), LiveState::Offline);
        m_liveness.connected();
        ASSERT_EQ(state(), LiveState::Offline);
        flow(200ms, {.atEdge = false});
        ASSERT_EQ(state(), LiveState::Offline);
        flow(5s, {.packets = false});
        ASSERT_EQ(state(), LiveState::Offline);
    }
}

TEST_F(LivenessTest, AgeGoesOnThroughTriesToConnect) {
    goLive();
    m_liveness.disconnected();
    for (int attempt = 0; attempt < 60; ++attempt) {
        m_clock.advance(2s);
        m_liveness.connectionFailed();
    }
    EXPECT_GE(m_liveness.verdict().age, 120s);
}

TEST_F(LivenessTest, AFrozenCameraStaysFrozenThroughANewConnection) {
    goLive();
    flow(4s, {.changes = false});
    m_liveness.disconnected();
    m_liveness.connected();
    flow(200ms, {.changes = false, .atEdge = false});
    flow(200ms, {.changes = false});
    EXPECT_EQ(state(), LiveState::Frozen);
}

TEST_F(LivenessTest, ComesBackByItselfFromEveryLoss) {
    goLive();
    for (const Flow fault : {Flow{.packets = false}, Flow{.pictures = false}, Flow{.changes = false}}) {
        flow(10s, fault);
        ASSERT_NE(state(), LiveState::Live);
        flow(120ms, {});
        ASSERT_EQ(state(), LiveState::Live);
    }
}

TEST_F(LivenessTest, AStreamThatStaysBehindIsLate) {
    goLive();
    flow(4s, {.atEdge = false});
    EXPECT_EQ(state(), LiveState::Late);
    EXPECT_EQ(missing(), MissingFact::LiveEdge);
}

TEST_F(LivenessTest, AStepOfTheWallClockCondemnsNothing) {
    goLive();
    m_clock.stepWallClock(1h);
    flow(40ms, {});
    EXPECT_EQ(state(), LiveState::Live);
    m_clock.stepWallClock(-2h);
    flow(40ms, {});
    EXPECT_EQ(state(), LiveState::Live);
}

TEST_F(LivenessTest, ACameraOfOnePictureASecondIsNotLateBetweenTwo) {
    m_liveness.connected();
    for (int picture = 0; picture < 30; ++picture) {
        m_clock.advance(1s);
        if (picture > 20) {
            ASSERT_EQ(state(), LiveState::Live);
        }
        m_liveness.packetArrived(true);
        m_liveness.pictureDecoded(true);
    }
}

}  // namespace
}  // namespace leedswatch::video

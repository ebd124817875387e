#include "station/stream_reader.h"

#include "station/neighbourhood.h"
#include "support/fake_clock.h"

#include <gtest/gtest.h>

#include <future>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;

/// A camera that sends a picture every 40 ms of the fake clock, all of them key frames or none.
class FakeSource final : public video::StreamSource {
public:
    FakeSource(FakeClock& clock, bool hasKeyFrames, int pictures)
        : m_clock{clock}, m_hasKeyFrames{hasKeyFrames}, m_left{pictures} {}

    base::Result<video::Packet> read() override {
        if (m_left-- == 0) {
            return base::fail(base::ErrorCode::Disconnected, "the camera closed the connection");
        }
        m_clock.advance(40ms);
        video::Packet packet;
        packet.isKey = m_hasKeyFrames;
        packet.arrivedAt = m_clock.steadyNow();
        return packet;
    }

    video::SourceReport report() const override { return {}; }

private:
    FakeClock& m_clock;
    const bool m_hasKeyFrames;
    int m_left;
};

/// Hands out the first loss.
class LossListener final : public station::StreamListener {
public:
    void streamConnecting() override {}
    void streamPacket(const video::Packet&) override { ++packets; }
    void streamReport(const video::SourceReport&) override {}
    void streamLost(const base::Error& error) override {
        if (!m_told.exchange(true)) {
            m_loss.set_value(error);
        }
    }
    void streamStopped() override { stopped = true; }

    std::future<base::Error> loss() { return m_loss.get_future(); }

    std::atomic<int> packets = 0;
    std::atomic<bool> stopped = false;

private:
    std::atomic<bool> m_told = false;
    std::promise<base::Error> m_loss;
};

base::Error lossOf(bool hasKeyFrames, int pictures, LossListener& listener) {
    FakeClock clock{base::fromStored(0)};
    auto loss = listener.loss();
    const station::OpenSource open = [&](const video::StreamAddress&, const std::stop_token&) {
        return base::Result<std::unique_ptr<video::StreamSource>>{
            std::make_unique<FakeSource>(clock, hasKeyFrames, pictures)};
    };
    const station::StreamReader reader{{"rtsp://10.1.2.3/main", "", ""}, open, clock, listener, 1};
    return loss.get();
}

TEST(StreamReaderTest, PicturesWithoutAKeyFrameForTenSecondsAreAMatterOfTheCodec) {
    LossListener listener;
    const auto error = lossOf(false, 1'000'000, listener);
    EXPECT_EQ(station::causeOf(error), estate::LossCause::Codec);
    EXPECT_NE(error.message.find("10.1.2.3 sends no key frames"), std::string::npos) << error.message;
    EXPECT_NEAR(listener.packets, 250, 2);
}

TEST(StreamReaderTest, ALostSessionIsToldAndAStopToo) {
    LossListener listener;
    const auto error = lossOf(true, 300, listener);
    EXPECT_EQ(station::causeOf(error), estate::LossCause::Network);
    EXPECT_GE(listener.packets, 300);
    EXPECT_TRUE(listener.stopped);
}

TEST(BackOffTest, PausesGrowFromOneToThirtySecondsAndDifferBetweenCameras) {
    station::BackOff one{1};
    station::BackOff other{2};
    std::chrono::milliseconds sum{0};
    bool differ = false;
    for (int i = 0; i < 12; ++i) {
        const auto pause = one.next();
        differ = differ || pause != other.next();
        EXPECT_GE(pause, 1s);
        EXPECT_LE(pause, 30s);
        sum += pause;
    }
    EXPECT_TRUE(differ);
    EXPECT_GT(sum, 150s);
    one.reset();
    EXPECT_LE(one.next(), 1250ms);
}

}  // namespace
}  // namespace leedswatch::tests

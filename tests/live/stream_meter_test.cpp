#include "video/stream_meter.h"

#include <gtest/gtest.h>

namespace leedswatch::video {
namespace {

using namespace std::chrono_literals;

TEST(StreamMeterTest, MeasuresRatesAndDecodingOverTheLastTwoSeconds) {
    StreamMeter meter;
    base::SteadyTime now{};
    for (int i = 0; i < 500; ++i) {
        now += 40ms;
        meter.note(VideoCodec::H265, now, i < 400 ? 100'000 : 5'000, 3ms);
    }
    const auto measure = meter.measure(now);
    ASSERT_TRUE(measure);
    EXPECT_EQ(measure->codec, VideoCodec::H265);
    EXPECT_NEAR(measure->packetsPerSecond, 25, 0.01);
    EXPECT_NEAR(measure->kilobitsPerSecond, 1000, 1);
    EXPECT_EQ(measure->decoding, 3ms);
}

TEST(StreamMeterTest, WhatIsNotKnownIsNotANumber) {
    StreamMeter meter;
    base::SteadyTime now{};
    EXPECT_FALSE(meter.measure(now));
    // A burst of stored pictures says nothing of the stream's rate.
    for (int i = 0; i < 50; ++i) {
        meter.note(VideoCodec::H264, now += 1ms, 4000, 1ms);
    }
    EXPECT_FALSE(meter.measure(now));
    meter.note(VideoCodec::H264, now += 1s, 4000, 1ms);
    EXPECT_TRUE(meter.measure(now));
    EXPECT_FALSE(meter.measure(now + 3s));
}

}  // namespace
}  // namespace leedswatch::video

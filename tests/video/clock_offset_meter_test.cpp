#include "video/clock_offset_meter.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;

class ClockOffsetMeterTest : public testing::Test {
protected:
    /// Pictures for `time`, each under way for 20 ms and every tenth for much longer, of a camera that is `ahead`.
    void send(base::Microseconds ahead, base::Microseconds time) {
        for (base::Microseconds sent{}; sent < time; sent += 40ms) {
            const base::Microseconds delay = ++m_count % 10 == 0 ? 700ms : 20ms;
            m_now += 40ms;
            m_meter.add(m_utc + m_now + ahead - delay, m_utc + m_now, base::SteadyTime{} + m_now);
        }
    }

    [[nodiscard]] double milliseconds() const {
        return std::chrono::duration<double, std::milli>{m_meter.offset().value()}.count();
    }

    const base::UtcTime m_utc = base::fromStored(1'700'000'000'000'000);
    base::Microseconds m_now{};
    int m_count = 0;
    video::ClockOffsetMeter m_meter;
};

TEST_F(ClockOffsetMeterTest, LatePicturesDoNotCount) {
    send(350ms, 6s);
    EXPECT_NEAR(milliseconds(), 330, 1) << "the shortest way is in it";
}

TEST_F(ClockOffsetMeterTest, NothingIsSaidBeforeFiveSecondsAreOver) {
    send(350ms, 4s);
    EXPECT_FALSE(m_meter.offset());
}

TEST_F(ClockOffsetMeterTest, AStepIsTakenWholeAndADriftSmoothly) {
    send(0ms, 6s);
    send(1h, 6s);
    EXPECT_NEAR(milliseconds(), 3'600'000 - 20, 1);
    send(1h + 400ms, 5s + 100ms);
    EXPECT_NEAR(milliseconds(), 3'600'000 + 80, 30) << "a quarter of the way";
    send(1h + 400ms, 100s);
    EXPECT_NEAR(milliseconds(), 3'600'000 + 380, 5);
}

}  // namespace
}  // namespace leedswatch::tests

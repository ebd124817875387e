#include "analytics/packet_sizes.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace leedswatch::analytics {
namespace {

class SizesOfPictures : public ::testing::Test {
protected:
    /// How many of the pictures of the next seconds were said to be larger than as a rule; `size` of each.
    template <typename Size>
    int said(double seconds, const Size& size) {
        int count = 0;
        for (double until = m_seconds + seconds; m_seconds < until; m_seconds += step) {
            count += m_sizes.add(static_cast<std::size_t>(size(m_seconds)), step) ? 1 : 0;
        }
        return count;
    }
    double around(double bytes, double spread) { return bytes * std::exp(spread * m_normal(m_random)); }

    static constexpr double step = 0.04;
    PacketSizes m_sizes;
    double m_seconds = 0;
    std::mt19937 m_random{11};
    std::normal_distribution<double> m_normal;
};

TEST_F(SizesOfPictures, ThatStayAsTheyAreSayNothing) {
    EXPECT_EQ(said(600, [&](double) { return around(3'000, 0.15); }), 0);
}

TEST_F(SizesOfPictures, ThatDoubleSaySoAtTheThird) {
    static_cast<void>(said(20, [&](double) { return around(3'000, 0.05); }));
    EXPECT_EQ(said(3 * step - step / 2, [](double) { return 6'000; }), 1);
}

TEST_F(SizesOfPictures, SayNothingOfOneLargePictureAlone) {
    int picture = 0;
    EXPECT_EQ(said(120, [&](double) { return ++picture % 40 == 0 ? 30'000 : 3'000; }), 0);
}

TEST_F(SizesOfPictures, SayNothingBeforeTheRuleIsKnown) {
    EXPECT_EQ(said(1, [](double) { return 1'000; }) + said(2, [](double) { return 9'000; }), 0);
}

TEST_F(SizesOfPictures, ThatGrowWithTheDuskSayNothing) {
    EXPECT_EQ(said(1'800, [&](double seconds) { return around(2'000 * (1 + seconds / 300), 0.1); }), 0);
}

TEST_F(SizesOfPictures, ThatStayLargerBecomeTheRule) {
    static_cast<void>(said(30, [&](double) { return around(2'000, 0.1); }));
    EXPECT_GT(said(30, [&](double) { return around(6'000, 0.1); }), 0);
    static_cast<void>(said(60, [&](double) { return around(6'000, 0.1); }));
    EXPECT_EQ(said(60, [&](double) { return around(6'000, 0.1); }), 0);
}

TEST_F(SizesOfPictures, AreNoRuleWhileSomethingMoves) {
    static_cast<void>(said(30, [&](double) { return around(2'000, 0.1); }));
    m_sizes.setLearning(false);
    static_cast<void>(said(120, [&](double) { return around(6'000, 0.1); }));
    m_sizes.setLearning(true);
    EXPECT_EQ(said(1, [&](double) { return around(2'000, 0.1); }), 0);
    EXPECT_GT(said(1, [&](double) { return around(6'000, 0.1); }), 0);
}

// Six large pictures every two seconds, by themselves.
TEST_F(SizesOfPictures, ThatWereLargeInVainAreBelievedLess) {
    const auto inBursts = [&](double seconds) { return around(std::fmod(seconds, 2) < 0.22 ? 20'000 : 2'000, 0.1); };
    static_cast<void>(said(60, inBursts));
    int wakings = 0;
    for (int i = 0; i < 600; ++i) {
        if (said(2, inBursts) > 0) {
            ++wakings;
            m_sizes.noteInVain();
        }
    }
    EXPECT_LT(wakings, 20);
}

TEST_F(SizesOfPictures, AreBelievedAgainInTime) {
    static_cast<void>(said(30, [&](double) { return around(2'000, 0.05); }));
    for (int i = 0; i < 3; ++i) {
        m_sizes.noteInVain();
    }
    EXPECT_EQ(said(0.4, [](double) { return 4'000; }), 0);
    static_cast<void>(said(3'600, [&](double) { return around(2'000, 0.05); }));
    EXPECT_GT(said(0.4, [](double) { return 4'000; }), 0);
}

}  // namespace
}  // namespace leedswatch::analytics

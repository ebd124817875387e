#include "video/nal_bits.h"

#include <gtest/gtest.h>

#include <array>

namespace leedswatch::tests {
namespace {

using video::NalBits;

template <typename... Values>
std::array<std::byte, sizeof...(Values)> bytes(Values... values) {
    return {static_cast<std::byte>(values)...};
}

TEST(NalBits, NumbersOfAnyLengthComeInTheirOrder) {
    // 101, then ue(v) 0 1 2 3 as 1 010 011 00100, then se(v) 1 and -1 as 010 011.
    const auto data = bytes(0b10110100, 0b11001000, 0b10011000);
    NalBits bits{data};
    EXPECT_EQ(bits.bits(3), 5U);
    for (const unsigned expected : {0U, 1U, 2U, 3U}) {
        EXPECT_EQ(bits.unsignedGolomb(), expected);
    }
    EXPECT_EQ(bits.signedGolomb(), 1);
    EXPECT_EQ(bits.signedGolomb(), -1);
    EXPECT_FALSE(bits.hasEnded());
}

TEST(NalBits, TheEmulationPreventionByteIsNoPartOfTheBits) {
    const auto data = bytes(0, 0, 3, 1, 0, 0, 3, 3, 0, 3);
    NalBits bits{data};
    EXPECT_EQ(bits.bits(24), 0x000001U);
    EXPECT_EQ(bits.bits(32), 0x00000300U);
    EXPECT_EQ(bits.bits(8), 3U) << "after one zero it is a byte like any other";
    EXPECT_FALSE(bits.hasEnded());
}

TEST(NalBits, PastTheEndThereAreZerosAndItSaysSo) {
    const auto data = bytes(0xFF);
    NalBits bits{data};
    EXPECT_EQ(bits.bits(8), 0xFFU);
    EXPECT_FALSE(bits.hasEnded());
    EXPECT_EQ(bits.bits(8), 0U);
    EXPECT_TRUE(bits.hasEnded());
    EXPECT_EQ(bits.unsignedGolomb(), 0U);
}

TEST(NalBits, ANumberOfMoreThan31LeadingZerosEndsIt) {
    const auto longest = bytes(0, 0, 3, 0, 1, 0xFF, 0xFF, 0xFF, 0xFE);
    NalBits bits{longest};
    EXPECT_EQ(bits.unsignedGolomb(), 0xFFFFFFFEU);
    EXPECT_FALSE(bits.hasEnded());
    const auto tooLong = bytes(0, 0, 3, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF);
    NalBits none{tooLong};
    EXPECT_EQ(none.unsignedGolomb(), 0U);
    EXPECT_TRUE(none.hasEnded());
}

}  // namespace
}  // namespace leedswatch::tests

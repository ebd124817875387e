#include "alarm/dc09_content.h"

#include "alarm/dc09_cipher.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using alarm::PanelKey;

constexpr std::string_view someKey = "sixteen letters!";

base::UtcTime noonOfJune() {
    return std::chrono::sys_days{std::chrono::year{2025} / 6 / 1} + 12h;
}

PanelKey keyOf(std::string_view bytes) {
    return PanelKey::of(bytes).value();
}

TEST(Dc09Content, HasDataFurtherBlocksAndTimestamp) {
    const auto content =
        alarm::parseDc09Content("#4321|Nri1/BA0004][M001122AABBCC][Vhttps://arc.example/v][]_12:00:00,06-01-2025");
    EXPECT_EQ(content.data, "#4321|Nri1/BA0004");
    ASSERT_EQ(content.extended.size(), 2U);
    EXPECT_EQ(content.extended[0].id, 'M');
    EXPECT_EQ(content.extended[0].value, "001122AABBCC");
    EXPECT_EQ(content.extended[1].id, 'V');
    EXPECT_EQ(content.extended[1].value, "https://arc.example/v");
    EXPECT_EQ(content.timestampText, "12:00:00,06-01-2025");
    EXPECT_EQ(content.timestamp, noonOfJune());
}

TEST(Dc09Content, MayBeEmpty) {
    for (const char* plain : {"]", "", "]_12:00:00,06-01-2025"}) {
        EXPECT_EQ(alarm::parseDc09Content(plain).data, "") << plain;
    }
    EXPECT_TRUE(alarm::parseDc09Content("]").timestampText.empty());
}

// A panel that counts months from zero, one whose clock is broken: the alarm counts all the same.
TEST(Dc09Content, KeepsATimestampThatIsNoMoment) {
    for (const char* stamp :
         {"12:00:00,00-15-2025", "24:00:00,06-01-2025", "12:61:00,06-01-2025", "12:00:00,02-30-2025"}) {
        const auto content = alarm::parseDc09Content(fmt::format("#1|NBA1]_{}", stamp));
        EXPECT_EQ(content.data, "#1|NBA1");
        EXPECT_EQ(content.timestampText, stamp);
        EXPECT_FALSE(content.timestamp) << stamp;
    }
}

TEST(Dc09Content, LeavesOutAFurtherBlockThatDoesNotEnd) {
    const auto content = alarm::parseDc09Content("#1|NBA1][M0011");
    EXPECT_EQ(content.data, "#1|NBA1");
    EXPECT_TRUE(content.extended.empty());
}

TEST(PanelText, IsUtf8OrWindows1252) {
    EXPECT_EQ(alarm::panelText("caf\xC3\xA9"), "caf\xC3\xA9");
    EXPECT_EQ(alarm::panelText("caf\xE9 \x96 \x80"), "caf\xC3\xA9 \xE2\x80\x93 \xE2\x82\xAC");
    EXPECT_EQ(alarm::panelText("a\x81z"), "a\xEF\xBF\xBDz");
}

TEST(Dc09Time, IsWrittenMonthFirst) {
    EXPECT_EQ(alarm::dc09Timestamp(noonOfJune() + 5s + 700ms), "_12:00:05,06-01-2025");
}

TEST(Dc09Time, WindowIsFortySecondsBehindToTwentyAhead) {
    const auto now = noonOfJune();
    EXPECT_TRUE(alarm::isWithinTimeWindow(now - 40s, now));
    EXPECT_FALSE(alarm::isWithinTimeWindow(now - 41s, now));
    EXPECT_TRUE(alarm::isWithinTimeWindow(now + 20s, now));
    EXPECT_FALSE(alarm::isWithinTimeWindow(now + 21s, now));
    // A stamp has whole seconds: the receiver's fraction must not make it late.
    EXPECT_TRUE(alarm::isWithinTimeWindow(now - 40s, now + 900ms));
}

TEST(PanelKey, HasOneOfThreeLengths) {
    for (std::size_t length = 0; length < 40; ++length) {
        EXPECT_EQ(PanelKey::of(std::string(length, 'k')).has_value(), length == 16 || length == 24 || length == 32)
            << length;
    }
}

TEST(Dc09Cipher, OpensWhatItSealedWithEachLengthOfKey) {
    const std::string plain = "#4321|Nri1/BA0003]_12:00:00,06-01-2025";
    for (const std::size_t length : {16U, 24U, 32U}) {
        const PanelKey key = keyOf(std::string(length, '7'));
        for (std::size_t longer = 0; longer < 17; ++longer) {
            const std::string text = std::string(longer, 'x') + plain;
            const std::string sealed = alarm::encryptDc09(text, key);
            EXPECT_EQ(sealed.size() % 32, 0U);
            EXPECT_EQ(sealed.find_first_not_of("0123456789ABCDEF"), std::string::npos);
            EXPECT_EQ(alarm::decryptDc09(sealed, key).value(), text);
        }
    }
}

TEST(Dc09Cipher, PadsAtRandomAndAWholeBlockIfNoneIsMissing) {
    const PanelKey key = keyOf(someKey);
    const std::string plain = "data here!]_12:00:00,06-01-2025";
    ASSERT_EQ((plain.size() + 1) % 16, 0U);
    EXPECT_EQ(alarm::encryptDc09(plain, key).size(), 2 * (plain.size() + 1 + 16));
    EXPECT_NE(alarm::encryptDc09(plain, key), alarm::encryptDc09(plain, key));
}

TEST(Dc09Cipher, TellsAnotherKey) {
    const std::string sealed = alarm::encryptDc09("#4321|Nri1/BA0003]_12:00:00,06-01-2025", keyOf(someKey));
    const auto opened = alarm::decryptDc09(sealed, keyOf("sixteen letters?"));
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, base::ErrorCode::SignInFailed);
}

TEST(Dc09Cipher, RefusesWhatIsNotWholeBlocks) {
    for (const char* content : {"", "00", "A054F111518361720BAB", "zz112233445566778899AABBCCDDEEFF"}) {
        const auto opened = alarm::decryptDc09(content, keyOf(someKey));
        ASSERT_FALSE(opened) << content;
        EXPECT_EQ(opened.error().code, base::ErrorCode::InvalidInput);
    }
}

}  // namespace
}  // namespace leedswatch::tests

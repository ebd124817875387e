#include "base/utf8.h"

#include <gtest/gtest.h>

using leedswatch::base::isPlainText;
using leedswatch::base::utf8CharacterLength;

namespace {

TEST(Utf8, EveryLengthIsKnown) {
    EXPECT_EQ(utf8CharacterLength("a"), 1U);
    EXPECT_EQ(utf8CharacterLength("\xc3\xa9"), 2U);
    EXPECT_EQ(utf8CharacterLength("\xe2\x82\xac"), 3U);
    EXPECT_EQ(utf8CharacterLength("\xf0\x9f\x9a\x94"), 4U);
}

TEST(Utf8, WhatIsNoCharacterIsNone) {
    for (const char* wrong :
         {"", "\x80", "\xc3", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xff"}) {
        EXPECT_EQ(utf8CharacterLength(wrong), 0U);
    }
}

TEST(Utf8, PlainTextHasLinesAndNoControlCharacters) {
    EXPECT_TRUE(isPlainText("two\r\n\tlines \xe2\x82\xac 5"));
    EXPECT_TRUE(isPlainText(""));
    EXPECT_FALSE(isPlainText("bell\a"));
    EXPECT_FALSE(isPlainText("delete\x7f"));
    EXPECT_FALSE(isPlainText("cut off \xe2\x82"));
}

}  // namespace

#include "alarm/stranger.h"

#include <gtest/gtest.h>

#include <string>

namespace leedswatch::tests {
namespace {

using alarm::recogniseStranger;
using alarm::Stranger;

TEST(Stranger, IsKnownByItsFirstBytes) {
    EXPECT_EQ(recogniseStranger("GET / HTTP/1.1\r\n"), Stranger::Http);
    EXPECT_EQ(recogniseStranger("INVITE sip:100@1 SIP/2.0\r\n"), Stranger::Sip);
    EXPECT_EQ(recogniseStranger("\x16\x03\x01\x02"), Stranger::Tls);
    EXPECT_EQ(recogniseStranger("SSH-2.0-Go\r\n"), Stranger::Ssh);
    EXPECT_EQ(recogniseStranger("*1\r\n$4\r\nPING\r\n"), Stranger::Redis);
    EXPECT_EQ(recogniseStranger("\x05\x01\x81rest"), Stranger::GalaxySia);
    EXPECT_EQ(recogniseStranger("SR0001L0001    006969XX    [ID00000000]"), Stranger::OsborneHoffman);
}

TEST(Stranger, IsNoneThatMayStillBeAMessage) {
    EXPECT_FALSE(recogniseStranger(""));
    EXPECT_FALSE(recogniseStranger("G"));
    EXPECT_FALSE(recogniseStranger("\n12CE"));
    EXPECT_FALSE(recogniseStranger("noise on the line\n12CE"));
    EXPECT_FALSE(recogniseStranger(std::string(alarm::strangerDecidesBy - 1, 'x')));
}

TEST(Stranger, IsWhoeverTalksLongWithoutAMessage) {
    EXPECT_EQ(recogniseStranger(std::string(alarm::strangerDecidesBy, 'x')), Stranger::Other);
}

}  // namespace
}  // namespace leedswatch::tests

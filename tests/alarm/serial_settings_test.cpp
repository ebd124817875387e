#include "alarm/serial_settings.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using alarm::parseHostAndPort;
using alarm::parseSerialSettings;
using Framing = alarm::SerialSettings::Framing;

TEST(SerialSettings, TakeTheFramingThatReceiversHaveAtASpeed) {
    EXPECT_EQ(*parseSerialSettings("/dev/ttyS0"), (alarm::SerialSettings{"/dev/ttyS0", 9'600, Framing::EightNone}));
    EXPECT_EQ(parseSerialSettings("/dev/ttyS0:1200")->framing, Framing::SevenEven);
    EXPECT_EQ(parseSerialSettings("/dev/ttyS0:19200")->framing, Framing::SevenEven);
    EXPECT_EQ(parseSerialSettings("/dev/ttyS0:9600")->framing, Framing::EightNone);
    EXPECT_EQ(parseSerialSettings("/dev/ttyS0:1200:8N1")->framing, Framing::EightNone);
    EXPECT_EQ(parseSerialSettings("/dev/ttyS0:9600:7E1")->framing, Framing::SevenEven);
}

TEST(SerialSettings, SayWhatIsWrong) {
    for (const char* text : {"", ":9600", "/dev/ttyS0:", "/dev/ttyS0:77", "/dev/ttyS0:9600:8E2", "/dev/ttyS0:9600:"}) {
        const auto settings = parseSerialSettings(text);
        ASSERT_FALSE(settings) << text;
        EXPECT_EQ(settings.error().code, base::ErrorCode::InvalidInput);
        EXPECT_NE(settings.error().message.find("/dev/ttyS0:1200:7E1"), std::string::npos);
    }
}

TEST(HostAndPort, AreReadFromOneText) {
    EXPECT_EQ(*parseHostAndPort("receiver.example:1025"), (alarm::HostAndPort{"receiver.example", 1'025}));
    EXPECT_EQ(*parseHostAndPort("[fd00::1]:1025"), (alarm::HostAndPort{"fd00::1", 1'025}));
    for (const char* text : {"", "host", "host:", ":1025", "host:0", "host:65536", "host:12x", "fd00::1:1025"}) {
        EXPECT_FALSE(parseHostAndPort(text)) << text;
    }
}

}  // namespace
}  // namespace leedswatch::tests

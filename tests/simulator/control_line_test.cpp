#include "simulator/control_line.h"

#include <gtest/gtest.h>

namespace leedswatch::simulator {
namespace {

using Kind = ControlCommand::Kind;

TEST(ControlLine, NamesAFaultAndItsCamera) {
    EXPECT_EQ(*parseControlLine("freeze 3"), (ControlCommand{Kind::Freeze, 3}));
    EXPECT_EQ(*parseControlLine("  black\t12 \r"), (ControlCommand{Kind::Black, 12}));
    EXPECT_EQ(*parseControlLine("unfreeze 3"), (ControlCommand{Kind::Clear, 3}));
    EXPECT_EQ(*parseControlLine("resolution 1 640x360"), (ControlCommand{Kind::Resolution, 1, 640, 360}));
    EXPECT_EQ(*parseControlLine("status"), ControlCommand{Kind::Status});
}

TEST(ControlLine, TakesSecondsAndFaultsOfTimes) {
    using namespace std::chrono_literals;
    EXPECT_EQ(parseControlLine("hang 3")->kind, Kind::Hang);
    EXPECT_EQ(parseControlLine("reboot 3 20")->time, 20s);
    EXPECT_EQ(parseControlLine("clock 3 +3600")->time, 3600s);
    EXPECT_EQ(parseControlLine("clock 3 -3600")->time, -3600s);
    EXPECT_EQ(parseControlLine("clock 3 0")->time, 0s);
    EXPECT_EQ(parseControlLine("timestamps 3 wrap")->fault, ControlCommand::TimeFault::Wrap);
    EXPECT_EQ(parseControlLine("timestamps 3 drop")->fault, ControlCommand::TimeFault::Drop);
}

TEST(ControlLine, RefusesWhatItDoesNotUnderstandWithASentence) {
    for (const char* line : {"",
                             "   ",
                             "explode 1",
                             "freeze",
                             "freeze x",
                             "freeze 0",
                             "freeze 100000",
                             "freeze 1 2",
                             "freeze 1x",
                             "freeze 99999999999999999999",
                             "status 1",
                             "resolution 1",
                             "resolution 1 640",
                             "resolution 1 x360",
                             "resolution 1 641x360",
                             "resolution 1 640x36000",
                             "resolution 1 -640x360",
                             "resolution 1 640x360x2",
                             "reboot 1",
                             "reboot 1 0",
                             "reboot 1 3601",
                             "reboot 1 +5",
                             "clock 1",
                             "clock 1 ++5",
                             "clock 1 +-5",
                             "clock 1 1e3",
                             "clock 1 99999999999",
                             "timestamps 1",
                             "timestamps 1 sideways",
                             "timestamps 1 jump 2",
                             "hang",
                             "hang 1 2"}) {
        const auto parsed = parseControlLine(line);
        ASSERT_FALSE(parsed) << line;
        EXPECT_EQ(parsed.error().code, base::ErrorCode::InvalidInput);
        EXPECT_FALSE(parsed.error().message.empty());
    }
}

}  // namespace
}  // namespace leedswatch::simulator

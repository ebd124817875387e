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

TEST(ControlLine, RefusesWhatItDoesNotUnderstandWithASentence) {
    for (const char* line :
         {"", "   ", "explode 1", "freeze", "freeze x", "freeze 0", "freeze 100000", "freeze 1 2", "freeze 1x",
          "freeze 99999999999999999999", "status 1", "resolution 1", "resolution 1 640", "resolution 1 x360",
          "resolution 1 641x360", "resolution 1 640x36000", "resolution 1 -640x360", "resolution 1 640x360x2"}) {
        const auto parsed = parseControlLine(line);
        ASSERT_FALSE(parsed) << line;
        EXPECT_EQ(parsed.error().code, base::ErrorCode::InvalidInput);
        EXPECT_FALSE(parsed.error().message.empty());
    }
}

}  // namespace
}  // namespace leedswatch::simulator

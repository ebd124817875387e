#include "simulator/panel_line.h"

#include <gtest/gtest.h>

namespace leedswatch::simulator {
namespace {

using namespace std::chrono_literals;
using Order = PanelCommand::Kind;
using Event = PanelEvent::Kind;

TEST(PanelLine, NamesAPanelAndWhatHappensThere) {
    const auto plain = parsePanelLine("panel 3 intruder");
    ASSERT_TRUE(plain);
    EXPECT_EQ(*plain, (PanelCommand{.kind = Order::Event, .first = 3, .last = 3, .event = {Event::Intruder}}));
    EXPECT_EQ(parsePanelLine("  panel\t12 fire zone 7\r")->event, (PanelEvent{.kind = Event::Fire, .zone = 7}));
    EXPECT_EQ(parsePanelLine("panel 1 open user 2")->event, (PanelEvent{.kind = Event::Opened, .zone = 2}));
    EXPECT_EQ(parsePanelLine("panel 1 late-close")->event.kind, Event::LateToClose);
    EXPECT_EQ(parsePanelLine("panel 1 unknown QQ")->event, (PanelEvent{.kind = Event::Raw, .code = "QQ"}));
    EXPECT_EQ(parsePanelLine("panel 1 unknown 9F1")->event.code, "9F1");
    EXPECT_EQ(parsePanelLine("panel 1 restore")->kind, Order::Restore);
}

TEST(PanelLine, SaysAnyCodeOfAnyZone) {
    EXPECT_EQ(parsePanelLine("panel 5 event 1 130 01 012")->event,
              (PanelEvent{.kind = Event::Raw, .zone = 12, .code = "130", .area = 1}));
    EXPECT_EQ(parsePanelLine("panel 5 event 3 130 02 012")->event,
              (PanelEvent{.kind = Event::Raw, .isRestore = true, .zone = 12, .code = "130", .area = 2}));
    EXPECT_EQ(parsePanelLine("panel 5 event BR 1 400")->event,
              (PanelEvent{.kind = Event::Raw, .zone = 400, .code = "BR", .area = 1}));
    for (const char* line : {"panel 5 event", "panel 5 event 1 130 01", "panel 5 event 6 130 01 012",
                             "panel 5 event 1 13 01 012", "panel 5 event BA 1 0", "panel 5 event BA 100 1",
                             "panel 5 event ba 1 1", "panel 5 event BA 1 1 1", "panel 5 event 1 130 01 1000"}) {
        EXPECT_FALSE(parsePanelLine(line)) << line;
    }
    const DrawnPremises premises = drawPremises(1, 5);
    const auto contactId = messageOf(premises, parsePanelLine("panel 5 event 3 130 02 012")->event);
    EXPECT_EQ(contactId.token, "ADM-CID");
    EXPECT_EQ(contactId.data, "#" + premises.account + "|3130 02 012");
    const auto sia = messageOf(premises, parsePanelLine("panel 5 event BA 2 12")->event);
    EXPECT_EQ(sia.token, "SIA-DCS");
    EXPECT_EQ(sia.data.find("#" + premises.account + "|Nri2/BA"), 0U);
}

TEST(PanelLine, NamesManyPanels) {
    const auto group = parsePanelLine("panels 1-50 holdup");
    ASSERT_TRUE(group);
    EXPECT_EQ(group->first, 1);
    EXPECT_EQ(group->last, 50);
    EXPECT_EQ(parsePanelLine("panels 20000 test")->last, 20'000);
}

TEST(PanelLine, TakesNumbersOrWhatIsUsual) {
    EXPECT_EQ(parsePanelLine("panel 1 confirm")->time, 0s);
    EXPECT_EQ(parsePanelLine("panel 1 confirm 120")->time, 120s);
    const auto runaway = parsePanelLine("panel 1 runaway");
    EXPECT_EQ(runaway->perMinute, 10);
    EXPECT_EQ(runaway->count, 60);
    EXPECT_EQ(parsePanelLine("panel 1 runaway 30 100")->count, 100);
    EXPECT_EQ(parsePanelLine("panel 1 crc 2")->count, 2);
    EXPECT_EQ(parsePanelLine("panel 1 deaf 30")->time, 30s);
    EXPECT_EQ(parsePanelLine("panel 1 silent")->time, 24h);
    EXPECT_EQ(parsePanelLine("panel 1 late-test 7200")->time, 2h);
    EXPECT_EQ(parsePanelLine("panel 1 clock -3600")->time, -1h);
    EXPECT_EQ(parsePanelLine("panel 1 clock +3600")->time, 1h);
}

TEST(PanelLine, CommandsAllPanelsAtOnce) {
    EXPECT_EQ(*parsePanelLine("storm 10000"), (PanelCommand{.kind = Order::Storm, .count = 10'000}));
    EXPECT_EQ(parsePanelLine("storm 10000 30")->time, 30s);
    EXPECT_EQ(parsePanelLine("day")->speed, 1);
    EXPECT_EQ(parsePanelLine("day 60")->speed, 60);
    EXPECT_EQ(parsePanelLine("stop")->kind, Order::Stop);
}

TEST(PanelLine, LeavesTheLinesOfCamerasAlone) {
    EXPECT_TRUE(isPanelLine("stop"));
    EXPECT_TRUE(isPanelLine("panel"));
    for (const char* line : {"stop 3", "status", "clock 3 +5", "freeze 1", "", "  "}) {
        EXPECT_FALSE(isPanelLine(line)) << line;
    }
}

TEST(PanelLine, RefusesWhatItDoesNotUnderstandWithASentence) {
    for (const char* line : {"",
                             "freeze 3",
                             "panel",
                             "panel 3",
                             "panel x intruder",
                             "panel 0 intruder",
                             "panel 20001 intruder",
                             "panels 5-3 intruder",
                             "panels 5- intruder",
                             "panels -5 intruder",
                             "panels 1-99999999999 intruder",
                             "panel 3 dance",
                             "panel 3 intruder 2",
                             "panel 3 intruder zone",
                             "panel 3 intruder zone 0",
                             "panel 3 intruder zone 1000",
                             "panel 3 intruder user 1",
                             "panel 3 intruder zone 1 2",
                             "panel 3 open zone 1",
                             "panel 3 unknown",
                             "panel 3 unknown q",
                             "panel 3 unknown QQQ",
                             "panel 3 unknown Q]",
                             "panel 3 unknown QQ 1",
                             "panel 3 restore 1",
                             "panel 3 confirm -1",
                             "panel 3 confirm 86401",
                             "panel 3 runaway 0",
                             "panel 3 runaway 601",
                             "panel 3 runaway 1 1001",
                             "panel 3 runaway 1 1 1",
                             "panel 3 crc",
                             "panel 3 crc 0",
                             "panel 3 deaf",
                             "panel 3 deaf 0",
                             "panel 3 silent 0",
                             "panel 3 wrong-key 1",
                             "panel 3 clock",
                             "panel 3 clock ++5",
                             "panel 3 clock 9999999999",
                             "storm",
                             "storm 0",
                             "storm 20001",
                             "storm 5 -1",
                             "storm 5 1 1",
                             "day 0",
                             "day 3601",
                             "day 1 1"}) {
        const auto parsed = parsePanelLine(line);
        ASSERT_FALSE(parsed) << line;
        EXPECT_EQ(parsed.error().code, base::ErrorCode::InvalidInput);
        EXPECT_FALSE(parsed.error().message.empty());
    }
}

}  // namespace
}  // namespace leedswatch::simulator

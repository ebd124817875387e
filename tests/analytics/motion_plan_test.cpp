#include "analytics/motion_plan.h"

#include <gmock/gmock.h>

using namespace leedswatch;
using analytics::MotionPlan;
using analytics::motionPlanFromText;
using analytics::MotionZone;
using base::ErrorCode;
using testing::HasSubstr;

namespace {

base::WeeklySchedule schedule(const char* text) {
    return base::WeeklySchedule::parse(text).value();
}

MotionPlan fullPlan() {
    MotionPlan plan;
    plan.isOn = false;
    plan.zones = {{MotionZone::Kind::Include, {{0, 0}, {10'000, 0}, {10'000, 10'000}}},
                  {MotionZone::Kind::Exclude, {{100, 100}, {900, 100}, {900, 900}, {100, 900}}}};
    plan.day = {70, {200, 900}};
    plan.night = {30, {400, 10'000}};
    plan.schedule = schedule("Mon-Fri 07:00-19:00");
    plan.startsRecording = false;
    plan.armed = schedule("Sat,Sun 22:00-04:00; Mon 00:00-06:00");
    return plan;
}

std::string refusalOf(const MotionPlan& plan) {
    const auto checked = analytics::checkMotionPlan(plan);
    return checked ? "none" : checked.error().message;
}

TEST(MotionPlanTest, WhatIsWrittenIsReadAgainExactly) {
    for (const MotionPlan& plan : {MotionPlan{}, fullPlan()}) {
        const auto again = motionPlanFromText(textOfMotionPlan(plan));
        ASSERT_TRUE(again) << again.error().message;
        EXPECT_EQ(*again, plan);
    }
}

TEST(MotionPlanTest, ATextThatIsTornOrHasSomethingElseWhereAValueBelongsIsDamaged) {
    const std::string whole = textOfMotionPlan(fullPlan());
    for (std::size_t length = 0; length < whole.size(); ++length) {
        const auto torn = motionPlanFromText(std::string_view{whole}.substr(0, length));
        ASSERT_FALSE(torn) << length;
        EXPECT_EQ(torn.error().code, ErrorCode::Damaged);
    }
    for (const char* text : {"[]", "{}", "null", "7", "{\"on\":1}", "\"on\""}) {
        const auto other = motionPlanFromText(text);
        ASSERT_FALSE(other) << text;
        EXPECT_EQ(other.error().code, ErrorCode::Damaged) << text;
    }
}

TEST(MotionPlanTest, AStoredPlanThatBreaksTheRuleIsDamaged) {
    const auto with = [](const std::string& what, const std::string& instead) {
        std::string text = textOfMotionPlan(fullPlan());
        const std::size_t at = text.find(what);
        EXPECT_NE(at, std::string::npos) << what << " in " << text;
        text.replace(at, what.size(), instead);
        return text;
    };
    for (const std::string& text :
         {with("\"sensitivity\":70", "\"sensitivity\":0"), with("\"sensitivity\":70", "\"sensitivity\":\"70\""),
          with("\"sensitivity\":70", "\"sensitivity\":1e300"), with("\"sensitivity\":70", "\"sensitivity\":true"),
          with("\"sensitivity\":70", "\"sensitivity\":4294967366"), with("[100,100]", "[100,100,7]"),
          with("\"on\":false", "\"on\":false,\"more\":1"), with("\"least_at_top\":200", "\"least_at_top\":-1"),
          with("Mon-Fri 07:00-19:00", "Mon-Fri 07:00-29:00"), with("10000,0", "10001,0"), with("[100,100]", "[100]"),
          with("\"kind\":\"include\"", "\"kind\":\"ignore\"")}) {
        const auto plan = motionPlanFromText(text);
        ASSERT_FALSE(plan) << text;
        EXPECT_EQ(plan.error().code, ErrorCode::Damaged);
    }
}

TEST(MotionPlanTest, EitherProfileIsChecked) {
    EXPECT_EQ(refusalOf(fullPlan()), "none");
    MotionPlan plan;
    plan.day.sensitivity = 101;
    EXPECT_THAT(refusalOf(plan), HasSubstr("the sensitivity is 101"));
    plan = {};
    plan.night.sensitivity = 0;
    EXPECT_THAT(refusalOf(plan), HasSubstr("the sensitivity is 0"));
    plan = {};
    plan.night.leastHeight.atTop = 49;
    EXPECT_THAT(refusalOf(plan), HasSubstr("the least object is 49"));
    plan = {};
    plan.day.leastHeight.atBottom = 10'001;
    EXPECT_THAT(refusalOf(plan), HasSubstr("it may be 50 to 10000"));
}

TEST(MotionPlanTest, ZonesMustHoldSomethingAndNotCrossThemselves) {
    const MotionZone good{MotionZone::Kind::Include, {{0, 0}, {5000, 0}, {5000, 5000}}};
    const auto refusal = [&](std::vector<estate::ZonePoint> corners) {
        MotionPlan plan;
        plan.zones = {good, {MotionZone::Kind::Exclude, std::move(corners)}};
        return refusalOf(plan);
    };
    EXPECT_THAT(refusal({{0, 0}, {1, 1}}), HasSubstr("motion zone 2 has 2 corners"));
    EXPECT_THAT(refusal(std::vector<estate::ZonePoint>(101, {1, 1})), HasSubstr("100 at most"));
    EXPECT_THAT(refusal({{0, 0}, {5000, -1}, {5000, 5000}}), HasSubstr("outside the picture"));
    EXPECT_THAT(refusal({{0, 0}, {5000, 5000}, {5000, 0}, {0, 5000}}), HasSubstr("crosses itself"));
    EXPECT_THAT(refusal({{0, 0}, {5000, 5000}, {9000, 9000}}), HasSubstr("covers nothing"));
    MotionPlan crowded;
    crowded.zones.assign(33, good);
    EXPECT_THAT(refusalOf(crowded), HasSubstr("32 at most"));
}

}  // namespace

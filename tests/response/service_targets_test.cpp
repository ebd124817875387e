#include "response/service_targets.h"

#include "base/local_time.h"
#include "past_alarms.h"

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using base::ErrorCode;
using response::AlarmClass;
using response::ServiceMeasure;
using response::ServiceTarget;
using response::ServiceTargets;

constexpr auto acted = ServiceMeasure::Acted;

class ServiceTargetsTest : public PastAlarms {
protected:
    ServiceTargets targets() { return ServiceTargets{*m_database}; }
    std::vector<ServiceTarget> holding(AlarmClass alarmClass, base::UtcTime time) {
        const auto history = targets().history(m_sue).value();
        const auto* set = response::targetsAt(history, alarmClass, time);
        return set == nullptr ? std::vector<ServiceTarget>{} : set->targets;
    }
};

TEST_F(ServiceTargetsTest, EveryClassHasThoseOfTheReferenceAtFirst) {
    using Targets = std::vector<ServiceTarget>;
    for (const response::AlarmClassInfo& info : response::alarmClasses()) {
        const bool isWelfare = info.alarmClass == AlarmClass::Welfare;
        const Targets expected{{acted, 800, info.most}, {acted, isWelfare ? 975 : 985, info.nearlyAll}};
        EXPECT_EQ(holding(info.alarmClass, m_clock.now()), expected) << info.code;
    }
    EXPECT_EQ(holding(AlarmClass::HoldUp, m_clock.now()), (Targets{{acted, 800, 30s}, {acted, 985, 60s}}));
    EXPECT_EQ(holding(AlarmClass::Intruder, m_clock.now()), (Targets{{acted, 800, 90s}, {acted, 985, 180s}}));
    EXPECT_EQ(holding(AlarmClass::Welfare, m_clock.now()), (Targets{{acted, 800, 10s}, {acted, 975, 30s}}));
}

TEST_F(ServiceTargetsTest, AChangeHoldsForLaterAlarmsAndEarlierOnesStayJudgedAsTheyWere) {
    const auto before = m_clock.now();
    const auto from = before + 24h;
    ASSERT_TRUE(targets().set(m_sue, AlarmClass::Fire, {{ServiceMeasure::Accepted, 900, 20s}}, from));
    EXPECT_EQ(holding(AlarmClass::Fire, from - 1us).size(), 2U);
    EXPECT_EQ(holding(AlarmClass::Fire, from), (std::vector<ServiceTarget>{{ServiceMeasure::Accepted, 900, 20s}}));
    EXPECT_EQ(holding(AlarmClass::Gas, from).size(), 2U);
    // Put right before it holds: the newer of two of the same moment.
    ASSERT_TRUE(targets().set(m_sue, AlarmClass::Fire, {}, from));
    EXPECT_TRUE(holding(AlarmClass::Fire, from).empty());
    EXPECT_EQ(targets().set(m_sue, AlarmClass::Fire, {}, before - 1h).error().code, ErrorCode::InvalidInput);
    EXPECT_EQ(targets().set(m_sue, AlarmClass::Fire, {}, before + 24h * 400).error().code, ErrorCode::InvalidInput);
}

TEST_F(ServiceTargetsTest, WhatMakesNoSenseIsRefused) {
    const std::vector<std::vector<ServiceTarget>> wrong{
        {{acted, 0, 30s}},
        {{acted, 1001, 30s}},
        {{acted, 800, 0s}},
        {{acted, 800, 86'401s}},
        {{acted, 800, 30s}, {acted, 800, 60s}},
        {{acted, 800, 60s}, {acted, 985, 30s}},
        {{acted, 800, 60s}, {acted, 985, 60s}},
        std::vector<ServiceTarget>(9, {acted, 800, 30s}),
    };
    for (const auto& each : wrong) {
        const auto refused = targets().set(m_sue, AlarmClass::Fire, each, m_clock.now());
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::InvalidInput);
    }
    EXPECT_EQ(holding(AlarmClass::Fire, m_clock.now()).size(), 2U);
    EXPECT_TRUE(
        targets().set(m_sue, AlarmClass::Fire, {{acted, 800, 60s}, {ServiceMeasure::Closed, 800, 30s}}, m_clock.now()))
        << "of two measures there is no order";
}

TEST_F(ServiceTargetsTest, OnlyThoseWhoMaySetThemDoAndTheAuditLogSaysWhat) {
    const auto ann = actingAs(access::Role::Operator, "ann");
    EXPECT_EQ(targets().set(ann, AlarmClass::Fire, {}, m_clock.now()).error().code, ErrorCode::NotPermitted);
    EXPECT_EQ(targets().history(ann).error().code, ErrorCode::NotPermitted);
    ASSERT_TRUE(targets().set(m_sue, AlarmClass::Fire, {{acted, 975, 45s}}, m_clock.now()));
    EXPECT_EQ(count("audit_event WHERE json_extract(CAST(body AS TEXT), '$.act') = 'service-targets.set' AND "
                    "CAST(body AS TEXT) LIKE '%acted:97.5:45%'"),
              1);
}

TEST_F(ServiceTargetsTest, TheyAreReadAsTheyAreWritten) {
    EXPECT_EQ(response::parseServiceTarget("acted:98.5:60").value(), (ServiceTarget{acted, 985, 60s}));
    EXPECT_EQ(response::parseServiceTarget("closed:100:900").value(),
              (ServiceTarget{ServiceMeasure::Closed, 1000, 900s}));
    EXPECT_EQ(response::textOf({acted, 985, 60s}), "acted:98.5:60");
    EXPECT_EQ(response::textOf({acted, 800, 30s}), "acted:80:30");
    for (const char* text : {"", "acted", "acted:80", "acted:80:", "acted::30", "acted:80:30:1", "acted:-80:30",
                             "acted:80.55:30", "acted:80.:30", "acted:8000:30", "taken:80:30", "acted:80:3x"}) {
        EXPECT_FALSE(response::parseServiceTarget(text)) << text;
    }
}

}  // namespace
}  // namespace leedswatch::tests

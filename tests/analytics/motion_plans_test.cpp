#include "analytics/motion_plans.h"

#include "access/people.h"
#include "estate/camera_registry.h"
#include "store/audit_log.h"
#include "store/audit_witness.h"
#include "store/change_feed.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"
#include "support/wait_until.h"

#include <gtest/gtest.h>

#include <atomic>

using namespace leedswatch;
using access::Role;
using analytics::MotionPlan;
using analytics::MotionZone;
using base::ErrorCode;

namespace {

constexpr const char* password = "correct horse battery";

MotionPlan planOf(int sensitivity) {
    MotionPlan plan;
    plan.zones = {{MotionZone::Kind::Exclude, {{0, 0}, {5000, 0}, {5000, 5000}}}};
    plan.day.sensitivity = sensitivity;
    plan.armed = base::WeeklySchedule::parse("Mon-Sun 22:00-06:00").value();
    return plan;
}

class MotionPlansTest : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(m_cameras.importCsv(m_root,
                                        "number,name,main_url\n7,Road,rtsp://10.0.0.7/main\n"
                                        "8,Lane,rtsp://10.0.0.8/main\n"));
        ASSERT_TRUE(m_people.add(m_root, "ada", "Ada", Role::Administrator, password, false));
        ASSERT_TRUE(m_people.add(m_root, "ed", "Ed", Role::Engineer, password, false));
        ASSERT_TRUE(m_people.add(m_root, "sue", "Sue", Role::Supervisor, password, false));
        ASSERT_TRUE(m_people.add(m_root, "olive", "Olive", Role::Operator, password, false));
    }
    [[nodiscard]] estate::Camera camera(int number) { return m_cameras.find(number).value(); }
    [[nodiscard]] access::Acting as(const std::string& name) {
        return m_people.signIn(name, password, "desk 1").value();
    }
    void exec(const std::string& statement) {
        ASSERT_TRUE(m_database->write([&](store::Transaction& transaction) -> base::Result<void> {
            transaction.sql() << statement;
            return {};
        }));
    }
    std::string newestEvent() {
        return m_database
            ->read([](soci::session& sql) -> base::Result<std::string> {
                std::string body;
                sql << "SELECT CAST(body AS TEXT) FROM audit_event ORDER BY seq DESC LIMIT 1", soci::into(body);
                return body;
            })
            .value();
    }

    tests::TemporaryFolder m_folder;
    tests::FakeClock m_clock{base::fromStored(1'700'000'000'000'000)};
    std::unique_ptr<store::Database> m_database = store::Database::open(m_folder.path(), m_clock).value();
    access::People m_people{*m_database};
    estate::CameraRegistry m_cameras{*m_database};
    analytics::MotionPlans m_plans{*m_database};
    access::Acting m_root = access::Acting::commandLine();
};

TEST_F(MotionPlansTest, WhatIsSetForSeveralCamerasIsReadAgainExactly) {
    EXPECT_TRUE(m_plans.all()->empty());
    EXPECT_FALSE(m_plans.of(camera(7).id).value());
    ASSERT_TRUE(m_plans.set(as("ada"), {camera(7), camera(8)}, planOf(70)));
    ASSERT_TRUE(m_plans.set(as("ed"), {camera(8)}, planOf(20)));
    EXPECT_EQ(m_plans.of(camera(7).id).value(), planOf(70));
    EXPECT_EQ(m_plans.of(camera(8).id).value(), planOf(20));
    EXPECT_EQ(m_plans.all()->at(camera(7).id), planOf(70));
    EXPECT_EQ(m_plans.all()->size(), 2U);
}

TEST_F(MotionPlansTest, OnlyThoseWhoManageCamerasSetThem) {
    for (const char* name : {"sue", "olive"}) {
        EXPECT_EQ(m_plans.set(as(name), {camera(7)}, planOf(70)).error().code, ErrorCode::NotPermitted) << name;
    }
    EXPECT_TRUE(m_plans.all()->empty());
}

TEST_F(MotionPlansTest, APlanThatBreaksTheRuleIsRefusedAndTheOldOneStays) {
    ASSERT_TRUE(m_plans.set(as("ada"), {camera(7)}, planOf(70)));
    EXPECT_EQ(m_plans.set(as("ada"), {camera(7)}, planOf(101)).error().code, ErrorCode::InvalidInput);
    EXPECT_EQ(m_plans.of(camera(7).id).value(), planOf(70));
}

TEST_F(MotionPlansTest, ACameraThatIsNotInTheEstateIsNotFoundAndNoneIsSet) {
    estate::Camera gone = camera(8);
    gone.id = estate::CameraId{4711};
    const auto set = m_plans.set(as("ada"), {camera(7), gone}, planOf(70));
    ASSERT_FALSE(set);
    EXPECT_EQ(set.error().code, ErrorCode::NotFound);
    EXPECT_EQ(set.error().message, "camera 8 is not in the estate any more");
    EXPECT_TRUE(m_plans.all()->empty());
}

TEST_F(MotionPlansTest, TheAuditLogSaysWhoSetWhat) {
    ASSERT_TRUE(m_plans.set(as("ed"), {camera(7)}, planOf(70)));
    const std::string event = newestEvent();
    for (const char* part : {"motion.plan-set", "\"who\":\"ed\"", "camera 7", "\"zones\":1", "\"sensitivity_day\":70",
                             "\"sensitivity_night\":50", "Mon-Sun 22:00-06:00"}) {
        EXPECT_NE(event.find(part), std::string::npos) << part << " in " << event;
    }
}

TEST_F(MotionPlansTest, TheAuditLogVouchesForThem) {
    ASSERT_TRUE(m_plans.set(as("ada"), {camera(7)}, planOf(70)));
    ASSERT_TRUE(m_plans.set(as("ada"), {camera(7)}, planOf(20)));
    const std::vector<const store::AuditWitness*> witnesses{
        &analytics::MotionPlans::witness(), &estate::CameraRegistry::witness(),
        &estate::CameraRegistry::connectionWitness(), &access::People::witness()};
    store::AuditLog log{*m_database};
    EXPECT_TRUE(log.verify(witnesses)->problems.empty());
    exec("UPDATE motion_plan SET plan = '{}'");
    EXPECT_EQ(log.verify(witnesses)->problems.size(), 1U);
}

TEST_F(MotionPlansTest, ADamagedPlanIsAnErrorForItsCameraAloneAndIsMendedBySettingIt) {
    ASSERT_TRUE(m_plans.set(as("ada"), {camera(7), camera(8)}, planOf(70)));
    exec("UPDATE motion_plan SET plan = '{\"on\":tr' WHERE camera_number = 7");
    EXPECT_EQ(m_plans.of(camera(7).id).error().code, ErrorCode::Damaged);
    EXPECT_EQ(m_plans.all()->size(), 1U);
    EXPECT_TRUE(m_plans.all()->contains(camera(8).id));
    ASSERT_TRUE(m_plans.set(as("ada"), {camera(7)}, planOf(20)));
    EXPECT_EQ(m_plans.of(camera(7).id).value(), planOf(20));
}

TEST_F(MotionPlansTest, WhoListensToTheFeedHearsOfIt) {
    auto feed = store::ChangeFeed::open(*m_database).value();
    std::atomic<int> heard = 0;
    const auto subscription = feed->subscribe({"motion_plans"}, [&] { ++heard; });
    ASSERT_TRUE(m_plans.set(as("ada"), {camera(7)}, planOf(70)));
    EXPECT_TRUE(tests::waitUntil([&] { return heard > 0; }, std::chrono::seconds{20}));
}

}  // namespace

#include "estate/privacy_zones.h"

#include "estate/camera_registry.h"
#include "estate/privacy_lifts.h"
#include "store/audit_log.h"
#include "store/audit_witness.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

using namespace leedswatch;
using namespace std::chrono_literals;
using access::Role;
using base::ErrorCode;
using estate::PrivacyZone;

namespace {

constexpr const char* password = "correct horse battery";
const PrivacyZone window{{{1000, 1000}, {2000, 1000}, {2000, 3000}}};
const PrivacyZone garden{{{5000, 5000}, {9000, 5000}, {9000, 9999}, {5000, 9000}}};

class PrivacyZonesTest : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(m_cameras.importCsv(m_root,
                                        "number,name,main_url\n7,Road,rtsp://10.0.0.7/main\n"
                                        "8,Lane,rtsp://10.0.0.8/main\n"));
        ASSERT_TRUE(m_people.add(m_root, "ada", "Ada", Role::Administrator, password, false));
        ASSERT_TRUE(m_people.add(m_root, "sue", "Sue", Role::Supervisor, password, false));
        ASSERT_TRUE(m_people.add(m_root, "olive", "Olive", Role::Operator, password, false));
    }
    [[nodiscard]] estate::Camera camera(int number) { return m_cameras.find(number).value(); }
    [[nodiscard]] access::Acting as(const std::string& name) {
        return m_people.signIn(name, password, "desk 1").value();
    }
    [[nodiscard]] access::TwoPersonGrant grant() {
        return access::TwoPersonAuthority{m_people}
            .confirm(as("olive"), "sue", password, estate::PrivacyLifts::rights(), "screams behind the wall")
            .value();
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
    estate::PrivacyZones m_zones{*m_database};
    estate::PrivacyLifts m_lifts{*m_database, m_clock};
    access::Acting m_root = access::Acting::commandLine();
};

TEST_F(PrivacyZonesTest, WhatIsSetIsReadAgainExactly) {
    EXPECT_TRUE(m_zones.all()->empty());
    EXPECT_TRUE(m_zones.of(camera(7).id)->empty());
    ASSERT_TRUE(m_zones.set(as("ada"), camera(7), {window, garden}));
    EXPECT_EQ(m_zones.of(camera(7).id).value(), (std::vector{window, garden}));
    EXPECT_EQ(m_zones.all()->size(), 1U);
    EXPECT_TRUE(m_zones.of(camera(8).id)->empty());
    ASSERT_TRUE(m_zones.set(as("ada"), camera(7), {}));
    EXPECT_TRUE(m_zones.of(camera(7).id)->empty());
}

TEST_F(PrivacyZonesTest, OnlyAnAdministratorDrawsThem) {
    for (const char* name : {"sue", "olive"}) {
        EXPECT_EQ(m_zones.set(as(name), camera(7), {window}).error().code, ErrorCode::NotPermitted);
    }
    EXPECT_TRUE(m_zones.all()->empty());
}

TEST_F(PrivacyZonesTest, ZonesThatHideNothingOrLieOutsideAreRefusedAndTheOldOnesStay) {
    ASSERT_TRUE(m_zones.set(as("ada"), camera(7), {window}));
    const PrivacyZone flat{{{0, 0}, {500, 500}, {1000, 1000}}};
    const PrivacyZone point{{{5, 5}, {5, 5}, {5, 5}}};
    const PrivacyZone two{{{0, 0}, {500, 500}}};
    const PrivacyZone outside{{{0, 0}, {500, 10'001}, {1000, 0}}};
    const PrivacyZone crowded{std::vector<estate::ZonePoint>(5001, {1, 1})};
    for (const PrivacyZone& wrong : {flat, point, two, outside, crowded}) {
        const auto set = m_zones.set(as("ada"), camera(7), {garden, wrong});
        ASSERT_FALSE(set);
        EXPECT_EQ(set.error().code, ErrorCode::InvalidInput);
        EXPECT_EQ(set.error().message.rfind("privacy zone 2 ", 0), 0U) << set.error().message;
    }
    EXPECT_FALSE(m_zones.set(as("ada"), camera(7), std::vector(33, window)));
    EXPECT_EQ(m_zones.of(camera(7).id).value(), std::vector{window});
}

TEST_F(PrivacyZonesTest, DamagedZonesAreAnErrorForTheirCameraAloneAndAreMendedBySettingThem) {
    ASSERT_TRUE(m_zones.set(as("ada"), camera(7), {window}));
    ASSERT_TRUE(m_zones.set(as("ada"), camera(8), {garden}));
    exec("UPDATE privacy_zones SET zones = '[[[0,0],[1' WHERE camera_number = 7");
    EXPECT_EQ(m_zones.of(camera(7).id).error().code, ErrorCode::Damaged);
    const auto all = m_zones.all().value();
    EXPECT_FALSE(all.at(camera(7).id));
    EXPECT_EQ(all.at(camera(8).id).value(), std::vector{garden});
    ASSERT_TRUE(m_zones.set(as("ada"), camera(7), {window}));
    EXPECT_TRUE(m_zones.of(camera(7).id));
}

TEST_F(PrivacyZonesTest, TheAuditLogVouchesForThem) {
    ASSERT_TRUE(m_zones.set(as("ada"), camera(7), {window}));
    ASSERT_TRUE(m_zones.set(as("ada"), camera(7), {garden}));
    const std::vector<const store::AuditWitness*> witnesses{
        &estate::PrivacyZones::witness(), &estate::CameraRegistry::witness(),
        &estate::CameraRegistry::connectionWitness(), &access::People::witness()};
    store::AuditLog log{*m_database};
    EXPECT_TRUE(log.verify(witnesses)->problems.empty());
    exec("UPDATE privacy_zones SET zones = '[]'");
    EXPECT_EQ(log.verify(witnesses)->problems.size(), 1U);
    exec("DELETE FROM privacy_zones");
    EXPECT_EQ(log.verify(witnesses)->problems.size(), 1U);
}

TEST_F(PrivacyZonesTest, ALiftIsInForceForItsTimeByTheSteadyClockAndAudited) {
    EXPECT_FALSE(m_lifts.timeLeft(camera(7).id));
    ASSERT_TRUE(m_lifts.lift(grant(), camera(7), 5min));
    const std::string event = newestEvent();
    for (const char* part : {"privacy.lifted", "\"who\":\"olive\"", "\"second\":\"sue\"", "\"camera\":7", "until"}) {
        EXPECT_NE(event.find(part), std::string::npos) << part << " in " << event;
    }
    EXPECT_EQ(event.find("screams"), std::string::npos) << "the reason can be erased";
    EXPECT_EQ(m_lifts.timeLeft(camera(7).id), 5min);
    EXPECT_FALSE(m_lifts.timeLeft(camera(8).id));
    m_clock.stepWallClock(-1h);
    m_clock.advance(4min + 59s);
    EXPECT_EQ(m_lifts.timeLeft(camera(7).id), 1s);
    EXPECT_TRUE(m_lifts.takeExpired().empty());
    m_clock.advance(1s);
    EXPECT_FALSE(m_lifts.timeLeft(camera(7).id));
    const auto expired = m_lifts.takeExpired();
    ASSERT_EQ(expired.size(), 1U);
    EXPECT_EQ(expired.front().camera.number, 7);
    EXPECT_TRUE(m_lifts.takeExpired().empty());
    ASSERT_TRUE(m_lifts.record(expired.front()));
    EXPECT_NE(newestEvent().find("time-over"), std::string::npos);
}

TEST_F(PrivacyZonesTest, ALiftLastsOneToSixtyMinutes) {
    for (const auto length : {0min, -1min, 61min}) {
        EXPECT_EQ(m_lifts.lift(grant(), camera(7), length).error().code, ErrorCode::InvalidInput);
    }
    EXPECT_FALSE(m_lifts.timeLeft(camera(7).id));
    EXPECT_TRUE(m_lifts.lift(grant(), camera(7), 60min));
}

TEST_F(PrivacyZonesTest, LiftsEndByKeyOneByOneAndAllAtOnceWhenTheDeskIsLocked) {
    ASSERT_TRUE(m_lifts.lift(grant(), camera(7), 5min));
    ASSERT_TRUE(m_lifts.lift(grant(), camera(8), 5min));
    const auto ended = m_lifts.end(camera(7).id, estate::LiftEnd::Key);
    ASSERT_TRUE(ended);
    EXPECT_FALSE(m_lifts.timeLeft(camera(7).id));
    EXPECT_FALSE(m_lifts.end(camera(7).id, estate::LiftEnd::Key));
    EXPECT_EQ(m_lifts.endAll(estate::LiftEnd::DeskLocked).size(), 1U);
    EXPECT_FALSE(m_lifts.timeLeft(camera(8).id));
}

TEST_F(PrivacyZonesTest, AGrantForSomethingElseLiftsNothing) {
    const auto other = access::TwoPersonAuthority{m_people}.confirm(
        as("sue"), "olive", password, {access::Right::WatchLive, access::Right::WatchLive}, "to look at something");
    ASSERT_TRUE(other);
    EXPECT_EQ(m_lifts.lift(*other, camera(7), 5min).error().code, ErrorCode::NotPermitted);
    EXPECT_FALSE(m_lifts.timeLeft(camera(7).id));
}

}  // namespace

#include "base/file.h"
#include "base/local_time.h"
#include "response/alarm_queue.h"
#include "response/service_sums.h"
#include "store/database.h"
#include "support/child_process.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

class FiguresCommandTest : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_EQ(runWithInput("long enough words\n", {"init", "--admin", "ann"}).exitCode, 0);
        ASSERT_EQ(runWithInput("account,name,premises\n1234,=Library,LIB\n", {"premises", "import", "-"}).exitCode, 0);
    }
    Finished runWithInput(const std::string& input, std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), LEEDSWATCHCTL);
        arguments.insert(arguments.end(), {"--data", (m_folder / "data").string()});
        return runProgram(arguments, input);
    }
    template <typename... Arguments>
    Finished run(Arguments... arguments) {
        return runWithInput("", {"alarms", arguments...});
    }
    template <typename... Arguments>
    nlohmann::json json(Arguments... arguments) {
        return nlohmann::json::parse(run(arguments..., "--json").output, nullptr, false);
    }
    /// By `who`, a moment after it came.
    void answerAlarm(const char* who, const char* outcome) {
        const base::SystemClock clock;
        const auto database = store::Database::open(m_folder / "data", clock).value();
        access::Acting acting;
        acting.username = who;
        acting.role = access::Role::Supervisor;
        acting.workstation = "desk 1";
        response::AlarmQueue queue{*database};
        response::NewAlarm alarm;
        alarm.alarmClass = response::AlarmClass::Fire;
        alarm.joinKey = "fire";
        alarm.premises = estate::PremisesId{1};
        alarm.what = "Fire";
        alarm.raised = clock.now();
        const auto id = queue.raise(acting, alarm)->id;
        ASSERT_TRUE(queue.accept(acting, id));
        ASSERT_TRUE(queue.close(acting, id, {outcome, "", "not for this test"}));
    }

    TemporaryFolder m_folder;
};

TEST_F(FiguresCommandTest, FiguresAreShownByClassShiftOperatorPremisesAndHour) {
    EXPECT_THAT(run("figures").output, HasSubstr("No alarm arrived."));
    EXPECT_THAT(run("figures", "--by", "premises").output, HasSubstr("No alarm was found to be false."));
    answerAlarm("ann", "false-user");
    answerAlarm("ann", "genuine");
    answerAlarm("bob", "test");
    const auto text = run("figures", "--period", "twelve-months");
    EXPECT_EQ(text.exitCode, 0);
    EXPECT_THAT(text.output, HasSubstr("First action, 80 % in 30 s: 2 of 2, too few"));
    EXPECT_THAT(text.output, HasSubstr("1 test"));
    EXPECT_THAT(text.output, HasSubstr("Time runs from when the station received"));
    const auto classes = json("figures", "--period", "twelve-months")["classes"];
    ASSERT_EQ(classes.size(), 2U);
    EXPECT_EQ(classes[1]["class"], "fire");
    EXPECT_EQ(classes[1]["counted"], 2);
    EXPECT_EQ(classes[1]["times"]["acted"]["count"], 2);
    EXPECT_EQ(classes[1]["targets"][1]["target"], "acted:98.5:60");
    EXPECT_EQ(json("figures", "--by", "operator", "--period", "twelve-months")["operators"][1]["taken"], 2);
    EXPECT_THAT(run("figures", "--by", "shift", "--period", "this-shift").output, HasSubstr("0 of 2"));
    const auto premises = json("figures", "--by", "premises", "--period", "twelve-months");
    EXPECT_EQ(premises["premises"][0]["premises"], "LIB");
    EXPECT_EQ(premises["premises"][0]["false"], 1);
    EXPECT_EQ(premises["premises"][0]["alarms"], 2);
    std::int64_t arrived = 0;
    const auto byHour = json("figures", "--by", "hour", "--period", "twelve-months");
    for (const auto& hour : byHour["hours"]) {
        arrived += hour["arrived"].get<std::int64_t>();
    }
    EXPECT_EQ(arrived, 3);
}

TEST_F(FiguresCommandTest, AFileForSpreadsheetsSaysWhatItIs) {
    answerAlarm("ann", "false-user");
    const auto file = m_folder / "figures.csv";
    EXPECT_EQ(run("figures", "--period", "this-month", "--csv", file.string()).exitCode, 0);
    const auto csv = base::readWholeFile(file, 1U << 20U).value();
    EXPECT_THAT(csv, HasSubstr("Service figures,Classes\r\nArrived from,"));
    EXPECT_THAT(csv, HasSubstr("By,os:"));
    EXPECT_THAT(csv, HasSubstr("\r\nfire,1,1,0,"));
    EXPECT_THAT(run("figures", "--by", "premises", "--csv", "-").output, HasSubstr("LIB,'=Library,all,1,1,100.0 %"));
    const auto nowhere = run("figures", "--csv", (m_folder / "none" / "x.csv").string());
    EXPECT_EQ(nowhere.exitCode, 1);
    EXPECT_THAT(nowhere.output, HasSubstr("x.csv"));
}

TEST_F(FiguresCommandTest, PeriodsThatAreNoneAreRefused) {
    EXPECT_EQ(run("figures", "--period", "yesteryear").exitCode, 2);
    EXPECT_EQ(run("figures", "--by", "weather").exitCode, 2);
    EXPECT_EQ(run("figures", "--period", "today", "--from", "2026-01-01T00:00").exitCode, 2);
    EXPECT_THAT(run("figures", "--from", "2026-02-01T00:00", "--to", "2026-01-01T00:00").output,
                HasSubstr("before it begins"));
    EXPECT_THAT(run("figures", "--from", "2001-02-01T00:00").output, HasSubstr("ten years at most"));
}

TEST_F(FiguresCommandTest, TargetsAreShownAndSetFromATimeOn) {
    EXPECT_THAT(run("targets", "--class", "welfare").output, HasSubstr("First action, 97.5 % in 30 s"));
    EXPECT_EQ(json("targets").size(), 16U);
    EXPECT_EQ(run("set-targets", "fire", "acted:80:20", "acted:98.5:40").exitCode, 0);
    EXPECT_EQ(json("targets", "--class", "fire")[0]["targets"], (nlohmann::json{"acted:80:20", "acted:98.5:40"}));
    EXPECT_EQ(json("targets", "--class", "fire", "--history").size(), 2U);
    EXPECT_EQ(run("set-targets", "fire", "none").exitCode, 0);
    EXPECT_THAT(run("targets", "--class", "fire").output, HasSubstr("none: not judged"));
    EXPECT_THAT(run("set-targets", "dragon", "none").output, HasSubstr("hold-up"));
    EXPECT_THAT(run("set-targets", "fire", "acted:80").output, HasSubstr("write it as acted:98.5:60"));
    EXPECT_THAT(run("set-targets", "fire", "none", "--from", "2020-01-01T00:00").output, HasSubstr("the past stays"));
    EXPECT_EQ(runWithInput("", {"audit", "verify"}).exitCode, 0);
}

TEST_F(FiguresCommandTest, ShiftsAreShownAndSetFromATimeOn) {
    EXPECT_EQ(json("shifts")[0]["shifts"], (nlohmann::json{"Day=07:00", "Night=19:00"}));
    EXPECT_EQ(run("set-shifts", "Late=14:00", "Early=06:00", "Night=22:00").exitCode, 0);
    EXPECT_EQ(json("shifts", "--history").size(), 2U);
    EXPECT_EQ(json("shifts", "--history")[1]["shifts"][0], "Early=06:00");
    EXPECT_THAT(run("set-shifts", "Early=06:05").output, HasSubstr("full ten minutes"));
    EXPECT_THAT(run("set-shifts", "Early").output, HasSubstr("Day=07:00"));
}

TEST_F(FiguresCommandTest, TheSumsAreComparedWithTheAlarms) {
    answerAlarm("ann", "genuine");
    const base::SystemClock clock;
    const auto database = store::Database::open(m_folder / "data", clock).value();
    ASSERT_EQ(response::ServiceSums{*database}.addPending(10), 1);
    EXPECT_THAT(run("figures", "--check").output, HasSubstr("The sums are those of the alarms"));
    ASSERT_TRUE(database->write([](store::Transaction& transaction) -> base::Result<void> {
        transaction.sql() << "UPDATE service_hour SET counted = 7";
        return {};
    }));
    EXPECT_EQ(run("figures", "--check").exitCode, 1);
    EXPECT_THAT(run("figures", "--mend").output, HasSubstr("made anew"));
    EXPECT_EQ(run("figures", "--check").exitCode, 0);
}

TEST_F(FiguresCommandTest, AnOperatorSeesNone) {
    ASSERT_EQ(runWithInput("another long secret\n", {"users", "add", "olive", "--role", "operator"}).exitCode, 0);
    ASSERT_EQ(runWithInput("another long secret\nmy very own words\n", {"users", "password", "olive", "--as", "olive"})
                  .exitCode,
              0);
    const auto refused = runWithInput("my very own words\n", {"alarms", "figures", "--as", "olive"});
    EXPECT_EQ(refused.exitCode, 1);
    EXPECT_THAT(refused.output, HasSubstr("see service figures"));
}

}  // namespace
}  // namespace leedswatch::tests

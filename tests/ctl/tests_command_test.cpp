#include "base/clock.h"
#include "base/local_time.h"
#include "estate/premises_registry.h"
#include "response/alarm_rules.h"
#include "response/signal_journal.h"
#include "store/database.h"
#include "support/child_process.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace leedswatch::tests {
namespace {

using testing::HasSubstr;

class TestsCommandTest : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_EQ(run({"init", "--admin", "ann"}, "long enough words\n").exitCode, 0);
        const std::string premises = "account,name,premises\n1234,Library,LIB\n1235,School,SCH\n";
        ASSERT_EQ(run({"premises", "import", "-"}, premises).exitCode, 0);
    }
    Finished run(std::vector<std::string> arguments, const std::string& input = "") {
        arguments.insert(arguments.begin(), LEEDSWATCHCTL);
        arguments.insert(arguments.end(), {"--data", (m_folder / "data").string()});
        return runProgram(arguments, input);
    }
    nlohmann::json json(std::vector<std::string> arguments, const std::string& input = "") {
        arguments.emplace_back("--json");
        return nlohmann::json::parse(run(std::move(arguments), input).output, nullptr, false);
    }
    /// From a zone of account 1234, judged as the station does it.
    void receive(const std::string& code, const std::string& zone) {
        const base::SystemClock clock;
        const auto database = store::Database::open(m_folder / "data", clock).value();
        alarm::ReceivedSignal received;
        received.received = clock.now();
        received.account = "1234";
        received.data = "1234" + code + zone + std::to_string(++m_sequence);
        received.codes.codes.push_back({.scheme = alarm::CodeScheme::Sia, .code = code, .area = "1", .address = zone});
        const auto panels = estate::PremisesRegistry{*database}.panels().value();
        ASSERT_TRUE(
            response::SignalJournal{*database}.add({{received, panels.at(0).id, response::judge(received, {})}}));
        ASSERT_TRUE(response::AlarmRules{*database}.judgeWaiting(10));
    }
    std::string in(std::chrono::minutes time) {
        const base::SystemClock clock;
        return base::formatUtc(clock.now() + time);
    }

    TemporaryFolder m_folder;
    int m_sequence = 0;
};

TEST_F(TestsCommandTest, ATestIsPlannedStartedAndItsResultRecorded) {
    using namespace std::chrono_literals;
    const base::SystemClock clock;
    const std::string today = base::formatLocal(clock.now()).substr(0, 10);
    EXPECT_THAT(run({"tests", "due"}).output, HasSubstr("No test is due today"));
    const auto planned = json({"tests", "plan", "LIB", "fire", "--on", today, "--at", "00:00", "--every", "weekly",
                               "--lasts", "480", "--by", "caretaker"});
    const std::string number = std::to_string(planned["number"].get<int>());
    EXPECT_EQ(planned["every"], "weekly");
    const auto due = json({"tests", "due"});
    ASSERT_EQ(due.size(), 1U);
    EXPECT_EQ(due[0]["premises"], "LIB");
    EXPECT_EQ(json({"tests", "list", "SCH"}).size(), 0U);
    EXPECT_EQ(run({"tests", "start", number, "--until", in(60min), "--by", "Mr Dale", "--reason", "weekly"}).exitCode,
              0);
    receive("FA", "20");
    EXPECT_THAT(run({"tests", "result", number, "passed"}).output, HasSubstr("on test still"));
    EXPECT_EQ(run({"alarms", "end-test", "1"}).exitCode, 0);
    EXPECT_THAT(run({"tests", "result", number, "partly"}).output, HasSubstr("write what was found"));
    EXPECT_THAT(run({"tests", "result", number, "passed", "--found", "bells heard"}).output,
                HasSubstr("The next one is due"));
    const auto results = json({"tests", "results", "LIB"});
    ASSERT_EQ(results.size(), 1U);
    EXPECT_EQ(results[0]["outcome"], "passed");
    EXPECT_EQ(results[0]["by"], "caretaker");
    EXPECT_EQ(results[0]["reported"][0], "20 (area 1)");
    EXPECT_THAT(run({"tests", "results", "--csv"}).output, HasSubstr("LIB,Library,fire,"));
    EXPECT_EQ(run({"tests", "retire", number, "--reason", "gone"}).exitCode, 0);
    EXPECT_EQ(run({"tests", "retire", number, "--reason", "gone"}).exitCode, 1);
    EXPECT_EQ(run({"audit", "verify"}).exitCode, 0) << run({"audit", "verify"}).output;
}

TEST_F(TestsCommandTest, ZonesAreImportedWalkedAndKept) {
    using namespace std::chrono_literals;
    EXPECT_EQ(json({"tests", "zones", "import", "-"}, "premises,zone,name\nLIB,12,Hall\nLIB,13,Till\n")["added"], 2);
    EXPECT_THAT(run({"tests", "zones", "import", "-"}, "premises,zone\nNO,1\n").output, HasSubstr("line 2"));
    const auto begun =
        json({"tests", "walk", "begin", "1234", "--until", in(60min), "--by", "Mr Dale", "--known", "by voice"});
    ASSERT_EQ(begun["expected"], 2);
    const std::string walk = std::to_string(begun["walk"].get<int>());
    EXPECT_EQ(json({"tests", "walk", "list"}).size(), 1U);
    receive("BA", "012");
    receive("BR", "012");
    receive("BA", "77");
    const auto now = json({"tests", "walk", "show", walk});
    EXPECT_EQ(now["came"], 1);
    EXPECT_EQ(now["on_test"], true);
    ASSERT_EQ(now["zones"].size(), 3U);
    EXPECT_EQ(now["zones"][0]["restored"], true);
    EXPECT_EQ(now["zones"][2]["expected"], false);
    EXPECT_THAT(run({"tests", "walk", "show", walk}).output, HasSubstr("outstanding"));
    EXPECT_EQ(run({"tests", "prolong", "1", "--until", in(120min), "--by", "Mr Dale"}).exitCode, 0);
    EXPECT_EQ(json({"tests", "walk", "finish", walk, "partly", "--found", "no key"})["missing"].size(), 1U);
    EXPECT_EQ(run({"tests", "walk", "finish", walk, "passed"}).exitCode, 1);
    const auto notices = json({"tests", "notices"});
    ASSERT_EQ(notices.size(), 1U);
    EXPECT_EQ(notices[0]["received"], 3);
    EXPECT_EQ(notices[0]["hidden"], 2);
    EXPECT_THAT(run({"tests", "notice", "1"}).output, HasSubstr("DID NOT COME: zone 13 Till"));
    EXPECT_EQ(run({"tests", "notice", "2"}).exitCode, 1);
    EXPECT_EQ(json({"tests", "zones", "learn", "LIB"})["learnt"], 1);
    EXPECT_EQ(json({"tests", "zones", "list", "LIB"}).size(), 3U);
    EXPECT_EQ(run({"audit", "verify"}).exitCode, 0);
}

TEST_F(TestsCommandTest, WhatIsWrongIsNamed) {
    EXPECT_THAT(run({"tests", "plan", "NO", "fire", "--on", "2030-01-01", "--at", "10:00"}).output,
                HasSubstr("there are no premises 'NO'"));
    EXPECT_THAT(run({"tests", "plan", "LIB", "bells", "--on", "2030-01-01", "--at", "10:00"}).output,
                HasSubstr("a test is walk-test"));
    EXPECT_THAT(run({"tests", "plan", "LIB", "fire", "--on", "2030-02-30", "--at", "10:00"}).output,
                HasSubstr("2026-03-29"));
    EXPECT_THAT(run({"tests", "plan", "LIB", "fire", "--on", "2030-01-01", "--at", "25:00"}).output,
                HasSubstr("25:00"));
    EXPECT_EQ(run({"tests", "plan", "LIB", "fire"}).exitCode, 2);
    EXPECT_EQ(run({"tests"}).exitCode, 2);
    const std::string csv = "premises,kind,first_day,time,every\nSCH,walk-test,2030-03-31,14:30,yearly\n";
    EXPECT_EQ(json({"tests", "import", "-"}, csv)["added"], 1);
    EXPECT_THAT(run({"tests", "export"}).output, HasSubstr("SCH,walk-test,2030-03-31,14:30,yearly,60"));
}

}  // namespace
}  // namespace leedswatch::tests

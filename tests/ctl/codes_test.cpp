#include "base/clock.h"
#include "response/signal_journal.h"
#include "store/database.h"
#include "support/child_process.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace leedswatch::tests {
namespace {

using testing::HasSubstr;

class CodesCommandTest : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_EQ(run({"init", "--admin", "ann"}, "long enough words\n").exitCode, 0);
        const std::string premises = "account,name,premises,transmitter,protocol\n1234,Library,LIB,ajax,MLR2\n";
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
    void receive(const std::string& account, const std::string& code) {
        const base::SystemClock clock;
        const auto database = store::Database::open(m_folder / "data", clock).value();
        alarm::ReceivedSignal received;
        received.received = clock.now();
        received.account = account;
        received.data = account + code;
        received.codes.codes.push_back({.scheme = alarm::CodeScheme::Sia, .code = code});
        auto events = response::judge(received, {});
        ASSERT_TRUE(response::SignalJournal{*database}.add({{received, std::nullopt, events}}));
    }

    TemporaryFolder m_folder;
};

TEST_F(CodesCommandTest, ACodeIsGivenAMeaningAndLosesIt) {
    EXPECT_THAT(run({"codes", "list"}).output, HasSubstr("All codes mean what the tables say"));
    EXPECT_THAT(run({"codes", "set", "--premises", "LIB", "sia", "qq", "trouble", "Lift stopped"}).output,
                HasSubstr("sia QQ of premises LIB now means: Lift stopped."));
    EXPECT_EQ(run({"codes", "set", "--transmitter", "Ajax", "contact-id", "130", "test", "Walk"}).exitCode, 0);
    EXPECT_EQ(json({"codes", "list"}).size(), 2U);
    const auto ofPremises = json({"codes", "list", "--premises", "LIB"});
    ASSERT_EQ(ofPremises.size(), 1U);
    EXPECT_EQ(ofPremises[0]["code"], "QQ");
    EXPECT_EQ(ofPremises[0]["category"], "trouble");
    EXPECT_EQ(run({"codes", "remove", "--premises", "LIB", "sia", "QQ"}).exitCode, 0);
    EXPECT_EQ(run({"codes", "remove", "--premises", "LIB", "sia", "QQ"}).exitCode, 1);
    EXPECT_EQ(json({"codes", "list"}).size(), 1U);
    EXPECT_EQ(run({"audit", "verify"}).exitCode, 0);
}

TEST_F(CodesCommandTest, WhatIsWrongIsNamed) {
    EXPECT_THAT(run({"codes", "set", "--premises", "LIB", "sia", "QQ", "alarm_dragon", "Dragon"}).output,
                HasSubstr("alarm_intruder"));
    EXPECT_THAT(run({"codes", "set", "--premises", "NOWHERE", "sia", "QQ", "trouble", "Lift"}).output,
                HasSubstr("there are no premises NOWHERE"));
    EXPECT_EQ(run({"codes", "set", "sia", "QQ", "trouble", "Lift"}).exitCode, 1);
    EXPECT_EQ(run({"codes", "set", "--premises", "LIB", "--transmitter", "x", "sia", "QQ", "test", "T"}).exitCode, 2);
    EXPECT_EQ(run({"codes", "set", "--premises", "LIB", "sia"}).exitCode, 2);
}

TEST_F(CodesCommandTest, AFileIsTriedBeforeItIsTaken) {
    const std::string bad =
        "premises,scheme,code,category,event\nLIB,sia,QQ,trouble,Lift\nLIB,sia,Q,trouble,Lift\nNO,sia,QQ,test,Test\n";
    const auto tried = json({"codes", "import", "-", "--dry-run"}, bad);
    ASSERT_EQ(tried["problems"].size(), 2U);
    EXPECT_EQ(tried["added"], 2);
    EXPECT_EQ(run({"codes", "import", "-", "--dry-run"}, bad).exitCode, 1);
    EXPECT_EQ(run({"codes", "import", "-"}, bad).exitCode, 1);
    EXPECT_TRUE(json({"codes", "list"}).empty());
    const std::string good = "premises,transmitter,scheme,code,category,event\r\nLIB,,sia,QQ,trouble,Lift\r\n";
    EXPECT_EQ(run({"codes", "import", "-", "--dry-run"}, good).exitCode, 0);
    EXPECT_TRUE(json({"codes", "list"}).empty());
    EXPECT_EQ(json({"codes", "import", "-"}, good)["added"], 1);
    EXPECT_EQ(json({"codes", "export"})["csv"], good);
}

TEST_F(CodesCommandTest, CodesThatMeanNothingAreListedWithWhoSentThem) {
    EXPECT_THAT(run({"codes", "unmapped"}).output, HasSubstr("No code was received that has no meaning"));
    receive("1234", "QQ");
    receive("9999", "QQ");
    receive("1234", "BA");
    const auto found = json({"codes", "unmapped"});
    ASSERT_EQ(found["codes"].size(), 1U);
    EXPECT_EQ(found["codes"][0]["code"], "QQ");
    EXPECT_EQ(found["codes"][0]["count"], 2);
    EXPECT_EQ(found["codes"][0]["accounts"], nlohmann::json::array({"1234", "9999"}));
    EXPECT_THAT(run({"codes", "unmapped"}).output, HasSubstr("1234 9999"));
    EXPECT_TRUE(json({"codes", "unmapped", "--to", "2020-01-01T00:00"})["codes"].empty());
}

TEST_F(CodesCommandTest, PremisesSayByWhichProtocolTheirPanelsReport) {
    EXPECT_EQ(json({"premises", "list"})[0]["protocol"], "MLR2");
    EXPECT_TRUE(json({"premises", "list"})[0]["other_protocols"].empty());
    EXPECT_THAT(run({"premises", "list"}).output, HasSubstr("PROTOCOL"));
}

}  // namespace
}  // namespace leedswatch::tests

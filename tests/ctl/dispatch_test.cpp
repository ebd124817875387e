#include "support/child_process.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace leedswatch::tests {
namespace {

using testing::HasSubstr;

/// A room with one unit on duty, as the command line makes it.
class DispatchCommandTest : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_EQ(run({"init", "--admin", "ann"}, "long enough words\n").exitCode, 0);
        ASSERT_EQ(run({"premises", "import", "-"}, "account,name,premises\n1001,Otley Library,LIB\n").exitCode, 0);
        expectGood({"officers", "add", "Pat Jones", "--licence", "1111222233334444", "--expires", "2099-01-31",
                    "--phone", "07700 900111"});
        expectGood({"officers", "add", "Kim Lee"});
        expectGood({"units", "add", "m1", "--vehicle", "White van", "--check-in", "20"});
        expectGood({"units", "on", "M1", "--officer", "1"});
    }
    Finished run(std::vector<std::string> arguments, const std::string& input = "") {
        arguments.insert(arguments.begin(), LEEDSWATCHCTL);
        arguments.insert(arguments.end(), {"--data", (m_folder / "data").string()});
        return runProgram(arguments, input);
    }
    Finished dispatch(std::vector<std::string> arguments, const std::string& input = "") {
        arguments.insert(arguments.begin(), "dispatch");
        return run(std::move(arguments), input);
    }
    nlohmann::json json(std::vector<std::string> arguments, const std::string& input = "") {
        arguments.emplace_back("--json");
        return nlohmann::json::parse(dispatch(std::move(arguments), input).output, nullptr, false);
    }
    void expectGood(const std::vector<std::string>& arguments) {
        const auto finished = dispatch(arguments);
        EXPECT_EQ(finished.exitCode, 0) << finished.output;
    }

    TemporaryFolder m_folder;
};

TEST_F(DispatchCommandTest, AJobFromItsCreationToTheReport) {
    expectGood({"keys", "add", "K-0114", "--premises", "LIB", "--opens", "Front door", "--keys", "2", "--hook", "A 1"});
    const auto job = json({"jobs", "add", "--premises", "LIB", "--reason", "Door found open", "--unit", "M1",
                           "--priority", "2", "--target", "30", "--key", "k-0114"});
    EXPECT_EQ(job["state"], "assigned");
    EXPECT_EQ(job["target"], "open");
    expectGood({"keys", "issue", "K-0114", "--unit", "M1", "--job", "1", "--why", "alarm", "--hours", "4"});
    EXPECT_EQ(dispatch({"jobs", "finish", "1", "--found", "x", "--actions", "y", "--secure"}).exitCode, 1);
    EXPECT_EQ(json({"jobs", "next", "1"})["state"], "en-route");
    EXPECT_EQ(json({"jobs", "next", "1", "--words", "gate locked"})["state"], "on-scene");
    EXPECT_EQ(json({"units", "list"})[0]["status"], "on-scene");
    expectGood({"units", "check-in", "M1", "--words", "all quiet"});
    EXPECT_EQ(dispatch({"jobs", "finish", "1", "--found", "x", "--actions", "y"}).exitCode, 1) << "secure or not";
    expectGood({"jobs", "finish", "1", "--found", "Door open", "--actions", "Locked", "--secure"});
    EXPECT_THAT(dispatch({"jobs", "show", "1"}).output, HasSubstr("gate locked"));
    EXPECT_EQ(json({"jobs", "show", "1"})["record"].size(), 6U);
    EXPECT_EQ(json({"jobs", "list"}).size(), 0U);
    EXPECT_EQ(json({"jobs", "list", "--unit", "M1"}).size(), 1U);
    const auto report = json({"attendance", "--by", "unit"});
    EXPECT_EQ(report["all"]["target_met"], 1);
    EXPECT_EQ(report["lines"][0]["name"], "M1");
    EXPECT_THAT(dispatch({"attendance"}).output, HasSubstr("LIB Otley Library"));
    const auto file = m_folder / "attendance.csv";
    expectGood({"attendance", "--by", "job", "--out", file.string()});
    std::ifstream written{file};
    std::string line;
    std::getline(written, line);
    std::getline(written, line);
    EXPECT_THAT(line, HasSubstr("1,LIB,Otley Library,,Door found open,2,M1,finished"));
    EXPECT_EQ(run({"audit", "verify"}).exitCode, 0);
}

TEST_F(DispatchCommandTest, KeysGoOutOnceAndComeBack) {
    EXPECT_EQ(json({"keys", "import", "-"}, "tag,premises,opens\nK-1,LIB,Front\nK-2,LIB,Back\n")["added"], 2);
    EXPECT_EQ(dispatch({"keys", "add", "OTLEY-1", "--premises", "LIB", "--opens", "x"}).exitCode, 1);
    expectGood({"keys", "issue", "K-1", "--to", "J. Hall, pass seen", "--why", "lock", "--hours", "4"});
    EXPECT_THAT(dispatch({"keys", "issue", "K-1", "--unit", "M1", "--why", "x"}).output,
                HasSubstr("J. Hall, pass seen has them since"));
    EXPECT_EQ(json({"keys", "list", "--out"}).size(), 1U);
    EXPECT_EQ(json({"keys", "list", "LIB"}).size(), 2U);
    EXPECT_THAT(dispatch({"keys", "extend", "K-1", "--due", "2099-01-01T00:00", "--why", "x"}).output,
                HasSubstr("within 90 days"));
    expectGood({"keys", "extend", "K-1", "--hours", "9", "--why", "he waits for a part"});
    expectGood({"keys", "return", "K-1", "--damage", "one is bent"});
    expectGood({"keys", "lost", "K-2", "not on its hook, premises told"});
    expectGood({"keys", "found", "K-2", "on hook B 2"});
    expectGood({"keys", "move", "K-2", "B 2"});
    expectGood({"keys", "withdraw", "K-2", "--why", "given back"});
    EXPECT_THAT(dispatch({"keys", "history", "K-1"}).output, HasSubstr("NOT all there: one is bent"));
    EXPECT_EQ(json({"keys", "history", "K-2"}).size(), 5U);
    EXPECT_THAT(dispatch({"keys", "export"}).output, HasSubstr("K-2,LIB,Back,1,B 2,withdrawn"));
    EXPECT_EQ(run({"audit", "verify"}).exitCode, 0);
}

TEST_F(DispatchCommandTest, UnitsComeAndGo) {
    expectGood({"units", "add", "M2"});
    EXPECT_THAT(dispatch({"units", "on", "M2", "--officer", "2"}).output, HasSubstr("Kim Lee has no licence entered"));
    expectGood({"units", "on", "M2", "--officer", "2", "--though-unlicensed", "in-house, needs none"});
    EXPECT_THAT(dispatch({"units", "history", "M2"}).output, HasSubstr("in-house, needs none"));
    expectGood({"units", "status", "M2", "unavailable", "--why", "puncture"});
    EXPECT_EQ(dispatch({"jobs", "add", "--place", "Bridge", "--reason", "x", "--unit", "M2"}).exitCode, 1);
    expectGood({"units", "status", "M2", "available"});
    expectGood({"jobs", "add", "--place", "Bridge", "--reason", "x", "--unit", "M2"});
    expectGood({"jobs", "assign", "1", "M1", "--why", "nearer"});
    expectGood({"jobs", "stand-down", "1", "--why", "fire elsewhere"});
    expectGood({"jobs", "assign", "1", "M1"});
    EXPECT_EQ(dispatch({"units", "off", "M1"}).exitCode, 1);
    expectGood({"units", "off", "M1", "--why", "accident"});
    expectGood({"jobs", "note", "1", "caller rang again"});
    expectGood({"jobs", "cancel", "1", "--why", "all well"});
    expectGood({"units", "change", "M1", "--call-sign", "M7", "--check-in", "0"});
    expectGood({"units", "retire", "M7"});
    expectGood({"officers", "retire", "1"});
    expectGood({"officers", "change", "2", "--licence", "9999 0000 9999 0000", "--expires", "2099-01-01"});
    EXPECT_TRUE(json({"officers", "list"})[0]["licence_holds"]);
    EXPECT_EQ(run({"audit", "verify"}).exitCode, 0);
}

TEST_F(DispatchCommandTest, WhatIsWrongIsNamed) {
    EXPECT_THAT(dispatch({"units", "on", "M9"}).output, HasSubstr("there is no unit 'M9'"));
    EXPECT_THAT(dispatch({"jobs", "show", "77"}).output, HasSubstr("there is no job 77"));
    EXPECT_THAT(dispatch({"jobs", "add", "--premises", "NO", "--reason", "x"}).output,
                HasSubstr("there are no premises 'NO'"));
    EXPECT_THAT(dispatch({"keys", "issue", "K-9", "--to", "x", "--why", "x", "--due", "2099-01-01T00:00"}).output,
                HasSubstr("no keys with the tag K-9"));
    EXPECT_EQ(dispatch({"jobs", "add", "--premises", "LIB", "--place", "x", "--reason", "x"}).exitCode, 2);
    EXPECT_EQ(dispatch({"attendance", "--from", "2027-01-02T00:00", "--to", "2027-01-01T00:00"}).exitCode, 1);
}

}  // namespace
}  // namespace leedswatch::tests

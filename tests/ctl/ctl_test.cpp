#include "analytics/motion_journal.h"
#include "analytics/quality_history.h"
#include "analytics/watched_times.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/local_time.h"
#include "estate/camera_registry.h"
#include "estate/stream_measurements.h"
#include "store/database.h"
#include "store/sqlite_connection.h"
#include "support/child_process.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <fstream>

using namespace leedswatch;
using leedswatch::tests::Finished;
using leedswatch::tests::TemporaryFolder;
using testing::HasSubstr;
using testing::Not;

namespace {

class CtlTest : public testing::Test {
protected:
    Finished run(std::vector<std::string> arguments, const std::string& input = "") {
        arguments.insert(arguments.begin(), LEEDSWATCHCTL);
        arguments.insert(arguments.end(), {"--data", data()});
        return tests::runProgram(arguments, input);
    }
    nlohmann::json json(std::vector<std::string> arguments) {
        arguments.emplace_back("--json");
        return nlohmann::json::parse(run(std::move(arguments)).output, nullptr, false);
    }
    std::string data() { return (m_folder / "data").string(); }
    void init() { ASSERT_EQ(run({"init", "--admin", "ann"}, "long enough words\n").exitCode, 0); }

    TemporaryFolder m_folder;
};

TEST_F(CtlTest, WithoutADataFolderItSaysHowToMakeOne) {
    const auto finished = run({"log", "list"});
    EXPECT_EQ(finished.exitCode, 1);
    EXPECT_THAT(finished.output, HasSubstr("there is no data folder at " + data()));
    EXPECT_THAT(finished.output, HasSubstr("leedswatchctl init"));
}

TEST_F(CtlTest, AWrongCommandLineEndsWithTwo) {
    EXPECT_EQ(run({}).exitCode, 2);
    EXPECT_EQ(run({"nonsense"}).exitCode, 2);
    EXPECT_EQ(run({"users", "add", "bob", "--role", "king"}).exitCode, 2);
    EXPECT_EQ(run({"--help"}).exitCode, 0);
}

TEST_F(CtlTest, ARecordingThatCannotBeTranscodedIsNamed) {
    const auto missing = run({"transcode", (m_folder / "none.mpg").string(), (m_folder / "new.mp4").string()});
    EXPECT_EQ(missing.exitCode, 1);
    EXPECT_THAT(missing.output, HasSubstr("none.mpg"));
    std::ofstream{m_folder / "letter.mpg"} << "dear Sir";
    const auto letter = run({"transcode", (m_folder / "letter.mpg").string(), (m_folder / "new.mp4").string()});
    EXPECT_EQ(letter.exitCode, 1);
    EXPECT_THAT(letter.output, HasSubstr("letter.mpg"));
    EXPECT_FALSE(std::filesystem::exists(m_folder / "new.mp4"));
    EXPECT_EQ(run({"transcode", "one.mpg"}).exitCode, 2);
    EXPECT_EQ(run({"transcode", "one.mpg", "two.mp4", "--rate", "double"}).exitCode, 2);
}

TEST_F(CtlTest, TamperInAFilmThatIsNoneIsAnErrorAndNoDocument) {
    const auto missing = run({"tamper", "events", (m_folder / "nowhere.mp4").string()});
    EXPECT_EQ(missing.exitCode, 1);
    EXPECT_THAT(missing.output, HasSubstr("nowhere.mp4"));
    EXPECT_THAT(missing.output, Not(HasSubstr("events\"")));
    EXPECT_EQ(run({"tamper", "events"}).exitCode, 2);
}

TEST_F(CtlTest, OptionsMayStandBeforeAndBehindTheCommand) {
    init();
    for (const auto& arguments : std::vector<std::vector<std::string>>{{"--data", data(), "--json", "users", "list"},
                                                                       {"users", "--data", data(), "list", "--json"}}) {
        auto full = arguments;
        full.insert(full.begin(), LEEDSWATCHCTL);
        const auto finished = tests::runProgram(full);
        EXPECT_EQ(finished.exitCode, 0);
        EXPECT_EQ(nlohmann::json::parse(finished.output)[0]["username"], "ann");
    }
}

TEST_F(CtlTest, PeopleAreAddedActAndAreDisabled) {
    init();
    ASSERT_EQ(run({"users", "add", "bob", "--role", "operator"}, "another long secret\n").exitCode, 0);
    EXPECT_THAT(run({"log", "list", "--as", "bob"}, "another long secret\n").output,
                HasSubstr("has to choose a new password first"));
    EXPECT_EQ(run({"users", "password", "bob", "--as", "bob"}, "another long secret\nmy very own words\n").exitCode, 0);
    EXPECT_EQ(run({"log", "add", "a line by bob", "--category", "asb", "--as", "bob"}, "my very own words\n").exitCode,
              0);
    EXPECT_EQ(json({"log", "search", "line"})[0]["author"], "bob");
    EXPECT_THAT(run({"cameras", "export", "--as", "bob"}, "my very own words\n").output,
                HasSubstr("may not manage cameras"));
    EXPECT_EQ(run({"users", "disable", "bob"}).exitCode, 0);
    EXPECT_EQ(run({"log", "list", "--as", "bob"}, "my very own words\n").exitCode, 1);
    EXPECT_EQ(run({"users", "disable", "ann"}).exitCode, 1);
}

TEST_F(CtlTest, APasswordMayComeFromAFile) {
    ASSERT_TRUE(base::replaceFile(m_folder / "secret", "long enough words\n", 0600));
    EXPECT_EQ(run({"init", "--admin", "ann", "--password-file", (m_folder / "secret").string()}).exitCode, 0);
    EXPECT_EQ(run({"log", "list", "--as", "ann"}, "long enough words\n").exitCode, 0);
    EXPECT_THAT(run({"init", "--admin", "eve"}, "long enough words\n").output, HasSubstr("has people already"));
}

TEST_F(CtlTest, CamerasGoInAndComeOut) {
    init();
    const std::string csv = "number,name,main_url\n12,Briggate,rtsp://u:p@10.0.0.1/main\n";
    EXPECT_THAT(run({"cameras", "import", "-"}, csv).output, HasSubstr("1 added"));
    EXPECT_EQ(json({"cameras", "list"})[0]["number"], 12);
    EXPECT_THAT(run({"cameras", "export"}).output, HasSubstr("12,Briggate,,rtsp://10.0.0.1/main,,u,yes,31"));
    const auto wrong = run({"cameras", "import", "-"}, "number,name\n1,A\n");
    EXPECT_EQ(wrong.exitCode, 1);
    EXPECT_THAT(wrong.output, HasSubstr("nothing was imported from standard input: line 1: the column 'main_url'"));
    EXPECT_THAT(run({"cameras", "import", "/no/such/file.csv"}).output, HasSubstr("/no/such/file.csv"));
}

TEST_F(CtlTest, TheListOfCamerasSaysWhatIsWrongWithEach) {
    init();
    const std::string csv =
        "number,name,main_url,site,enabled\n12,Briggate,rtsp://10.0.0.1/main,Centre,yes\n"
        "1042,Park Square,rtsp://10.0.0.2/main,,yes\n7,Old Mill,rtsp://10.0.0.3/main,,no\n";
    ASSERT_EQ(run({"cameras", "import", "-"}, csv).exitCode, 0);
    {
        base::SystemClock clock;
        const auto database = store::Database::open(data(), clock).value();
        estate::CameraRegistry registry{*database};
        const auto briggate = registry.find(12).value().id;
        ASSERT_TRUE(registry.setStatuses(
            {{briggate, estate::CameraState::Live, estate::LossCause::Storage, "not recorded: the disk is full", {}}}));
        estate::StreamMeasurement main;
        main.camera = briggate;
        main.codec = "h264";
        main.width = 704;
        main.milliPicturesPerSecond = 24'960;
        main.mended.wrapped = 1;
        ASSERT_TRUE(estate::StreamMeasurements{*database}.write(
            {main}, {{briggate, base::Microseconds{3'600'120'000}, base::fromStored(1'700'000'000'000'000)}}));
    }
    const auto unwatched = run({"cameras", "list"}).output;
    EXPECT_THAT(unwatched,
                HasSubstr("unknown   none   -      Briggate     Centre  no station runs: nothing is recorded"));
    EXPECT_THAT(unwatched, Not(HasSubstr("live"))) << "what was known last is not known any more";
    std::filesystem::create_directories(std::filesystem::path{data()} / "run");
    const auto station = base::FileLock::acquire(std::filesystem::path{data()} / "run" / "station.lock");
    ASSERT_TRUE(station);
    EXPECT_EQ(run({"cameras", "list"}).output,
              "NUMBER  STATE     CAUSE    CLOCK      NAME         SITE    MESSAGE\n"
              "7       disabled  none     -          Old Mill     -       -\n"
              "12      live      storage  +3600.1 s  Briggate     Centre  not recorded: the disk is full\n"
              "1042    unknown   none     -          Park Square  -       -\n");
    const auto listed = json({"cameras", "list"})[1];
    EXPECT_EQ(listed["state"], "live");
    EXPECT_EQ(listed["cause"], "storage");
    EXPECT_EQ(listed["message"], "not recorded: the disk is full");
    EXPECT_EQ(listed["transport"], "automatic");
    EXPECT_EQ(listed["audio"], false);
    EXPECT_EQ(listed["clock_offset_ms"], 3'600'120);
    EXPECT_EQ(listed["clock_measured"], "2023-11-14T22:13:20.000000Z");
    EXPECT_EQ(listed["streams"][0]["codec"], "h264");
    EXPECT_EQ(listed["streams"][0]["pictures_per_second"], 24.96);
    EXPECT_EQ(listed["streams"][0]["lost_packets"], nullptr) << "it cannot lose any";
    EXPECT_EQ(listed["streams"][0]["mended_times"]["wrapped"], 1);
}

TEST_F(CtlTest, AnAmbiguousTimeIsRefusedWithBothReadings) {
    init();
    const auto finished = run({"log", "list", "--from", "2026-10-25T01:30:00"});
    EXPECT_EQ(finished.exitCode, 1);
    EXPECT_THAT(finished.output, HasSubstr("+01:00"));
    EXPECT_THAT(finished.output, HasSubstr("+00:00"));
}

TEST_F(CtlTest, VerifyIsGoodUntilSomebodyTouchesTheFile) {
    init();
    ASSERT_EQ(run({"log", "add", "--category", "asb", "grey coat seen"}).exitCode, 0);
    ASSERT_EQ(run({"audit", "checkpoint", "--output", (m_folder / "kept").string()}).exitCode, 0);
    const auto sound = run({"audit", "verify", "--checkpoint", (m_folder / "kept").string()});
    EXPECT_EQ(sound.exitCode, 0) << sound.output;
    EXPECT_THAT(sound.output, HasSubstr("The audit log is sound"));
    {
        const auto sql = store::openConnection(m_folder / "data/leedswatch.db", store::Access::ReadWrite).value();
        store::executeScript(*sql,
                             "DROP TRIGGER log_line_is_never_changed;"
                             "UPDATE log_line SET text = 'gray coat seen'");
    }
    const auto wrong = run({"audit", "verify"});
    EXPECT_EQ(wrong.exitCode, 1);
    EXPECT_THAT(wrong.output, HasSubstr("(row 1) is not what audit event 2 vouches for"));
    EXPECT_EQ(json({"audit", "verify"})["sound"], false);
}

TEST_F(CtlTest, CamerasAreWatchedForMotionAndWhatIsNotNamedStays) {
    init();
    ASSERT_EQ(run({"cameras", "import", "-"},
                  "number,name,main_url\n3,Gate,rtsp://10.0.0.3/a\n12,Briggate,rtsp://10.0.0.4/a\n"
                  "14,Lane,rtsp://10.0.0.5/a\n")
                  .exitCode,
              0);
    EXPECT_THAT(run({"motion", "plan", "list"}).output, HasSubstr("No camera is watched for motion."));
    const std::string yard = "0,5000 10000,5000 10000,10000 0,10000";
    ASSERT_EQ(run({"motion", "plan", "set", "--camera", "3,10-20", "--include", yard, "--exclude", "0,0 900,0 900,900",
                   "--sensitivity", "70", "--least-height", "900", "--least-height-far", "200", "--armed",
                   "Sat,Sun 22:00-06:00", "--no-recording"})
                  .exitCode,
              0);
    ASSERT_EQ(run({"motion", "plan", "set", "--camera", "12", "--off", "--night-sensitivity", "30"}).exitCode, 0);
    const auto plans = json({"motion", "plan", "list"})["plans"];
    ASSERT_EQ(plans.size(), 3U);
    EXPECT_EQ(plans[0]["camera"], 3);
    EXPECT_EQ(plans[0]["night"], plans[0]["day"]) << "a new plan's night is as its day";
    EXPECT_EQ(plans[1]["camera"], 12);
    EXPECT_EQ(plans[1]["on"], false);
    EXPECT_EQ(plans[1]["zones"].size(), 2U);
    EXPECT_EQ(plans[1]["zones"][1]["kind"], "exclude");
    EXPECT_EQ(plans[1]["day"]["sensitivity"], 70);
    EXPECT_EQ(plans[1]["day"]["least_height_far"], 200);
    EXPECT_EQ(plans[1]["night"]["sensitivity"], 30);
    EXPECT_EQ(plans[1]["night"]["least_height"], 900);
    EXPECT_EQ(plans[1]["armed"], "Sat,Sun 22:00-06:00");
    EXPECT_EQ(plans[1]["starts_recording"], false);
    EXPECT_THAT(run({"motion", "plan", "list"}).output, HasSubstr("Sat,Sun 22:00-06:00"));
    ASSERT_EQ(run({"motion", "plan", "set", "--camera", "12", "--on", "--no-zones", "--armed", ""}).exitCode, 0);
    const auto again = json({"motion", "plan", "list"})["plans"][1];
    EXPECT_EQ(again["on"], true);
    EXPECT_TRUE(again["zones"].empty());
    EXPECT_EQ(again["armed"], "");
    EXPECT_EQ(run({"audit", "verify"}).exitCode, 0);
}

TEST_F(CtlTest, AMotionPlanThatCannotBeIsRefusedAndSaysWhatIsWrong) {
    init();
    ASSERT_EQ(run({"cameras", "import", "-"}, "number,name,main_url\n12,Briggate,rtsp://10.0.0.4/a\n").exitCode, 0);
    const auto refused = [&](std::vector<std::string> options) {
        options.insert(options.begin(), {"motion", "plan", "set"});
        const auto finished = run(options);
        EXPECT_EQ(finished.exitCode, 1) << finished.output;
        return finished.output;
    };
    EXPECT_THAT(refused({"--camera", "13"}), HasSubstr("there is no camera 13"));
    EXPECT_THAT(refused({"--camera", "12,20-30"}), HasSubstr("there are no cameras 20-30"));
    EXPECT_THAT(refused({"--camera", "12,x"}), HasSubstr("'x' names no camera"));
    EXPECT_THAT(refused({"--camera", "30-20"}), HasSubstr("'30-20' names no camera"));
    EXPECT_THAT(refused({"--camera", "12", "--include", "0,0 9000,9000 9000,0 0,9000"}),
                HasSubstr("motion zone 1 has an outline that crosses itself"));
    EXPECT_THAT(refused({"--camera", "12", "--include", "0;0"}), HasSubstr("ten-thousandths"));
    EXPECT_THAT(refused({"--camera", "12", "--sensitivity", "101"}), HasSubstr("it goes from 1 to 100"));
    EXPECT_THAT(refused({"--camera", "12", "--least-height", "3"}), HasSubstr("50 to 10000"));
    EXPECT_THAT(refused({"--camera", "12", "--schedule", "Funday 1-2"}), HasSubstr("Funday"));
    EXPECT_EQ(run({"motion", "plan", "set", "--camera", "12", "--on", "--off"}).exitCode, 2);
    EXPECT_EQ(run({"motion", "plan", "set"}).exitCode, 2);
    EXPECT_TRUE(json({"motion", "plan", "list"})["plans"].empty()) << "nothing of it was written";
}

TEST_F(CtlTest, HowGoodAPictureWasIsListedByPeriod) {
    init();
    ASSERT_EQ(run({"cameras", "import", "-"}, "number,name,main_url\n12,Briggate,rtsp://10.0.0.4/a\n").exitCode, 0);
    EXPECT_THAT(run({"cameras", "quality", "--camera", "12"}).output, HasSubstr("There is no reading"));
    const base::UtcTime noon = base::parseTime("2026-06-01T12:00:00Z").value();
    {
        base::SystemClock clock;
        const auto database = store::Database::open(data(), clock).value();
        const auto camera = estate::CameraRegistry{*database}.find(12).value();
        const analytics::PictureQuality quality{0.125, 0.5, 0.02, 0.2, 2.5, 1, 0, -1};
        ASSERT_TRUE(analytics::QualityHistory{*database}.add(
            {{camera.id, noon, quality}, {camera.id, noon + std::chrono::hours{1}, quality}}));
    }
    const auto readings = json({"cameras", "quality", "--camera", "12", "--from", "2026-06-01T11:00:00Z", "--to",
                                "2026-06-01T13:00:00Z"})["readings"];
    ASSERT_EQ(readings.size(), 1U);
    EXPECT_EQ(readings[0]["time"], "2026-06-01T12:00:00.000000Z");
    EXPECT_EQ(readings[0]["sharpness"], 0.125);
    EXPECT_EQ(readings[0]["cast"]["blue"], -1);
    EXPECT_THAT(run({"cameras", "quality", "--camera", "12", "--from", "2026-06-01T11:00:00Z"}).output,
                HasSubstr("2026-06-01 14:00:00 BST"));
    EXPECT_THAT(run({"cameras", "quality", "--camera", "13"}).output, HasSubstr("camera 13 is not in the estate"));
    EXPECT_EQ(run({"cameras", "quality"}).exitCode, 2);
}

TEST_F(CtlTest, WhatMovedIsListedAndSearchedByRegionAndPeriod) {
    init();
    ASSERT_EQ(run({"cameras", "import", "-"}, "number,name,main_url\n12,Briggate,rtsp://10.0.0.4/a\n").exitCode, 0);
    const base::UtcTime noon = base::parseTime("2026-06-01T12:00:00Z").value();
    {
        base::SystemClock clock;
        const auto database = store::Database::open(data(), clock).value();
        const auto camera = estate::CameraRegistry{*database}.find(12).value();
        std::vector<analytics::RecordedMotion> events(1);
        events[0].camera = camera.id;
        events[0].from = events[0].peak = noon;
        events[0].until = noon + std::chrono::seconds{4};
        events[0].peakShare = 250;
        events[0].isOver = true;
        analytics::ActivitySpan span;
        span.add(analytics::ActivitySpan::secondOf(noon), analytics::ActivityGrid{}.set(0));
        ASSERT_TRUE(analytics::MotionJournal{*database}.write(
            events, {{{camera.id, analytics::ActivitySpan::spanOf(noon)}, span}}));
        ASSERT_TRUE(analytics::WatchedTimes{*database}.note({{camera.id, {noon, noon + std::chrono::minutes{30}}}}));
    }
    const std::vector<std::string> day{"--camera", "12", "--from", "2026-06-01 12:00", "--to", "2026-06-01 14:00"};
    const auto with = [&](std::vector<std::string> arguments) {
        arguments.insert(arguments.begin() + 2, day.begin(), day.end());
        return arguments;
    };
    EXPECT_THAT(run(with({"motion", "list"})).output, HasSubstr("2.5 %"));
    EXPECT_EQ(json(with({"motion", "list"}))["events"][0]["peak_share"], 0.025);
    const auto found = json(with({"motion", "search"}));
    ASSERT_EQ(found["moments"].size(), 1U);
    EXPECT_EQ(found["moments"][0]["from"], base::formatUtc(noon));
    EXPECT_EQ(found["watched_h"], 0.5);
    EXPECT_THAT(run(with({"motion", "search", "--region", "5000,5000 9000,5000 9000,9000"})).output,
                HasSubstr("Nothing is known to have moved there."));
    EXPECT_THAT(run(with({"motion", "search", "--region", "5000,5000 9000;5000"})).output,
                HasSubstr("'9000;5000' is no corner"));
    EXPECT_THAT(run(with({"motion", "search", "--region", "5000,5000"})).output, HasSubstr("takes three corners"));
    EXPECT_THAT(
        run({"motion", "search", "--camera", "12", "--from", "2026-06-02 12:00", "--to", "2026-06-01 12:00"}).output,
        HasSubstr("before it begins"));
    EXPECT_THAT(run({"motion", "list", "--camera", "13"}).output, HasSubstr("camera 13 is not in the estate"));
}

TEST_F(CtlTest, WhatKeepsCamerasFromSeeingIsListedAndAnEngineerAcceptsTheView) {
    init();
    ASSERT_EQ(run({"cameras", "import", "-"},
                  "number,name,main_url\n3,Gate,rtsp://10.0.0.3/a\n12,Briggate,rtsp://10.0.0.4/a\n")
                  .exitCode,
              0);
    EXPECT_THAT(run({"tamper", "list"}).output, HasSubstr("There is no tamper."));
    {
        const base::SystemClock clock;
        const auto database = store::Database::open(data(), clock).value();
        ASSERT_TRUE(database->write([](store::Transaction& transaction) -> base::Result<void> {
            transaction.sql()
                << "INSERT INTO tamper_event (camera_id, kind, from_time, until_time, ended_by, before_still) SELECT "
                   "id, 'black', 1795300000000000, 1795300060000000, 'view-back', '' FROM camera WHERE number = 3";
            transaction.sql()
                << "INSERT INTO tamper_event (camera_id, kind, from_time, before_still) SELECT id, "
                   "'covered', 1795317127000000, 'tamper/0012/x-before.png' FROM camera WHERE number = 12";
            return {};
        }));
    }
    EXPECT_THAT(run({"tamper", "list"}).output, HasSubstr("2026-11-22 03:12:07 GMT"));
    const auto events = json({"tamper", "list"})["events"];
    ASSERT_EQ(events.size(), 2U);
    EXPECT_EQ(events[0]["camera"], 3);
    EXPECT_EQ(events[0]["ended_by"], "view-back");
    EXPECT_EQ(events[0]["before"], nullptr);
    EXPECT_EQ(events[1]["kind"], "covered");
    EXPECT_EQ(events[1]["until"], nullptr);
    EXPECT_EQ(events[1]["before"], data() + "/tamper/0012/x-before.png");
    EXPECT_EQ(json({"tamper", "list", "--camera", "3"})["events"].size(), 1U);
    EXPECT_EQ(json({"tamper", "list", "--to", "2026-11-22T03:00:00"})["events"].size(), 1U);
    EXPECT_EQ(json({"tamper", "list", "--from", "2026-11-22T03:00:00"})["events"].size(), 1U);
    EXPECT_EQ(json({"tamper", "list", "--lasting"})["events"].size(), 1U);
    EXPECT_THAT(run({"tamper", "list", "--camera", "4"}).output, HasSubstr("4"));
    EXPECT_EQ(run({"tamper", "list", "--camera", "4"}).exitCode, 1);
    EXPECT_EQ(run({"tamper", "list", "--from", "2026-11-22T04:00", "--to", "2026-11-22T03:00"}).exitCode, 1);
    EXPECT_THAT(run({"tamper", "accept", "12"}).output, HasSubstr("The present view of camera 12 is the right one"));
    EXPECT_EQ(json({"tamper", "list", "--camera", "12"})["events"][0]["ended_by"], "accepted");
    EXPECT_EQ(run({"tamper", "accept", "99"}).exitCode, 1);
    EXPECT_EQ(run({"tamper", "accept"}).exitCode, 2);
    EXPECT_EQ(run({"tamper", "watch", "3,12", "--off"}).exitCode, 0);
    EXPECT_EQ(run({"tamper", "watch", "3,12"}).exitCode, 1);
    EXPECT_EQ(run({"audit", "verify"}).exitCode, 0);
}

TEST_F(CtlTest, TheArchivesLifeIsSetUpShownAndAudited) {
    init();
    std::filesystem::create_directories(m_folder / "disk2");
    std::ofstream{m_folder / "cameras.csv"} << "number,name,main_url\n12,Briggate,rtsp://127.0.0.1:9/x\n";
    ASSERT_EQ(run({"cameras", "import", m_folder / "cameras.csv"}).exitCode, 0);
    EXPECT_EQ(json({"archive", "volumes", "list"})["volumes"][0]["name"], "main");
    EXPECT_EQ(run({"archive", "volumes", "add", "north", "--path", m_folder / "disk2"}).exitCode, 0);
    EXPECT_TRUE(std::filesystem::exists(m_folder / "disk2" / ".leedswatch-volume"));
    EXPECT_EQ(run({"archive", "volumes", "move", "north", "--camera", "12"}).exitCode, 0);
    EXPECT_EQ(run({"archive", "volumes", "change", "north", "--enabled", "false"}).exitCode, 1);
    EXPECT_EQ(run({"archive", "hold", "--camera", "12", "--from", "2026-11-21T10:00:00Z", "--to",
                   "2026-11-21T11:00:00Z", "--reason", "robbery"})
                  .exitCode,
              0);
    EXPECT_EQ(json({"archive", "holds"})["holds"][0]["cameras"][0], 12);
    EXPECT_EQ(run({"archive", "release", "1", "--reason", "case closed"}).exitCode, 0);
    EXPECT_TRUE(json({"archive", "holds"})["holds"].empty());
    EXPECT_EQ(run({"archive", "plan", "--camera", "12", "--mode", "schedule"}).exitCode, 1) << "without periods";
    EXPECT_EQ(
        run({"archive", "plan", "--camera", "12", "--mode", "schedule", "--schedule", "Mon 07:00-19:00"}).exitCode, 0);
    EXPECT_EQ(json({"archive", "plan"})["plans"][0]["mode"], "schedule");
    EXPECT_EQ(run({"archive", "record", "--camera", "12", "--seconds", "60"}).exitCode, 0);
    EXPECT_EQ(run({"archive", "record", "--camera", "13"}).exitCode, 1);
    EXPECT_TRUE(json({"archive", "journal"})["deleted"].empty());
    EXPECT_TRUE(json({"archive", "faults"})["faults"].empty());
    EXPECT_EQ(run({"archive", "check"}).exitCode, 0);
    EXPECT_EQ(run({"audit", "verify"}).exitCode, 0);
}

}  // namespace

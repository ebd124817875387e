// The two nights of the year on which the clocks change in Europe/London: a real station, on a machine whose clock says
// it is that night, records a real camera; what it recorded is listed, played and cut.

#include "base/file.h"
#include "base/local_time.h"
#include "estate/camera_registry.h"
#include "live_support/test_camera.h"
#include "station/station.h"
#include "support/child_process.h"
#include "support/stepped_clock.h"
#include "support/temporary_folder.h"
#include "support/wait_until.h"
#include "video/player.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

using namespace leedswatch;
using namespace leedswatch::tests;
using namespace std::chrono_literals;
using testing::HasSubstr;

namespace {

base::UtcTime at(const char* utc) {
    return base::parseTime(utc).value();
}

struct Played {
    base::UtcTime position;
    std::string clock;
};

class ClockChange : public testing::Test {
protected:
    void SetUp() override {
        std::filesystem::create_directory(m_data);
        m_database = store::Database::open(m_data, m_clock).value();
        const auto imported = estate::CameraRegistry{*m_database}.importCsv(
            access::Acting::commandLine(), "number,name,main_url\n7,Old Mill," + m_source.url() + "\n");
        ASSERT_TRUE(imported) << imported.error().message;
        m_camera = estate::CameraRegistry{*m_database}.find(7).value().id;
    }

    /// The machine's clock is set to `begin`, and a station runs until `end` has been recorded.
    void record(base::UtcTime begin, base::UtcTime end) {
        m_clock.step(begin - m_clock.now());
        station::StationSettings settings;
        settings.dataFolder = m_data;
        settings.relayPort = 0;
        const auto station = station::Station::start(settings, m_clock);
        ASSERT_TRUE(station) << station.error().message;
        video::SegmentIndex index{*m_database};
        ASSERT_TRUE(waitUntil([&] { return index.openSegmentOf(m_camera).value() && m_clock.now() > end + 2s; }, 60s));
    }

    [[nodiscard]] Finished ctl(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), {LEEDSWATCH_PROGRAMS "/leedswatchctl", "--data", m_data.string()});
        return runProgram(arguments);
    }

    /// Plays from `instant` for three pictures: each must be later than the one before, by both clocks.
    [[nodiscard]] std::vector<Played> play(base::UtcTime instant) {
        video::SegmentIndex index{*m_database};
        Waiting waiting;
        const auto player =
            video::Player::create(index, m_clock, access::Acting::commandLine(), m_camera,
                                  {{320, 240}, video::PrivacyMask::none(), {}, video::Presentation::Fit::NeverLarger},
                                  [&] { waiting.wake(); })
                .value();
        std::vector<Played> shown;
        std::uint64_t command = player->seek(instant);
        for (int picture = 0; picture < 3; ++picture) {
            EXPECT_TRUE(waiting.until([&] { return player->state().commandsDone >= command; }, 60s));
            const auto position = player->state().position.value_or(base::UtcTime{});
            shown.push_back({position, base::formatLocal(position)});
            command = player->step(1);
        }
        return shown;
    }

    /// What a clip of this range says its first picture is, in London and in UTC.
    [[nodiscard]] std::pair<std::string, base::UtcTime> firstPictureOfClip(const std::string& from,
                                                                           const std::string& to) const {
        const auto folder = m_folder / "clip";
        const auto cut = ctl({"clip", "--camera", "7", "--from", from, "--to", to, "--out", folder.string()});
        EXPECT_EQ(cut.exitCode, 0) << cut.output;
        const auto manifest = nlohmann::json::parse(base::readWholeFile(folder / "manifest.json").value());
        std::filesystem::remove_all(folder);
        const auto& file = manifest.at("files").at(0);
        return {file.at("first_shown_local"), base::parseTime(file.at("first_shown_utc").get<std::string>()).value()};
    }

    void expectAllIsWell() const {
        const auto checked = ctl({"archive", "check"});
        EXPECT_EQ(checked.exitCode, 0) << checked.output;
    }

    SteppedClock m_clock;
    TestCamera m_source;
    TemporaryFolder m_folder;
    const std::filesystem::path m_data = m_folder / "data";
    std::unique_ptr<store::Database> m_database;
    estate::CameraId m_camera{};
};

TEST_F(ClockChange, InAutumnBothHalfPastOnesAreRecordedListedPlayedAndCutEachByItself) {
    record(at("2026-10-25T00:29:57Z"), at("2026-10-25T00:30:03Z"));
    record(at("2026-10-25T00:59:57Z"), at("2026-10-25T01:00:03Z"));
    record(at("2026-10-25T01:29:57Z"), at("2026-10-25T01:30:03Z"));

    const auto listed = ctl({"archive", "list", "--camera", "7"}).output;
    for (const char* begin : {"  2026-10-25 01:29:5", "  2026-10-25 01:59:5"}) {
        EXPECT_THAT(listed, HasSubstr(begin));
    }
    for (const auto& [zone, other] : {std::pair{"BST", "GMT"}, std::pair{"GMT", "BST"}}) {
        const std::string begin = std::string{"2026-10-25 01:30 "} + zone;
        const std::string end = std::string{"2026-10-25 01:40 "} + zone;
        const auto half = ctl({"archive", "list", "--camera", "7", "--from", begin, "--to", end}).output;
        const std::string aroundHalfPast = "01:(29:5|30:0). ";
        EXPECT_THAT(half, HasSubstr("Camera 7 Old Mill: 1 files")) << listed;
        EXPECT_THAT(half, testing::ContainsRegex("2026-10-25 " + aroundHalfPast + zone));
        EXPECT_THAT(half, Not(testing::ContainsRegex(aroundHalfPast + other))) << "an hour apart";
    }

    for (const char* half : {"2026-10-25 01:30:01 BST", "2026-10-25 01:30:01 GMT"}) {
        const auto wanted = base::parseTime(half).value();
        const auto shown = play(wanted);
        EXPECT_EQ(shown.front().clock.substr(0, 18), std::string{half}.substr(0, 18));
        EXPECT_EQ(shown.front().clock.substr(20), std::string{half}.substr(20));
        EXPECT_LE(shown.front().position, wanted);
        EXPECT_LT(wanted - shown.front().position, 100ms);
        EXPECT_LT(shown[0].position, shown[1].position);
        EXPECT_LT(shown[1].position, shown[2].position);
        const auto [local, utc] = firstPictureOfClip(half, base::formatUtc(wanted + 2s));
        EXPECT_EQ(local.substr(20 + 4), std::string{half}.substr(20)) << local;
        EXPECT_GE(utc, wanted);
        EXPECT_LT(utc - wanted, 100ms);
    }
    const auto refused = ctl({"clip", "--camera", "7", "--from", "2026-10-25 01:30:01", "--to", "2026-10-25 01:30:02",
                              "--out", (m_folder / "none").string()});
    EXPECT_EQ(refused.exitCode, 1);
    EXPECT_THAT(refused.output, HasSubstr("happens twice"));
    expectAllIsWell();
}

TEST_F(ClockChange, InAutumnPlayingGoesOverTheMomentOfTheChangeWithoutAGap) {
    record(at("2026-10-25T00:59:56Z"), at("2026-10-25T01:00:04Z"));
    const auto change = at("2026-10-25T01:00:00Z");
    const auto before = play(change - 1ms);
    EXPECT_THAT(before.front().clock, HasSubstr("2026-10-25 01:59:59 BST"));
    EXPECT_THAT(before.back().clock, HasSubstr("2026-10-25 01:00:00 GMT"));
    EXPECT_LT(before.back().position - before.front().position, 200ms);
    const auto [local, utc] = firstPictureOfClip("2026-10-25 01:59:59 BST", "2026-10-25 01:00:01 GMT");
    EXPECT_THAT(local, HasSubstr("01:59:59"));
    EXPECT_LT(utc, change);
    expectAllIsWell();
}

TEST_F(ClockChange, InSpringTheHourThatIsSkippedIsNoGap) {
    record(at("2027-03-28T00:59:56Z"), at("2027-03-28T01:00:04Z"));
    const auto change = at("2027-03-28T01:00:00Z");
    const auto shown = play(change - 1ms);
    EXPECT_THAT(shown.front().clock, HasSubstr("2027-03-28 00:59:59 GMT"));
    EXPECT_THAT(shown.back().clock, HasSubstr("2027-03-28 02:00:00 BST"));
    EXPECT_LT(shown.back().position - shown.front().position, 200ms);

    const auto listed = ctl({"archive", "list", "--camera", "7"}).output;
    EXPECT_THAT(listed, testing::ContainsRegex("2027-03-28 00:59:5. GMT"));
    EXPECT_THAT(listed, Not(HasSubstr(" 01:")));
    const auto [local, utc] = firstPictureOfClip("2027-03-28 00:59:59", "2027-03-28 02:00:01");
    EXPECT_THAT(local, HasSubstr("00:59:59"));
    EXPECT_LT(change - utc, 1001ms);
    const auto refused = ctl({"clip", "--camera", "7", "--from", "2027-03-28 01:30", "--to", "2027-03-28 02:00:01",
                              "--out", (m_folder / "none").string()});
    EXPECT_EQ(refused.exitCode, 1);
    EXPECT_THAT(refused.output, HasSubstr("does not exist, because the clocks go forward"));
    expectAllIsWell();
}

}  // namespace

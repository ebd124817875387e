#include "analytics/motion_run.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace leedswatch::analytics {
namespace {

class MotionFootage : public ::testing::Test {
protected:
    void SetUp() override {
        const char* folder = std::getenv("LEEDSWATCH_FOOTAGE");
        if (folder == nullptr || !std::filesystem::exists(std::filesystem::path{folder} / "truth.json")) {
            GTEST_SKIP() << "There is no real footage here: LEEDSWATCH_FOOTAGE names no folder with truth.json in it.";
        }
        m_folder = folder;
        m_truth = nlohmann::json::parse(std::ifstream{m_folder / "truth.json"});
    }
    std::vector<MotionEvent> eventsOf(const std::string& clip, const std::vector<PixelZone>& zones = {}) {
        const auto events = findMotion(m_folder / clip, {}, zones, std::stop_token{}, [](double, auto) {});
        EXPECT_TRUE(events) << (events ? "" : events.error().message);
        return events.value_or(std::vector<MotionEvent>{});
    }
    /// That there is an event for each of those periods (in pictures), begun within half a second of it, and no other.
    void expectEvents(const std::vector<MotionEvent>& events, const nlohmann::json& periods, double rate) {
        ASSERT_EQ(events.size(), periods.size());
        for (std::size_t i = 0; i < events.size(); ++i) {
            EXPECT_NEAR(events[i].start, periods[i][0].get<int>() / rate, 0.5) << "event " << i;
            EXPECT_LE(events[i].end, periods[i][1].get<int>() / rate + 0.5) << "event " << i;
        }
    }

    std::filesystem::path m_folder;
    nlohmann::json m_truth;
};

TEST_F(MotionFootage, EachCarOfTheCarParkIsFoundAndNothingElse) {
    const auto& truth = m_truth["cam/intel/car-detection.mp4"];
    expectEvents(eventsOf("cam/intel/car-detection.mp4"), truth["object_present_frames"], truth["fps"]);
}

TEST_F(MotionFootage, EachPassThroughARegionOfTheMotorwayIsFoundAndNothingElse) {
    const auto& truth = m_truth["cam/dvrscan/traffic_camera.mp4"];
    const auto& roi = truth["roi_xyxy"];
    const int left = roi[0];
    const int top = roi[1];
    const int right = roi[2];
    const int bottom = roi[3];
    const PixelZone zone{MotionZone::Kind::Include, {{left, top}, {right, top}, {right, bottom}, {left, bottom}}};
    const auto events = eventsOf("cam/dvrscan/traffic_camera.mp4", {zone});
    expectEvents(events, truth["events_dvrscan_baseline"], truth["fps"]);
    for (const auto& pass : truth["vehicle_passes_frames"]) {
        const double from = pass[0].get<int>() / 25.0;
        const double until = pass[1].get<int>() / 25.0;
        EXPECT_TRUE(std::ranges::any_of(events, [&](const MotionEvent& event) {
            return event.start < until + 0.5 && event.end > from - 0.5;
        })) << from;
    }
}

TEST_F(MotionFootage, TheSunComingOutIsNoEvent) {
    EXPECT_TRUE(eventsOf("cam/dvrscan/issue53_brightness_change.avi").empty());
}

TEST_F(MotionFootage, AStreetIsQuietUntilSomebodyComes) {
    const auto events = eventsOf("cam/pjunhyuk/test_video_01f.mov");
    ASSERT_FALSE(events.empty());
    EXPECT_NEAR(events.front().start, m_truth["cam/pjunhyuk/test_video_01f.mov"]["first_object_s"].get<double>(), 0.5);
    EXPECT_GT(events.back().end, 29.5);
}

}  // namespace
}  // namespace leedswatch::analytics

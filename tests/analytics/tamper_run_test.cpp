#include "analytics/tamper_run.h"

#include "support/temporary_folder.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>

namespace leedswatch::analytics {
namespace {

using ::testing::HasSubstr;

base::Result<TamperReport> reportOn(const std::filesystem::path& film) {
    return findTamper(film, std::stop_token{}, [](double) {});
}

TEST(TamperRun, AFilmThatIsNotThereIsNamed) {
    const auto report = reportOn("nowhere.mp4");
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, base::ErrorCode::NotFound);
    EXPECT_THAT(report.error().message, HasSubstr("nowhere.mp4"));
}

TEST(TamperRun, AFileThatIsNoFilmIsNamed) {
    const leedswatch::tests::TemporaryFolder folder;
    for (const char* content : {"", "not a film at all"}) {
        std::ofstream{folder.path() / "film.mp4"} << content;
        const auto report = reportOn(folder.path() / "film.mp4");
        ASSERT_FALSE(report);
        EXPECT_THAT(report.error().message, HasSubstr("film.mp4"));
    }
}

TEST(TamperRun, StillsAreWrittenUnderTheFilmsNameAndTheKind) {
    const leedswatch::tests::TemporaryFolder folder;
    const cv::Mat still(cv::Size{32, 24}, CV_8UC3, cv::Scalar{10, 20, 30});
    const TamperReport report{{{TamperKind::Moved, 1, 2, still, still}, {TamperKind::Black, 3, {}, {}, still}}, 4};
    const auto stills = folder.path() / "stills";
    ASSERT_TRUE(writeStills(report, "gate", stills));
    EXPECT_TRUE(std::filesystem::exists(stills / "gate-1-moved-before.png"));
    EXPECT_TRUE(std::filesystem::exists(stills / "gate-1-moved-after.png"));
    EXPECT_FALSE(std::filesystem::exists(stills / "gate-2-black-before.png")) << "nothing good was seen before it";
    EXPECT_TRUE(std::filesystem::exists(stills / "gate-2-black-after.png"));
}

TEST(TamperRun, StillsThatCannotBeWrittenAreAnError) {
    const leedswatch::tests::TemporaryFolder folder;
    std::ofstream{folder.path() / "stills"} << "a file";
    EXPECT_FALSE(writeStills({}, "gate", folder.path() / "stills"));
}

std::filesystem::path footage() {
    const char* folder = std::getenv("LEEDSWATCH_FOOTAGE");
    return folder != nullptr ? std::filesystem::path{folder} : std::filesystem::path{"../shared/footage"};
}

class RealCamera : public ::testing::TestWithParam<const char*> {};

TEST_P(RealCamera, WithWhichNobodyTampersHasNoEvent) {
    const auto film = footage() / "cam" / GetParam();
    if (!std::filesystem::exists(film)) {
        GTEST_SKIP() << film << " is not there; set LEEDSWATCH_FOOTAGE to the folder of real footage";
    }
    const auto report = reportOn(film);
    ASSERT_TRUE(report) << report.error().message;
    for (const TamperEvent& event : report->events) {
        ADD_FAILURE() << nameOf(event.kind) << " from " << event.start << " s";
    }
}

INSTANTIATE_TEST_SUITE_P(Clips, RealCamera,
                         ::testing::Values("bgslib/video02.avi", "dvrscan/issue53_brightness_change.avi",
                                           "intel/bottle-detection.mp4", "intel/car-detection.mp4",
                                           "intel_gif/classroom.gif", "lrs/escalator.avi",
                                           "pjunhyuk/test_video_01f.mov"));

// Frames 151 to 154 of 12.011 a second are where it begins (truth.json).
TEST(TurnedCamera, IsFoundToBeMovedWithinThreeSecondsAndNothingBefore) {
    const auto film = footage() / "tamper" / "Test_video2.mp4";
    if (!std::filesystem::exists(film)) {
        GTEST_SKIP() << film << " is not there; set LEEDSWATCH_FOOTAGE to the folder of real footage";
    }
    const auto report = reportOn(film);
    ASSERT_TRUE(report) << report.error().message;
    ASSERT_EQ(report->events.size(), 1U);
    EXPECT_EQ(report->events[0].kind, TamperKind::Moved);
    EXPECT_GE(report->events[0].start, 150 / 12.011);
    EXPECT_LE(report->events[0].start, 154 / 12.011 + 3);
    EXPECT_FALSE(report->events[0].end) << "it stays turned away";
}

}  // namespace
}  // namespace leedswatch::analytics

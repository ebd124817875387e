#include "simulator/clip.h"

#include "simulator/annex_b.h"
#include "simulator/loop_maker.h"
#include "support/child_process.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

namespace leedswatch::simulator {
namespace {

class ClipFolder : public ::testing::Test {
protected:
    std::filesystem::path make(const std::string& name, const std::vector<std::string>& options,
                               const std::string& source = "testsrc2=size=640x360:rate=25:duration=3") {
        std::vector<std::string> arguments{"/usr/bin/ffmpeg", "-v", "error", "-f", "lavfi", "-i", source};
        arguments.insert(arguments.end(), options.begin(), options.end());
        arguments.push_back((m_folder / name).string());
        const auto finished = tests::runProgram(arguments);
        EXPECT_EQ(finished.exitCode, 0) << finished.output;
        return m_folder / name;
    }

    tests::TemporaryFolder m_folder;
};

void expectSendable(const PictureLoop& loop) {
    ASSERT_FALSE(loop.pictures.empty());
    EXPECT_TRUE(loop.pictures.front().isKey);
    EXPECT_EQ(loop.pictures.front().time, 0);
    for (std::size_t i = 1; i < loop.pictures.size(); ++i) {
        EXPECT_GT(loop.pictures[i].time, loop.pictures[i - 1].time);
    }
    EXPECT_GT(loop.duration, loop.pictures.back().time);
    std::size_t decoded = 0;
    EXPECT_TRUE(decodeLoop(loop, 0, loop.pictures.size(), [&](const AVFrame& frame, std::size_t) -> base::Result<void> {
        EXPECT_EQ(frame.width, loop.format.width);
        EXPECT_NE(frame.pict_type, AV_PICTURE_TYPE_B);
        ++decoded;
        return {};
    }));
    EXPECT_EQ(decoded, loop.pictures.size());
}

TEST_F(ClipFolder, ACamerasOwnVideoIsPassedOnUnchanged) {
    const auto file = make("camera.mp4", {"-c:v", "libx264", "-bf", "0", "-g", "50"});
    const auto clip = loadClip(file, {});
    ASSERT_TRUE(clip) << clip.error().message;
    expectSendable(*clip->main);
    expectSendable(*clip->sub);
    EXPECT_EQ(clip->main->pictures.size(), 75U);
    EXPECT_EQ(clip->main->duration, 3 * ticksASecond);
    EXPECT_EQ(clip->main->format.record.at(1), std::byte{100}) << "High, as the file is: it was not encoded again";
    EXPECT_EQ(clip->sub->format.width, 480);
    EXPECT_EQ(clip->name, "camera");
}

TEST_F(ClipFolder, OtherVideoIsMadeIntoACameras) {
    for (const auto& [name, options] : std::vector<std::pair<std::string, std::vector<std::string>>>{
             {"b-frames.mp4", {"-c:v", "libx264", "-bf", "2"}},
             {"long-gop.mov", {"-c:v", "libx264", "-bf", "0", "-g", "500"}},
             {"old.avi", {"-c:v", "mpeg4"}},
             {"small.gif", {"-vf", "fps=10,scale=160:90"}},
             {"bare.h264", {"-c:v", "libx264", "-bf", "0", "-g", "25"}},
             {"lossless.mkv", {"-c:v", "ffv1"}}}) {
        const auto clip = loadClip(make(name, options), {});
        ASSERT_TRUE(clip) << name << ": " << clip.error().message;
        expectSendable(*clip->main);
        expectSendable(*clip->sub);
        EXPECT_NEAR(static_cast<double>(clip->main->duration), 3.0 * ticksASecond, 9000) << name;
    }
}

TEST_F(ClipFolder, ALargePictureIsScaledToFit) {
    const auto clip = loadClip(make("tall.mp4", {"-c:v", "mpeg4"}, "testsrc2=size=1080x1920:rate=10:duration=1"), {});
    ASSERT_TRUE(clip) << clip.error().message;
    EXPECT_EQ(clip->main->format.height, 720);
    EXPECT_EQ(clip->main->format.width, 404);
}

TEST_F(ClipFolder, SaysWhyAFileCannotBeUsed) {
    std::ofstream{m_folder / "notes.txt"} << "not a video\n";
    std::ofstream{m_folder / "empty.mp4"};
    make("sound.mp3", {}, "sine=duration=1");
    std::filesystem::copy_file(make("cut.mp4", {"-c:v", "libx264"}), m_folder / "half.mp4");
    std::filesystem::resize_file(m_folder / "half.mp4", 900);
    for (const char* name : {"notes.txt", "empty.mp4", "sound.mp3", "half.mp4", "missing.mp4"}) {
        const auto clip = loadClip(m_folder / name, {});
        ASSERT_FALSE(clip) << name;
        EXPECT_FALSE(clip.error().message.empty()) << name;
    }
}

TEST_F(ClipFolder, IsSearchedToTheBottomInTheOrderOfNames) {
    std::filesystem::create_directories(m_folder / "a" / "b");
    for (const char* name : {"z.mp4", "a/b/deep.mp4", ".hidden"}) {
        std::ofstream{m_folder / name};
    }
    const auto files = findFiles(m_folder.path());
    ASSERT_TRUE(files);
    ASSERT_EQ(files->size(), 2U);
    EXPECT_EQ(files->at(0).filename(), "deep.mp4");
    EXPECT_FALSE(findFiles(m_folder / "nowhere"));
}

TEST(StillLoop, DecodesToOnePictureBitForBit) {
    cv::Mat noise(288, 352, CV_8UC3);
    cv::RNG random{3};
    random.fill(noise, cv::RNG::UNIFORM, 0, 255);
    const FramePointer frame = makeFrame(352, 288);
    cv::Mat planes;
    copyToFrame(noise, planes, *frame);
    const auto loop = makeStillLoop(*frame, {352, 288});
    ASSERT_TRUE(loop);
    std::vector<std::vector<std::uint8_t>> shown;
    ASSERT_TRUE(decodeLoop(**loop, 0, (*loop)->pictures.size(), [&](const AVFrame& one, std::size_t) {
        shown.emplace_back();
        for (int y = 0; y < one.height; ++y) {
            const auto* row = one.data[0] + y * one.linesize[0];
            shown.back().insert(shown.back().end(), row, row + one.width);
        }
        return base::Result<void>{};
    }));
    ASSERT_GT(shown.size(), 10U);
    EXPECT_TRUE(std::ranges::all_of(shown, [&](const auto& one) { return one == shown.front(); }));
}

TEST(AnnexB, IsSplitAtStartCodesAndSurvivesNonsense) {
    const auto bytes = [](std::initializer_list<int> values) {
        std::vector<std::byte> made;
        for (const int value : values) {
            made.push_back(static_cast<std::byte>(value));
        }
        return made;
    };
    EXPECT_TRUE(splitAnnexB({}).empty());
    EXPECT_TRUE(splitAnnexB(bytes({0, 0, 1})).empty());
    EXPECT_TRUE(splitAnnexB(bytes({1, 2, 3, 4})).empty());
    EXPECT_TRUE(makeAvcRecord(bytes({0, 0, 1, 0x67, 1})).empty());
    const auto two = bytes({0, 0, 0, 1, 0x65, 7, 8, 0, 0, 1, 0x41, 9});
    ASSERT_EQ(splitAnnexB(two).size(), 2U);
    EXPECT_EQ(toAvc(two), bytes({0, 0, 0, 3, 0x65, 7, 8, 0, 0, 0, 2, 0x41, 9}));
}

}  // namespace
}  // namespace leedswatch::simulator

#include "analytics/mask_run.h"

#include "analytics/picture_folder.h"
#include "analytics/picture_reader.h"
#include "support/temporary_folder.h"
#include "video/png.h"

#include <gmock/gmock.h>

#include <fstream>

namespace leedswatch::analytics {
namespace {

using ::testing::HasSubstr;

std::string numbered(const char* stem, int number) {
    return stem + std::string(number < 10 ? "00" : "0") + std::to_string(number) + ".png";
}

class MaskRun : public ::testing::Test {
protected:
    void SetUp() override { ASSERT_TRUE(std::filesystem::create_directory(m_input)); }

    /// A grey picture with a white block in it, if `block` is not negative.
    void draw(const std::filesystem::path& file, int block, cv::Size size = {96, 64}) {
        video::FullPicture picture;
        picture.width = size.width;
        picture.height = size.height;
        cv::Mat pixels{size, CV_8UC3, cv::Scalar{90, 90, 90}};
        if (block >= 0) {
            pixels(cv::Rect{block, 20, 16, 24}).setTo(cv::Scalar{250, 250, 250});
        }
        picture.pixels.assign(pixels.data, pixels.data + pixels.total() * pixels.elemSize());
        const auto png = video::pngOf(picture);
        ASSERT_TRUE(png);
        std::ofstream{file, std::ios::binary}.write(reinterpret_cast<const char*>(png->data()),
                                                    static_cast<std::streamsize>(png->size()));
    }
    void drawRun(int count) {
        for (int i = 1; i <= count; ++i) {
            draw(m_input / numbered("in", i), i > 20 ? 2 * (i - 20) : -1);
        }
    }
    base::Result<MaskReport> run() {
        return writeMasks(m_input, m_output, Closeness::Full, m_stop.get_token(),
                          [this](std::int64_t done, std::size_t) { m_told = done; });
    }
    static std::vector<std::string> namesIn(const std::filesystem::path& folder) {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator{folder}) {
            names.push_back(entry.path().filename());
        }
        return names;
    }
    void expectNothingWritten() {
        EXPECT_FALSE(std::filesystem::exists(m_output));
        EXPECT_EQ(namesIn(m_folder.path()), std::vector<std::string>{"in"}) << "not even half of it, hidden";
    }

    tests::TemporaryFolder m_folder;
    const std::filesystem::path m_input = m_folder.path() / "in";
    const std::filesystem::path m_output = m_folder.path() / "masks";
    std::stop_source m_stop;
    std::int64_t m_told = 0;
};

TEST_F(MaskRun, WritesAMaskOfTheSameNameAndSizeForEachPicture) {
    drawRun(30);
    const auto report = run();
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->pictures, 30);
    EXPECT_EQ(m_told, 30);
    EXPECT_EQ(namesIn(m_output).size(), 30U);
    auto reader = PictureReader::open(m_output / "in030.png");
    ASSERT_TRUE(reader);
    const auto mask = reader->next();
    ASSERT_TRUE(mask && *mask);
    const AVFrame& frame = *(*mask)->frame;
    EXPECT_EQ(frame.format, AV_PIX_FMT_GRAY8);
    ASSERT_EQ(frame.width, 96);
    ASSERT_EQ(frame.height, 64);
    EXPECT_EQ(frame.data[0][32 * frame.linesize[0] + 28], 255) << "in the block";
    EXPECT_EQ(frame.data[0][5 * frame.linesize[0] + 80], 0);
}

TEST_F(MaskRun, AnEmptyFolderThatIsThereIsFilled) {
    drawRun(3);
    ASSERT_TRUE(std::filesystem::create_directory(m_output));
    EXPECT_TRUE(run());
    EXPECT_EQ(namesIn(m_output).size(), 3U);
}

TEST_F(MaskRun, WhatIsThereIsNeverWrittenOver) {
    drawRun(3);
    ASSERT_TRUE(run());
    const auto again = run();
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, base::ErrorCode::AlreadyExists);
}

TEST_F(MaskRun, APictureOfAnotherSizeIsNamedAndNothingIsWritten) {
    drawRun(5);
    draw(m_input / "in006.png", -1, {80, 64});
    const auto report = run();
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, base::ErrorCode::InvalidInput);
    EXPECT_THAT(report.error().message, HasSubstr("in006.png is 80x64, and those before it 96x64"));
    expectNothingWritten();
}

TEST_F(MaskRun, AFileThatIsNoPictureIsNamedAndNothingIsWritten) {
    drawRun(5);
    std::ofstream{m_input / "in006.png"} << "not a picture";
    const auto report = run();
    ASSERT_FALSE(report);
    EXPECT_THAT(report.error().message, HasSubstr("in006.png"));
    expectNothingWritten();
}

TEST_F(MaskRun, WhoStopsItFindsNothing) {
    drawRun(5);
    m_stop.request_stop();
    const auto report = run();
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, base::ErrorCode::Cancelled);
    expectNothingWritten();
}

TEST_F(MaskRun, WhatAKilledRunLeftBehindGoesWithTheNext) {
    drawRun(3);
    ASSERT_TRUE(std::filesystem::create_directory(m_folder.path() / ".masks.part-0123abcd"));
    std::ofstream{m_folder.path() / ".masks.part-0123abcd.lock"} << "1";
    ASSERT_TRUE(run());
    EXPECT_THAT(namesIn(m_folder.path()), ::testing::UnorderedElementsAre("in", "masks"));
}

using PictureFolder = MaskRun;

TEST_F(PictureFolder, GoesByTheNumbersAndNotByTheNames) {
    for (const char* name : {"a9.png", "a10.png", "a011.JPG", "notes.txt", "cover.png"}) {
        std::ofstream{m_input / name} << ' ';
    }
    const auto pictures = numberedPictures(m_input);
    ASSERT_TRUE(pictures) << pictures.error().message;
    ASSERT_EQ(pictures->size(), 3U);
    EXPECT_EQ((*pictures)[0].file.filename(), "a9.png");
    EXPECT_EQ((*pictures)[2].number, 11);
}

TEST_F(PictureFolder, AMissingNumberIsNamed) {
    drawRun(5);
    std::filesystem::remove(m_input / "in003.png");
    const auto pictures = numberedPictures(m_input);
    ASSERT_FALSE(pictures);
    EXPECT_THAT(pictures.error().message, HasSubstr("picture 3 is missing"));
    EXPECT_THAT(pictures.error().message, HasSubstr("between in002.png and in004.png"));
}

TEST_F(PictureFolder, ANumberThatIsThereTwiceIsNamed) {
    drawRun(3);
    draw(m_input / "other002.png", -1);
    const auto pictures = numberedPictures(m_input);
    ASSERT_FALSE(pictures);
    EXPECT_THAT(pictures.error().message, HasSubstr("in002.png and other002.png"));
}

TEST_F(PictureFolder, NoneAtAllAndNoFolderAreSaid) {
    const auto none = numberedPictures(m_input);
    ASSERT_FALSE(none);
    EXPECT_THAT(none.error().message, HasSubstr("no numbered picture in"));
    const auto missing = numberedPictures(m_folder.path() / "nowhere");
    ASSERT_FALSE(missing);
    EXPECT_THAT(missing.error().message, HasSubstr("nowhere cannot be read"));
}

}  // namespace
}  // namespace leedswatch::analytics

#include "transcode/file_transcode.h"

#include "base/file.h"
#include "made_film.h"
#include "support/full_disk.h"
#include "support/temporary_folder.h"
#include "transcode/film_reader.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>

namespace leedswatch::tests {
namespace {

using base::ErrorCode;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using transcode::FieldOrder;
using transcode::TranscodeOptions;
using transcode::TranscodePhase;
using transcode::TranscodeProgress;

class FileTranscode : public ::testing::Test {
protected:
    void film(const MadeScene& scene, Fields fields, MadeFilm settings = {}) {
        std::filesystem::remove(m_source);
        settings.draw = [=](int number) { return drawPicture(scene, fields, number); };
        writeFilm(m_source, settings);
    }
    base::Result<transcode::TranscodeReport> run(const TranscodeOptions& options = quick()) {
        return transcode::transcodeFile(m_source, m_result, options, m_stop.get_token(),
                                        [this](const TranscodeProgress& progress) {
                                            m_phases.push_back(progress.phase);
                                            m_progress.push_back(progress);
                                            if (m_atPicture) {
                                                m_atPicture(progress);
                                            }
                                        });
    }
    static TranscodeOptions quick() {
        TranscodeOptions options;
        options.preset = "ultrafast";
        return options;
    }
    /// Whole pieces of ten pictures, stopped once `seconds` have been made.
    void stopAfter(double seconds) {
        m_atPicture = [this, seconds](const TranscodeProgress& progress) {
            if (progress.phase == TranscodePhase::Making && progress.done >= seconds) {
                m_stop.request_stop();
            }
        };
    }
    void letRun() {
        m_stop = {};
        m_atPicture = nullptr;
    }
    std::vector<std::string> names() const {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator{m_folder.path()}) {
            names.push_back(entry.path().filename());
        }
        return names;
    }
    void expectError(const base::Result<transcode::TranscodeReport>& report, ErrorCode code) {
        ASSERT_FALSE(report);
        EXPECT_EQ(report.error().code, code) << report.error().message;
        EXPECT_THAT(report.error().message, HasSubstr(m_source.filename().string()));
        EXPECT_THAT(names(), Each(Not(HasSubstr("new.mp4"))));
    }

    TemporaryFolder m_folder;
    const std::filesystem::path m_source = m_folder / "old.mkv";
    const std::filesystem::path m_result = m_folder / "new.mp4";
    std::stop_source m_stop;
    std::vector<TranscodePhase> m_phases;
    std::vector<TranscodeProgress> m_progress;
    std::function<void(const TranscodeProgress&)> m_atPicture;
};

TEST_F(FileTranscode, OfInterlacedPicturesEachFieldBecomesOne) {
    for (const Fields fields : {Fields::TopFirst, Fields::BottomFirst}) {
        std::filesystem::remove(m_result);
        film({}, fields);
        const auto report = run();
        ASSERT_TRUE(report) << report.error().message;
        EXPECT_EQ(report->survey.pictures, 60);
        EXPECT_EQ(report->picturesOut, 120);
        const auto pictures = readFilm(m_result);
        ASSERT_EQ(pictures.size(), 120U);
        for (std::size_t i = 1; i < pictures.size(); ++i) {
            ASSERT_GT(pictures[i]->pts, pictures[i - 1]->pts);
            EXPECT_EQ(pictures[i]->interlaced_frame, 0);
        }
        // What moves is where it was at that fiftieth of a second.
        const MadeScene scene;
        double wrong = 0;
        for (int y = 34; y < 76; ++y) {
            for (int x = 0; x < scene.width; ++x) {
                const int seen = pictures[61]->data[0][y * pictures[61]->linesize[0] + x];
                wrong += std::abs(seen - scene.at(x, y, 61));
            }
        }
        EXPECT_LT(wrong / (42.0 * scene.width), 6.0);
    }
}

TEST_F(FileTranscode, ATapeInDvIsMadeWholeAtItsTrueShape) {
    film({.width = 720, .height = 576}, Fields::BottomFirst,
         {.format = "dv", .codec = "dvvideo", .pictures = 30, .isFlaggedInterlaced = true});
    const auto report = run();
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->survey.stretches.front().order, FieldOrder::BottomFirst);
    EXPECT_EQ(report->survey.pictures, 30);
    EXPECT_EQ(report->picturesOut, 60);
    const auto pictures = readFilm(m_result);
    ASSERT_EQ(pictures.size(), 60U);
    EXPECT_EQ(pictures[0]->width, 768) << "square pixels";
    EXPECT_EQ(pictures[0]->height, 576);
}

TEST_F(FileTranscode, OfADvTapeThatBreaksOffInAPictureAllBeforeThatIsKept) {
    film({.width = 720, .height = 576}, Fields::BottomFirst,
         {.format = "dv", .codec = "dvvideo", .pictures = 30, .isFlaggedInterlaced = true});
    constexpr std::uintmax_t pictureBytes = 144'000;  // IEC 61834: 12 sequences of 150 blocks of 80
    ASSERT_EQ(std::filesystem::file_size(m_source), 30 * pictureBytes);
    std::filesystem::resize_file(m_source, 20 * pictureBytes + 30'000);
    const auto report = run();
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_GE(report->survey.pictures, 20);
    EXPECT_EQ(report->picturesOut, 2 * report->survey.pictures);
}

TEST_F(FileTranscode, AtHalfRateTwoFieldsBecomeOne) {
    film({}, Fields::TopFirst);
    auto options = quick();
    options.rate = transcode::FieldRate::Half;
    const auto report = run(options);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->picturesOut, 60);
}

TEST_F(FileTranscode, ProgressivePicturesStayWhateverTheirFlagsSay) {
    film({}, Fields::Progressive, {.format = "mpegts", .codec = "mpeg2video", .isFlaggedInterlaced = true});
    const auto report = run();
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->survey.flaggedInterlaced, 60);
    EXPECT_EQ(report->survey.stretches.front().order, FieldOrder::Progressive);
    EXPECT_EQ(report->picturesOut, 60);
}

TEST_F(FileTranscode, AStillSceneIsLeftAlone) {
    film({.movers = 0}, Fields::TopFirst, {.format = "mpegts", .codec = "mpeg2video", .isFlaggedInterlaced = true});
    const auto report = run();
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->survey.stretches.front().order, FieldOrder::Unknown);
    EXPECT_EQ(report->picturesOut, 60);
}

TEST_F(FileTranscode, TheSourceIsNotTouchedAndBothHashesAreTheFiles) {
    film({}, Fields::TopFirst, {.hasSound = true});
    const auto before = base::sha256OfFile(m_source);
    const auto written = std::filesystem::last_write_time(m_source);
    const auto report = run();
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(*base::sha256OfFile(m_source), *before);
    EXPECT_EQ(std::filesystem::last_write_time(m_source), written);
    EXPECT_EQ(report->survey.sha256, *before);
    EXPECT_EQ(report->sha256, *base::sha256OfFile(m_result));
    EXPECT_EQ(report->bytes, std::filesystem::file_size(m_result));
    EXPECT_EQ(report->sound, "made AAC of pcm_s16le");
    const auto document = nlohmann::json::parse(*base::readWholeFile(m_result.string() + ".report.json"));
    EXPECT_EQ(document["source"]["sha256"], base::toHex(*before));
    EXPECT_EQ(document["pictures_out"], 120);
    EXPECT_EQ(document["damage"]["found"], false);
    EXPECT_THAT(names(), ::testing::UnorderedElementsAre("old.mkv", "new.mp4", "new.mp4.report.json"));
    EXPECT_THAT(m_phases, Contains(TranscodePhase::Looking));
    EXPECT_THAT(m_phases, Contains(TranscodePhase::Making));
}

TEST_F(FileTranscode, AStoppedJobGoesOnAndTheResultIsTheSame) {
    film({.noise = 3}, Fields::TopFirst, {.pictures = 70, .hasSound = true});
    auto options = quick();
    options.piecePictures = 25;
    ASSERT_TRUE(run(options));
    const auto inOneRun = *base::sha256OfFile(m_result);
    std::filesystem::remove(m_result);

    stopAfter(1.5);
    const auto stopped = run(options);
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, ErrorCode::Cancelled);
    EXPECT_THAT(stopped.error().message, HasSubstr("after 25 of 70 pictures"));
    EXPECT_FALSE(std::filesystem::exists(m_result));
    EXPECT_TRUE(std::filesystem::exists(m_folder / "new.mp4.part"));

    letRun();
    m_phases.clear();
    const auto report = run(options);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->picturesResumed, 25);
    EXPECT_THAT(m_phases, Not(Contains(TranscodePhase::Looking))) << "that is known";
    EXPECT_EQ(report->sha256, inOneRun);
    EXPECT_FALSE(std::filesystem::exists(m_folder / "new.mp4.part"));
}

TEST_F(FileTranscode, EveryPhaseIsToldFromItsBeginningToItsEnd) {
    film({.noise = 3}, Fields::TopFirst);  // ffv1: some megabytes
    ASSERT_TRUE(run());
    auto order = m_phases;
    order.erase(std::unique(order.begin(), order.end()), order.end());
    EXPECT_THAT(order, ElementsAre(TranscodePhase::Hashing, TranscodePhase::Looking, TranscodePhase::Making,
                                   TranscodePhase::Joining, TranscodePhase::Checking));
    for (std::size_t i = 0; i < m_progress.size(); ++i) {
        const auto& now = m_progress[i];
        const bool isLast = i + 1 == m_progress.size() || m_progress[i + 1].phase != now.phase;
        EXPECT_TRUE(isLast || m_progress[i + 1].done >= now.done) << "phase " << static_cast<int>(now.phase);
        EXPECT_TRUE(!isLast || now.done >= 0.95 * now.of) << "phase " << static_cast<int>(now.phase);
    }
    const auto hashed = std::ranges::find(m_progress, TranscodePhase::Looking, &TranscodeProgress::phase) - 1;
    EXPECT_EQ(hashed->done, static_cast<double>(std::filesystem::file_size(m_source)));
    EXPECT_GT(hashed - m_progress.begin(), 1) << "a film of one megabyte proves nothing";
}

TEST_F(FileTranscode, ItStopsInEachPhaseAndGoesOnToTheSameResult) {
    film({.noise = 3}, Fields::TopFirst, {.pictures = 40, .hasSound = true});
    auto options = quick();
    options.piecePictures = 20;
    ASSERT_TRUE(run(options));
    const auto inOneRun = *base::sha256OfFile(m_result);
    std::filesystem::remove(m_result);
    for (const auto phase : {TranscodePhase::Hashing, TranscodePhase::Looking, TranscodePhase::Making,
                             TranscodePhase::Joining, TranscodePhase::Recalling, TranscodePhase::Checking}) {
        letRun();
        m_atPicture = [&](const TranscodeProgress& progress) {
            if (progress.phase == phase && progress.done > progress.of / 2) {
                m_stop.request_stop();
            }
        };
        const auto stopped = run(options);
        ASSERT_FALSE(stopped) << "phase " << static_cast<int>(phase);
        EXPECT_EQ(stopped.error().code, ErrorCode::Cancelled) << stopped.error().message;
        EXPECT_FALSE(std::filesystem::exists(m_result));
    }
    letRun();
    const auto report = run(options);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->picturesResumed, 40) << "what was made before it was stopped while it was read is kept";
    EXPECT_EQ(report->sha256, inOneRun);
}

TEST_F(FileTranscode, APieceThatIsNotAsItWasWrittenIsMadeAgain) {
    film({}, Fields::TopFirst);
    auto options = quick();
    options.piecePictures = 25;
    stopAfter(1.5);
    ASSERT_FALSE(run(options));
    letRun();
    const auto piece = m_folder / "new.mp4.part/piece-000000000.nut";
    ASSERT_TRUE(std::filesystem::exists(piece));
    std::filesystem::resize_file(piece, 1'000);
    const auto report = run(options);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->picturesResumed, 0);
    EXPECT_EQ(report->picturesOut, 120);
}

TEST_F(FileTranscode, OtherOptionsBeginAnew) {
    film({}, Fields::TopFirst);
    auto options = quick();
    options.piecePictures = 25;
    stopAfter(1.5);
    ASSERT_FALSE(run(options));
    letRun();
    options.isDenoised = false;
    const auto report = run(options);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->picturesResumed, 0);
}

TEST_F(FileTranscode, StoppedWhileItLooksLeavesNothing) {
    film({}, Fields::TopFirst);
    m_stop.request_stop();
    const auto report = run();
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, ErrorCode::Cancelled);
    EXPECT_THAT(names(), ElementsAre("old.mkv"));
}

TEST_F(FileTranscode, ATruncatedRecordingGivesWhatIsThereAndSaysSo) {
    film({}, Fields::TopFirst, {.format = "mpegts", .codec = "mpeg2video", .isFlaggedInterlaced = true});
    std::filesystem::resize_file(m_source, std::filesystem::file_size(m_source) * 2 / 3 + 77);
    const auto report = run();
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_GT(report->survey.pictures, 30);
    EXPECT_LT(report->survey.pictures, 60);
    EXPECT_EQ(report->picturesOut, 2 * report->survey.pictures);
    EXPECT_TRUE(report->survey.damage.isAny());
}

TEST_F(FileTranscode, DamageInTheMiddleIsPassedOverAndCounted) {
    film({}, Fields::TopFirst, {.format = "mpegts", .codec = "mpeg2video", .isFlaggedInterlaced = true});
    {
        std::fstream file{m_source, std::ios::in | std::ios::out | std::ios::binary};
        file.seekp(static_cast<std::streamoff>(std::filesystem::file_size(m_source) / 2));
        file << std::string(4'000, '\x5a');
    }
    const auto report = run();
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_TRUE(report->survey.damage.isAny());
    EXPECT_GT(report->survey.pictures, 40);
}

TEST_F(FileTranscode, WhatHasNoPicturesIsNamedAndNothingIsWritten) {
    std::ofstream{m_source} << "this is a letter and not a film\n";
    expectError(run(), ErrorCode::Damaged);
    std::ofstream{m_source}.close();
    expectError(run(), ErrorCode::Damaged);
    film({}, Fields::TopFirst, {.format = "mov", .codec = "mjpeg", .pictures = 1});
    std::filesystem::resize_file(m_source, 40);
    expectError(run(), ErrorCode::Damaged);
    std::filesystem::remove(m_source);
    expectError(run(), ErrorCode::NotFound);
}

TEST_F(FileTranscode, OnePictureIsARecordingToo) {
    film({}, Fields::TopFirst, {.pictures = 1});
    const auto report = run();
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->picturesOut, 1);
}

TEST_F(FileTranscode, ARecordingThatChangesItsSizeKeepsTheFirst) {
    const MadeScene small{.width = 240, .height = 160};
    MadeFilm film{.format = "mpegts", .codec = "mpeg2video", .pictures = 30};
    film.draw = [](int number) { return drawPicture({}, Fields::Progressive, number); };
    writeFilm(m_folder / "a.ts", film);
    film.draw = [&](int number) { return drawPicture(small, Fields::Progressive, number); };
    writeFilm(m_folder / "b.ts", film);
    std::ofstream joined{m_source, std::ios::binary};
    for (const char* name : {"a.ts", "b.ts"}) {
        joined << std::ifstream{m_folder / name, std::ios::binary}.rdbuf();
    }
    joined.close();
    const auto report = run();
    ASSERT_TRUE(report) << report.error().message;
    ASSERT_EQ(report->survey.sizes.size(), 2U);
    EXPECT_EQ(report->survey.sizes[1].width, 240);
    EXPECT_EQ(report->picturesOut, report->survey.pictures);
    for (const auto& picture : readFilm(m_result)) {
        EXPECT_EQ(picture->width, 320);
        EXPECT_EQ(picture->height, 192);
    }
}

TEST_F(FileTranscode, WhatIsThereIsNeverWrittenOver) {
    film({}, Fields::TopFirst);
    std::ofstream{m_result} << "precious";
    const auto report = run();
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, ErrorCode::AlreadyExists);
    EXPECT_EQ(*base::readWholeFile(m_result), "precious");
    EXPECT_EQ(transcode::transcodeFile(m_source, m_source, quick(), {}, [](const auto&) {}).error().code,
              ErrorCode::AlreadyExists);
}

TEST_F(FileTranscode, AFolderOfThatNameKeepsWhatIsNotOurs) {
    film({}, Fields::TopFirst, {.pictures = 20});
    std::filesystem::create_directory(m_folder / "new.mp4.part");
    std::ofstream{m_folder / "new.mp4.part/letter.txt"} << "mine";
    ASSERT_TRUE(run());
    EXPECT_TRUE(std::filesystem::exists(m_folder / "new.mp4.part/letter.txt"));
}

TEST_F(FileTranscode, TwoRunsNeverWorkOnOne) {
    film({}, Fields::TopFirst);
    ErrorCode second{};
    m_atPicture = [&](const TranscodeProgress& progress) {
        if (progress.phase == TranscodePhase::Making && second == ErrorCode{}) {
            second = transcode::transcodeFile(m_source, m_result, quick(), {}, [](const auto&) {}).error().code;
        }
    };
    EXPECT_TRUE(run());
    EXPECT_EQ(second, ErrorCode::Busy);
}

TEST_F(FileTranscode, AFullDiskIsAnErrorAndTheNextRunGoesOn) {
    film({.noise = 20}, Fields::TopFirst, {.pictures = 100});
    auto options = quick();
    options.piecePictures = 50;
    {
        const FullDisk full{64U << 10U};
        const auto report = run(options);
        ASSERT_FALSE(report);
        EXPECT_EQ(report.error().code, ErrorCode::StorageFailed) << report.error().message;
        EXPECT_THAT(report.error().message, HasSubstr("new.mp4.part"));
        EXPECT_FALSE(std::filesystem::exists(m_result));
    }
    const auto report = run(options);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->picturesOut, 200);
}

}  // namespace
}  // namespace leedswatch::tests

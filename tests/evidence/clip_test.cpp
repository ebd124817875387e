#include "evidence/clip.h"

#include "evidence/clip_check.h"
#include "footage/archive_fixture.h"
#include "store/forked.h"
#include "video/ffmpeg_handles.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>

using namespace leedswatch;
using namespace std::chrono_literals;
using evidence::ClipReport;
using tests::numberIn;
using video::SegmentEnd;

namespace {

/// The numbers of the pictures that a player shows of a file, in their order.
std::vector<int> numbersShown(const std::filesystem::path& file) {
    AVFormatContext* opened = nullptr;
    if (avformat_open_input(&opened, file.c_str(), nullptr, nullptr) < 0) {
        return {};
    }
    const video::InputHandle input{opened};
    const AVCodec* codec = avcodec_find_decoder(input->streams[0]->codecpar->codec_id);
    const video::CodecContextHandle decoder{avcodec_alloc_context3(codec)};
    avcodec_parameters_to_context(decoder.get(), input->streams[0]->codecpar);
    avcodec_open2(decoder.get(), codec, nullptr);
    const video::PacketHandle packet{av_packet_alloc()};
    const video::FrameHandle frame{av_frame_alloc()};
    std::vector<int> numbers;
    const auto take = [&] {
        while (avcodec_receive_frame(decoder.get(), frame.get()) >= 0) {
            numbers.push_back(numberIn(*frame));
        }
    };
    while (av_read_frame(input.get(), packet.get()) >= 0) {
        if (packet->stream_index == 0) {
            avcodec_send_packet(decoder.get(), packet.get());
        }
        av_packet_unref(packet.get());
        take();
    }
    avcodec_send_packet(decoder.get(), nullptr);
    take();
    return numbers;
}

std::vector<int> sequence(int first, int last) {
    std::vector<int> numbers;
    for (int n = first; n <= last; ++n) {
        numbers.push_back(n);
    }
    return numbers;
}

std::pair<int, std::string> runCommand(const std::string& command) {
    FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
    std::string output;
    std::array<char, 4096> block{};
    while (const std::size_t count = std::fread(block.data(), 1, block.size(), pipe)) {
        output.append(block.data(), count);
    }
    return {::pclose(pipe), output};
}

/// A disk that takes so many bytes and no more.
class FullDisk final : public evidence::ClipStorage {
public:
    explicit FullDisk(std::uint64_t takes) : m_left{takes} {}
    base::Result<void> write(base::File& file, std::span<const std::byte> bytes) override {
        if (bytes.size() > m_left) {
            return base::fail(base::ErrorCode::StorageFull, "write " + file.path().string() + ": no space left");
        }
        m_left -= bytes.size();
        return ClipStorage::write(file, bytes);
    }

private:
    std::uint64_t m_left;
};

class SmallDisk final : public evidence::ClipStorage {
public:
    base::Result<std::uint64_t> freeSpace(const std::filesystem::path&) override { return 1000; }
};

class ClipTest : public tests::ArchiveTest {
protected:
    evidence::ClipOrder orderOf(base::UtcTime from, base::UtcTime to) {
        return {camera, {from, to}, folder / "out" / "clip"};
    }
    base::Result<ClipReport> cut(base::UtcTime from, base::UtcTime to) {
        evidence::ClipCutter cutter{*database, index, clock};
        return cutter.cut(access::Acting::commandLine(), orderOf(from, to));
    }
    nlohmann::json manifest() {
        return nlohmann::json::parse(base::readWholeFile(folder / "out" / "clip" / "manifest.json").value());
    }
    std::vector<std::string> leftBehind() {
        std::vector<std::string> names;
        std::error_code ignored;
        for (const auto& entry : std::filesystem::directory_iterator{folder / "out", ignored}) {
            names.push_back(entry.path().filename());
        }
        return names;
    }
    /// How many rows of the audit log are of an export, or of what else happened.
    int auditRows(const std::string& action = "clip.exported") {
        return database
            ->read([&](soci::session& sql) -> base::Result<int> {
                const std::string pattern = "%" + action + "%";
                int count = 0;
                sql << "SELECT count(*) FROM audit_event WHERE CAST(body AS TEXT) LIKE :pattern",
                    soci::use(pattern, "pattern"), soci::into(count);
                return count;
            })
            .value();
    }
    /// Another process begins the export and is killed when its pictures are copied.
    void killAnExport(const evidence::ClipOrder& order) {
        tests::Forked exporter{[&] {
            const auto opened = store::Database::open(folder / "data", clock);
            video::SegmentIndex segments{**opened};
            evidence::ClipCutter cutter{**opened, segments, clock};
            static_cast<void>(cutter.cut(access::Acting::commandLine(), order, {},
                                         [](const evidence::ClipProgress&) { ::raise(SIGKILL); }));
            return 0;
        }};
        ASSERT_EQ(exporter.wait(), -SIGKILL);
    }
    bool toolIsThere(const std::string& name) { return runCommand("command -v " + name).first == 0; }
};

/// The bytes of the second track, as a player hears them.
std::vector<std::byte> soundIn(const std::filesystem::path& file) {
    AVFormatContext* opened = nullptr;
    if (avformat_open_input(&opened, file.c_str(), nullptr, nullptr) < 0) {
        return {};
    }
    const video::InputHandle input{opened};
    const video::PacketHandle packet{av_packet_alloc()};
    std::vector<std::byte> sound;
    while (av_read_frame(input.get(), packet.get()) >= 0) {
        const auto* begin = reinterpret_cast<const std::byte*>(packet->data);
        if (packet->stream_index == 1) {
            sound.insert(sound.end(), begin, begin + packet->size);
        }
        av_packet_unref(packet.get());
    }
    return sound;
}

std::vector<std::byte> soundOfAll(int first, int last) {
    std::vector<std::byte> sound;
    for (int n = first; n <= last; ++n) {
        const auto one = tests::soundOf(n);
        sound.insert(sound.end(), one.begin(), one.end());
    }
    return sound;
}

TEST_F(ClipTest, CopiesTheSoundOfTheRangeBitForBit) {
    archive.add(start, 200, {.gop = 50, .hasSound = true});
    const auto report = cut(timeOf(63), timeOf(121)).value();
    ASSERT_EQ(report.files.size(), 1U);
    const auto path = report.folder / report.files[0].name;
    EXPECT_EQ(numbersShown(path), sequence(63, 120));
    EXPECT_EQ(soundIn(path), soundOfAll(63, 120));
    ASSERT_TRUE(report.files[0].sound);
    EXPECT_EQ(report.files[0].sound->codec, "pcm_mulaw");
    EXPECT_EQ(report.files[0].sound->bytes, 58U * 320);
    const auto written = manifest();
    EXPECT_EQ(written["has_sound"], true);
    EXPECT_EQ(written["files"][0]["sound"]["sample_rate"], 8'000);
}

TEST_F(ClipTest, SoundGoesOnOverTheSeamOfTwoRecordings) {
    archive.add(start, 100, {.gop = 50, .hasSound = true});
    archive.addNext(100, {.gop = 50, .hasSound = true});
    const auto report = cut(timeOf(40), timeOf(160)).value();
    ASSERT_EQ(report.files.size(), 1U);
    const auto path = report.folder / report.files[0].name;
    EXPECT_EQ(numbersShown(path), sequence(40, 159));
    EXPECT_EQ(soundIn(path), soundOfAll(40, 159));
    EXPECT_TRUE(report.warnings.empty());
}

TEST_F(ClipTest, SaysThatThereIsNoSoundWhereNoneWasRecorded) {
    archive.add(start, 100);
    const auto report = cut(timeOf(20), timeOf(60)).value();
    EXPECT_FALSE(report.files.at(0).sound);
    EXPECT_EQ(manifest()["has_sound"], false);
    EXPECT_TRUE(manifest()["files"][0]["sound"].is_null());
}

TEST_F(ClipTest, WhereSoundBeginsAnotherFileOfTheClipBegins) {
    archive.add(start, 100, {.gop = 50}, SegmentEnd::FormatChanged);
    archive.addNext(100, {.gop = 50, .hasSound = true});
    const auto report = cut(timeOf(40), timeOf(160)).value();
    ASSERT_EQ(report.files.size(), 2U);
    EXPECT_FALSE(report.files[0].sound);
    EXPECT_TRUE(report.files[1].sound);
    EXPECT_TRUE(report.gaps.empty());
}

TEST_F(ClipTest, CommonProgramsDecodeAClipWithSound) {
    if (!toolIsThere("ffmpeg")) {
        GTEST_SKIP() << "ffmpeg is not there: that it decodes a clip with sound is not checked";
    }
    archive.add(start, 200, {.gop = 50, .hasSound = true});
    const auto report = cut(timeOf(63), timeOf(121)).value();
    const auto [status, output] =
        runCommand("ffmpeg -v error -i " + (report.folder / report.files[0].name).string() + " -f null -");
    EXPECT_EQ(status, 0);
    EXPECT_EQ(output, "");
}

TEST_F(ClipTest, ShowsExactlyThePicturesOfTheRangeAndHidesThePreroll) {
    archive.add(start, 200, {.gop = 50});
    const auto report = cut(timeOf(63) - 1us, timeOf(121)).value();
    ASSERT_EQ(report.files.size(), 1U);
    const auto& file = report.files[0];
    EXPECT_EQ(numbersShown(report.folder / file.name), sequence(63, 120));
    EXPECT_EQ(file.framesShown, 58);
    EXPECT_EQ(file.framesStored, 71);
    EXPECT_EQ(file.prerollFrames, 13);
    EXPECT_EQ(file.firstShown, timeOf(63));
    EXPECT_EQ(file.lastShown, timeOf(120));
    EXPECT_EQ(file.name, "camera0042_20260601T120002Z.mp4");
    EXPECT_TRUE(report.gaps.empty());
    EXPECT_TRUE(report.warnings.empty());
}

TEST_F(ClipTest, TheMarkedPictureItselfIsTheFirst) {
    archive.add(start, 100, {.gop = 25});
    for (const int first : {0, 1, 24, 25, 26, 49}) {
        const auto report = cut(timeOf(first), timeOf(first + 3)).value();
        EXPECT_EQ(numbersShown(report.folder / report.files[0].name), sequence(first, first + 2));
        std::filesystem::remove_all(report.folder);
    }
}

TEST_F(ClipTest, RunsOnOverTheBordersOfSegments) {
    archive.add(start, 100, {.gop = 25});
    archive.addNext(100, {.gop = 25});
    archive.addNext(100, {.gop = 25});
    const auto report = cut(timeOf(90), timeOf(210)).value();
    ASSERT_EQ(report.files.size(), 1U);
    EXPECT_EQ(numbersShown(report.folder / report.files[0].name), sequence(90, 209));
    EXPECT_EQ(report.sources.size(), 3U);
    EXPECT_EQ(report.files[0].shownLength, 120 * 40ms);
}

TEST_F(ClipTest, ACameraWhoseClockIsFastOrSlowLosesNoPictureWhereFilesMeet) {
    archive.addDrifting(start, 100, 3900ms, {.gop = 25});
    archive.addDrifting(archive.end(), 100, 4200ms, {.gop = 25});
    archive.addNext(100, {.gop = 25});
    const auto report = cut(start, archive.end()).value();
    ASSERT_EQ(report.files.size(), 1U);
    EXPECT_TRUE(report.gaps.empty());
    EXPECT_EQ(numbersShown(report.folder / report.files[0].name), sequence(0, 299));
    std::filesystem::remove_all(report.folder);
    // An end just behind the first picture of the second file takes all of the first.
    const auto border = cut(start, start + 3901ms).value();
    EXPECT_EQ(numbersShown(border.folder / border.files[0].name), sequence(0, 100));
}

TEST_F(ClipTest, WithBPicturesItIsJustAsExact) {
    archive.add(start, 100, {.gop = 30, .bFrames = 2});
    archive.addNext(100, {.gop = 30, .bFrames = 2});
    for (const auto& [first, last] : {std::pair{41, 77}, {40, 78}, {39, 76}, {35, 141}, {0, 99}, {95, 104}}) {
        const auto report = cut(timeOf(first), timeOf(last + 1)).value();
        ASSERT_EQ(report.files.size(), 1U);
        EXPECT_EQ(numbersShown(report.folder / report.files[0].name), sequence(first, last));
        std::filesystem::remove_all(report.folder);
    }
}

/// How cameras code, and what of it makes a difference here.
struct Coding {
    const char* name;
    tests::FootageFormat format;
};

class ClipOfEveryCodec : public ClipTest, public ::testing::WithParamInterface<Coding> {};

TEST_P(ClipOfEveryCodec, ShowsExactlyTheRangeAndCommonProgramsAcceptItWithoutAWord) {
    archive.add(start, 100, GetParam().format);
    archive.addNext(100, GetParam().format);
    for (const auto& [first, last] : {std::pair{41, 77}, {40, 78}, {30, 141}, {0, 90}, {102, 150}}) {
        const auto made = cut(timeOf(first), timeOf(last + 1));
        ASSERT_TRUE(made) << made.error().message;
        const ClipReport& report = *made;
        ASSERT_EQ(report.files.size(), 1U);
        const auto file = report.folder / report.files[0].name;
        EXPECT_EQ(numbersShown(file), sequence(first, last));
        EXPECT_EQ(report.files[0].framesShown, last - first + 1);
        EXPECT_TRUE(report.warnings.empty()) << report.warnings.front();
        if (toolIsThere("ffmpeg")) {
            EXPECT_EQ(runCommand("ffmpeg -nostdin -v error -i '" + file.string() + "' -f null -").second, "");
            EXPECT_EQ(runCommand("ffprobe -v error -i '" + file.string() + "'").second, "");
        }
        std::filesystem::remove_all(report.folder);
    }
}

INSTANTIATE_TEST_SUITE_P(
    Cameras, ClipOfEveryCodec,
    ::testing::Values(Coding{"H264", {.gop = 30}}, Coding{"H264Reordered", {.gop = 30, .bFrames = 2}},
                      Coding{"H264Fields", {.gop = 30, .encoder = "tff=1"}},
                      Coding{"H265", {.codec = video::VideoCodec::H265, .gop = 30}},
                      Coding{"H265Reordered", {.codec = video::VideoCodec::H265, .gop = 30, .bFrames = 2}},
                      Coding{"Mpeg4", {.codec = video::VideoCodec::Mpeg4, .gop = 30}},
                      Coding{"Mjpeg", {.codec = video::VideoCodec::Mjpeg}}),
    [](const auto& instance) { return std::string{instance.param.name}; });

// Where each file begins with a key frame that later pictures are shown before (open GOP), those pictures rest on the
// file before. A clip that runs over the border shows them; one that begins at it cannot.
TEST_F(ClipTest, OfOpenGopsItShowsWhatCanBeDecoded) {
    const tests::FootageFormat open{.codec = video::VideoCodec::H265, .gop = 9, .bFrames = 2, .encoder = "open-gop=1"};
    archive.add(start, 27, open);
    const auto made = cut(timeOf(0), timeOf(27));
    ASSERT_TRUE(made) << made.error().message;
    const ClipReport& whole = *made;
    EXPECT_EQ(numbersShown(whole.folder / whole.files[0].name), sequence(0, 26));
    std::filesystem::remove_all(whole.folder);
    for (const int first : {7, 8, 9, 10}) {
        const auto report = cut(timeOf(first), timeOf(27));
        ASSERT_TRUE(report) << report.error().message;
        const auto file = report->folder / report->files[0].name;
        EXPECT_EQ(numbersShown(file), sequence(first, 26));
        if (toolIsThere("ffmpeg")) {
            EXPECT_EQ(runCommand("ffmpeg -nostdin -v error -i '" + file.string() + "' -f null -").second, "");
        }
        std::filesystem::remove_all(report->folder);
    }
}

TEST_F(ClipTest, AGapMakesASecondFileAndIsNamed) {
    archive.add(start, 50, {}, SegmentEnd::StreamLost);
    archive.add(start + 10s, 50);
    const auto report = cut(timeOf(25), start + 11s).value();
    ASSERT_EQ(report.files.size(), 2U);
    EXPECT_EQ(numbersShown(report.folder / report.files[0].name), sequence(25, 49));
    EXPECT_EQ(numbersShown(report.folder / report.files[1].name), sequence(50, 74));
    ASSERT_EQ(report.gaps.size(), 1U);
    EXPECT_EQ(report.gaps[0].range, (video::TimeRange{start + 2s, start + 10s}));
    EXPECT_EQ(manifest()["gaps"][0]["cause"], "the stream of the camera was lost");
    EXPECT_EQ(manifest()["complete"], false);
}

TEST_F(ClipTest, ALossTooShortForTheTimelineIsAGapInEvidence) {
    archive.add(start, 50, {}, SegmentEnd::StreamLost);
    archive.add(start + 2200ms, 50);
    const auto report = cut(start, start + 4s).value();
    EXPECT_EQ(report.files.size(), 2U);
    ASSERT_EQ(report.gaps.size(), 1U);
    EXPECT_EQ(report.gaps[0].range.end - report.gaps[0].range.begin, 200ms);
}

TEST_F(ClipTest, TheEndsOfTheRangeThatHaveNoPictureAreGapsToo) {
    archive.add(start, 50, {}, SegmentEnd::Stopped);
    const auto report = cut(start - 1min, start + 1min).value();
    ASSERT_EQ(report.gaps.size(), 2U);
    EXPECT_EQ(report.gaps[0].cause, "nothing was recorded before");
    EXPECT_EQ(report.gaps[1].range, (video::TimeRange{start + 2s, start + 1min}));
    EXPECT_EQ(report.gaps[1].cause, "recording was stopped");
}

TEST_F(ClipTest, AChangeOfResolutionMakesANewFileAndNoGap) {
    archive.add(start, 50, {}, SegmentEnd::FormatChanged);
    archive.addNext(50, {.width = 480, .height = 272});
    const auto report = cut(start, timeOf(100)).value();
    ASSERT_EQ(report.files.size(), 2U);
    EXPECT_EQ(report.files[1].width, 480);
    EXPECT_TRUE(report.gaps.empty());
    EXPECT_EQ(report.framesShown(), 100);
}

TEST_F(ClipTest, TakesTheFileThatIsStillBeingRecordedAsFarAsItIsWhole) {
    archive.add(start, 50);
    const auto growing = archive.addGrowing(archive.end(), 75, {.gop = 25});
    const auto path = archive.pathOf(growing);
    std::filesystem::resize_file(path, std::filesystem::file_size(path) - 40);
    const auto report = cut(timeOf(40), start + 1h).value();
    ASSERT_EQ(report.files.size(), 1U);
    EXPECT_EQ(numbersShown(report.folder / report.files[0].name), sequence(40, 99));
    EXPECT_EQ(report.sources[1].check, evidence::SourceCheck::StillRecording);
    EXPECT_EQ(report.gaps.at(0).cause, "it is not recorded yet");
}

TEST_F(ClipTest, ARecipientChecksItWithCoreutilsAndFfprobe) {
    archive.add(start, 100, {.gop = 50}, SegmentEnd::StreamLost);
    archive.add(start + 10s, 50);
    const auto report = cut(timeOf(13), start + 11s).value();
    const std::string inside = "cd '" + report.folder.string() + "' && ";
    const auto [status, said] = runCommand(inside + "sha256sum -c manifest-sha256.txt");
    EXPECT_EQ(status, 0) << said;
    EXPECT_EQ(std::ranges::count(said, '\n'), 3);
    if (!toolIsThere("ffprobe")) {
        GTEST_SKIP()
            << "The program ffprobe is not here, so another reader's view of a clip is not checked; install the "
               "package ffmpeg.";
    }
    const auto package = manifest();
    for (const auto& file : package["files"]) {
        const auto probed = runCommand(inside +
                                       "ffprobe -v error -count_frames -select_streams v:0 -show_entries "
                                       "stream=nb_read_frames -of csv=p=0 " +
                                       file["path"].get<std::string>());
        EXPECT_EQ(std::stoi(probed.second), file["frames_shown"].get<int>()) << probed.second;
        const auto start_time =
            runCommand(inside + "ffprobe -v error -show_entries format_tags=major_brand -of csv=p=0 " +
                       file["path"].get<std::string>());
        EXPECT_NE(start_time.second.find("isom"), std::string::npos);
    }
}

TEST_F(ClipTest, TheStoredPicturesAreThoseOfTheArchiveBitForBit) {
    if (!toolIsThere("ffmpeg")) {
        GTEST_SKIP() << "The program ffmpeg is not here, so a clip is not decoded by another program; install the "
                        "package ffmpeg.";
    }
    const auto segment = archive.add(start, 100, {.gop = 50});
    const auto report = cut(start, timeOf(100)).value();
    const auto hashOf = [](const std::filesystem::path& file) {
        return runCommand("ffmpeg -v error -i '" + file.string() + "' -map 0:v -c copy -f streamhash -hash sha256 -")
            .second;
    };
    EXPECT_EQ(hashOf(report.folder / report.files[0].name), hashOf(archive.pathOf(segment.file)));
}

TEST_F(ClipTest, AByteThatWasChangedInTheArchiveIsNamedLoudly) {
    archive.add(start, 50);
    const auto changed = archive.addNext(50);
    archive.addNext(50);
    flipByteOf(changed.file);
    const auto report = cut(timeOf(10), timeOf(140)).value();
    ASSERT_FALSE(report.warnings.empty());
    EXPECT_NE(report.warnings[0].find(changed.file.string()), std::string::npos) << report.warnings[0];
    const auto document = manifest();
    EXPECT_EQ(document["sources"][1]["check"], "mismatch");
    EXPECT_EQ(document["sources"][1]["verified"], false);
    EXPECT_NE(document["sources"][1]["sha256_read"], document["sources"][1]["sha256_archived"]);
    EXPECT_EQ(document["sources"][0]["verified"], true);
    EXPECT_EQ(document["sources"][2]["verified"], true);
    EXPECT_FALSE(document["warnings"].empty());
}

TEST_F(ClipTest, AFileThatCannotBeReadIsAGapWithItsCause) {
    archive.add(start, 50);
    const auto broken = archive.addNext(50);
    archive.addNext(50);
    std::filesystem::resize_file(archive.pathOf(broken.file), 50);
    const auto report = cut(start, timeOf(150)).value();
    EXPECT_EQ(report.files.size(), 2U);
    ASSERT_EQ(report.gaps.size(), 1U);
    EXPECT_NE(report.gaps[0].cause.find("cannot be read"), std::string::npos);
    EXPECT_EQ(report.sources[1].check, evidence::SourceCheck::Unreadable);
}

TEST_F(ClipTest, NothingRecordedNamesWhatIsNearestAndMakesNoFolder) {
    archive.add(start, 50);
    archive.add(start + 2h, 50);
    const auto refused = cut(start + 1h, start + 1h + 5min);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, base::ErrorCode::NotFound);
    EXPECT_NE(refused.error().message.find("2026-06-01 13:00:02 BST"), std::string::npos) << refused.error().message;
    EXPECT_NE(refused.error().message.find("2026-06-01 15:00:00 BST"), std::string::npos) << refused.error().message;
    EXPECT_TRUE(leftBehind().empty());
}

TEST_F(ClipTest, ARangeThatEndsBeforeItBeginsIsRefused) {
    archive.add(start, 50);
    EXPECT_EQ(cut(start + 2s, start + 1s).error().code, base::ErrorCode::InvalidInput);
    EXPECT_EQ(cut(start, start).error().code, base::ErrorCode::InvalidInput);
}

TEST_F(ClipTest, ASecondExportToTheSameFolderIsRefusedAndTheFirstIsUntouched) {
    archive.add(start, 50);
    const auto first = cut(start, timeOf(20)).value();
    const auto before = base::sha256OfFile(first.folder / "manifest.json").value();
    const auto second = cut(start, timeOf(30));
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, base::ErrorCode::AlreadyExists);
    EXPECT_EQ(base::sha256OfFile(first.folder / "manifest.json").value(), before);
    EXPECT_EQ(leftBehind(), std::vector<std::string>{"clip"});
}

TEST_F(ClipTest, AnEmptyFolderThatIsThereIsTaken) {
    archive.add(start, 50);
    std::filesystem::create_directories(folder / "out" / "clip");
    EXPECT_TRUE(cut(start, timeOf(20)));
    EXPECT_EQ(leftBehind(), std::vector<std::string>{"clip"});
}

TEST_F(ClipTest, ADiskThatFillsUpInTheMiddleLeavesNothingBehind) {
    archive.add(start, 200);
    archive.addNext(200);
    const auto whole = cut(start, timeOf(400)).value();
    const std::uint64_t size = whole.bytes();
    std::filesystem::remove_all(whole.folder);
    for (const std::uint64_t takes : {std::uint64_t{0}, size / 3, size - 10, size + 50}) {
        FullDisk disk{takes};
        evidence::ClipCutter cutter{*database, index, clock, disk};
        const auto refused = cutter.cut(access::Acting::commandLine(), orderOf(start, timeOf(400)));
        ASSERT_FALSE(refused) << takes;
        EXPECT_EQ(refused.error().code, base::ErrorCode::StorageFull);
        EXPECT_NE(refused.error().message.find("became full"), std::string::npos) << refused.error().message;
        EXPECT_TRUE(leftBehind().empty());
    }
}

TEST_F(ClipTest, ADiskThatIsTooSmallIsSeenBeforehandWithTheNeed) {
    archive.add(start, 200);
    SmallDisk disk;
    evidence::ClipCutter cutter{*database, index, clock, disk};
    const auto refused = cutter.cut(access::Acting::commandLine(), orderOf(start, timeOf(200)));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, base::ErrorCode::StorageFull);
    EXPECT_NE(refused.error().message.find("needs about 2 MB"), std::string::npos) << refused.error().message;
    EXPECT_TRUE(leftBehind().empty());
}

TEST_F(ClipTest, CancellingLeavesNothingBehindAndNoAuditRow) {
    archive.add(start, 100);
    archive.addNext(100);
    for (const auto phase : {evidence::ClipProgress::Phase::Copying, evidence::ClipProgress::Phase::Verifying}) {
        std::stop_source source;
        evidence::ClipCutter cutter{*database, index, clock};
        const auto events = auditRows();
        const auto cancelled = cutter.cut(access::Acting::commandLine(), orderOf(start, timeOf(200)),
                                          source.get_token(), [&](const evidence::ClipProgress& progress) {
                                              if (progress.phase == phase) {
                                                  source.request_stop();
                                              }
                                          });
        ASSERT_FALSE(cancelled);
        EXPECT_EQ(cancelled.error().code, base::ErrorCode::Cancelled);
        EXPECT_TRUE(leftBehind().empty());
        EXPECT_EQ(auditRows(), events);
    }
}

TEST_F(ClipTest, WhatAKilledExportLeftBehindGoesWithTheNextExportIntoThatFolder) {
    archive.add(start, 50);
    auto killed = orderOf(start, timeOf(20));
    killed.target = folder / "out" / "another name";
    killAnExport(killed);
    ASSERT_FALSE(leftBehind().empty());
    ASSERT_TRUE(cut(start, timeOf(20)));
    EXPECT_EQ(leftBehind(), std::vector<std::string>{"clip"});
    EXPECT_EQ(auditRows("clip.remains-removed"), 1);
}

TEST_F(ClipTest, AnExportThatIsStillBeingWrittenIsLeftAloneByAnother) {
    archive.add(start, 50);
    evidence::ClipCutter cutter{*database, index, clock};
    auto slow = orderOf(start, timeOf(30));
    slow.target = folder / "out" / "slow";
    bool isFirst = true;
    const auto report = cutter.cut(access::Acting::commandLine(), slow, {}, [&](const evidence::ClipProgress&) {
        if (std::exchange(isFirst, false)) {
            EXPECT_TRUE(cut(start, timeOf(20)));
        }
    });
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(numbersShown(report->folder / report->files[0].name), sequence(0, 29));
    EXPECT_EQ(leftBehind().size(), 2U);
    EXPECT_EQ(auditRows("clip.remains-removed"), 0);
}

TEST_F(ClipTest, FilesOfOthersBesideTheTargetStay) {
    archive.add(start, 50);
    const std::vector<std::string> others{".clip.part-short", ".clip.part-0123abcd", "clip.part-0123abcd.lock",
                                          ".clip.part-0123abcg.lock"};
    for (const auto& name : others) {
        std::filesystem::create_directories(folder / "out" / name / "theirs");
    }
    ASSERT_TRUE(cut(start, timeOf(20)));
    EXPECT_EQ(leftBehind().size(), others.size() + 1);
}

TEST_F(ClipTest, IsAuditedOnceItIsThere) {
    archive.add(start, 50);
    const auto events = auditRows();
    ASSERT_TRUE(cut(start, timeOf(20)));
    EXPECT_EQ(auditRows(), events + 1);
}

TEST_F(ClipTest, AnOperatorMayNotExport) {
    archive.add(start, 50);
    access::Acting acting;
    acting.username = "olga";
    acting.role = access::Role::Engineer;
    evidence::ClipCutter cutter{*database, index, clock};
    const auto refused = cutter.cut(acting, orderOf(start, timeOf(20)));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, base::ErrorCode::NotPermitted);
    EXPECT_TRUE(leftBehind().empty());
}

TEST_F(ClipTest, TheTwoHalfPastOnesOfTheAutumnNightAreTwoClips) {
    const auto first = at("2026-10-25T01:30:00+01:00");
    const auto second = at("2026-10-25T01:30:00+00:00");
    archive.add(first, 50, {}, SegmentEnd::Stopped);
    archive.add(second, 50);
    const auto clipFirst = cut(first, first + 2s).value();
    EXPECT_EQ(numbersShown(clipFirst.folder / clipFirst.files[0].name), sequence(0, 49));
    EXPECT_EQ(clipFirst.files[0].name, "camera0042_20261025T003000Z.mp4");
    EXPECT_EQ(manifest()["files"][0]["first_shown_local"], "2026-10-25 01:30:00.000 BST");
    std::filesystem::remove_all(clipFirst.folder);
    const auto clipSecond = cut(second, second + 2s).value();
    EXPECT_EQ(numbersShown(clipSecond.folder / clipSecond.files[0].name), sequence(50, 99));
    EXPECT_EQ(clipSecond.files[0].name, "camera0042_20261025T013000Z.mp4");
    EXPECT_EQ(manifest()["files"][0]["first_shown_local"], "2026-10-25 01:30:00.000 GMT");
}

TEST_F(ClipTest, TheEstimateSaysWhatIsCoveredAndWhatIsMissing) {
    archive.add(start, 50, {}, SegmentEnd::StreamLost);
    archive.add(start + 10s, 50);
    evidence::ClipCutter cutter{*database, index, clock};
    const auto estimate = cutter.estimate(camera, {start, start + 12s}).value();
    EXPECT_EQ(estimate.timeline.recordedLength(), 4s);
    EXPECT_EQ(estimate.timeline.gaps().size(), 1U);
    EXPECT_GT(estimate.bytes, 0U);
}

}  // namespace

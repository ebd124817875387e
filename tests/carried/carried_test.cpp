#include "carried/stream_file.h"
#include "evidence/clip.h"
#include "footage/archive_fixture.h"
#include "support/test_stream.h"
#include "video/decoder.h"
#include "video/fragment_scanner.h"
#include "video/picture_cursor.h"
#include "video/recorder.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>

namespace leedswatch::tests {
namespace {

class Nobody final : public video::RecorderEvents {
public:
    void recordingFailed(const base::Error& error) override { FAIL() << error.message; }
    void recordingWorks() override {}
};

/// Records a stream with the station's recorder and reads it back with the desk's cursor.
class CarriedTest : public ArchiveTest {
protected:
    void record(const std::vector<video::Packet>& packets) {
        video::DiskArchiveFiles files;
        Nobody events;
        video::UnfinishedFiles unfinished;
        video::SegmentFinisher finisher{files, index, unfinished};
        video::Recorder recorder{{camera.id, camera.number},
                                 {video::mainVolume, index.archiveFolder(), &files, &finisher},
                                 index,
                                 clock,
                                 events};
        video::GopCollector gops;
        for (const video::Packet& packet : packets) {
            if (auto gop = gops.add(packet)) {
                recorder.write(*gop);
            }
        }
        if (auto gop = gops.flush()) {
            recorder.write(*gop);
        }
        recorder.end(video::SegmentEnd::Stopped, video::GapCause::Stopped);
        finisher.drain();
    }

    /// MD5 of every picture in the order of showing; an empty one for each that cannot be decoded.
    std::vector<std::string> play() {
        video::PictureCursor cursor{index, camera.id, 64U << 20U};
        std::vector<std::string> sums;
        bool moved = cursor.moveTo(start - std::chrono::seconds{1}).value() != video::PictureCursor::Landing::Nothing;
        while (moved) {
            const auto picture = cursor.decode({});
            sums.push_back(picture ? md5Of(**picture) : "");
            moved = cursor.next().value();
        }
        m_problems = cursor.takeProblems();
        return sums;
    }

    base::Result<evidence::ClipReport> clip() {
        evidence::ClipCutter cutter{*database, index, clock};
        const video::TimeRange all{start - std::chrono::hours{1}, start + std::chrono::hours{1}};
        return cutter.cut(access::Acting::commandLine(), {camera, all, folder / "clip"});
    }

    std::vector<std::string> m_problems;
};

/// How a camera codes, made by libavcodec's encoders.
struct Coding {
    const char* name;
    TestStream stream;
};

class EveryCoding : public CarriedTest, public ::testing::WithParamInterface<Coding> {};

TEST_P(EveryCoding, IsRecordedAndPlayedBackBitForBit) {
    const auto packets = makePackets(GetParam().stream, 60, start, {});
    const auto expected = decodeDirectly(packets);
    ASSERT_EQ(expected.size(), 60U);
    record(packets);
    EXPECT_EQ(play(), expected);
    const auto cut = clip();
    ASSERT_TRUE(cut) << cut.error().message;
    EXPECT_EQ(cut->framesShown(), 60);
}

TEST_P(EveryCoding, AnotherSizeBeginsAnotherFileAndBothArePlayed) {
    auto stream = GetParam().stream;
    auto packets = makePackets(stream, 20, start, {});
    auto expected = decodeDirectly(packets);
    stream.width = 320;
    stream.firstTime = 20 * 3600;
    const auto after = makePackets(stream, 20, start + std::chrono::milliseconds{800},
                                   base::SteadyTime{std::chrono::milliseconds{800}});
    std::ranges::copy(decodeDirectly(after), std::back_inserter(expected));
    packets.insert(packets.end(), after.begin(), after.end());
    record(packets);
    EXPECT_EQ(play(), expected);
    const auto segments = index.all(camera.id).value();
    ASSERT_EQ(segments.size(), 2U);
    EXPECT_EQ(segments[0].cause, video::SegmentEnd::FormatChanged);
}

/// As the scanner finds a file of these bytes.
video::FragmentScan scan(std::span<const std::byte> bytes) {
    return video::scanFragments([bytes](std::uint64_t offset, std::span<std::byte> into) {
               const std::size_t begin = std::min<std::size_t>(offset, bytes.size());
               const auto part = bytes.subspan(begin, std::min(into.size(), bytes.size() - begin));
               std::ranges::copy(part, into.begin());
               return base::Result<std::size_t>{part.size()};
           })
        .value();
}

TEST_P(EveryCoding, AfterAPowerCutWhatIsWholeIsKept) {
    record(makePackets(GetParam().stream, 60, start, {}));
    const auto segment = index.all(camera.id)->front();
    const auto text = base::readWholeFile(segment.path()).value();
    std::vector<std::byte> bytes;
    std::ranges::transform(text, std::back_inserter(bytes), [](char one) { return static_cast<std::byte>(one); });
    const auto whole = scan(bytes);
    EXPECT_EQ(whole.wholeBytes, bytes.size());
    EXPECT_EQ(whole.frames, 60);
    EXPECT_EQ(whole.lastTime, segment.lastMediaTime - segment.firstMediaTime);
    const auto cut = scan(std::span{bytes}.first(bytes.size() - 1));
    EXPECT_LT(cut.frames, 60);
    EXPECT_GT(cut.frames, 0);
    // Pages that never reached the disk, in the middle of the last picture.
    const std::size_t hole = std::min<std::size_t>(bytes.size() / 8, 4096);
    std::fill(bytes.end() - static_cast<std::ptrdiff_t>(hole), bytes.end(), std::byte{0});
    EXPECT_LT(scan(bytes).frames, 60);
}

INSTANTIATE_TEST_SUITE_P(
    Cameras, EveryCoding,
    ::testing::Values(
        Coding{"H264", {}}, Coding{"H264Reordered", {.reordersPictures = true}},
        Coding{"H264Fields", {.encoder = ":tff=1"}},
        Coding{"H264FieldsReordered", {.reordersPictures = true, .encoder = ":tff=1"}},
        Coding{"H265", {.codec = video::VideoCodec::H265}},
        Coding{"H265Reordered", {.codec = video::VideoCodec::H265, .reordersPictures = true}},
        Coding{"H265OpenGop",
               {.codec = video::VideoCodec::H265, .gop = 9, .reordersPictures = true, .encoder = ":open-gop=1"}},
        Coding{"Mpeg4", {.codec = video::VideoCodec::Mpeg4}},
        Coding{"Mpeg4Reordered", {.codec = video::VideoCodec::Mpeg4, .reordersPictures = true}},
        Coding{"Mjpeg", {.codec = video::VideoCodec::Mjpeg}}),
    [](const auto& instance) { return std::string{instance.param.name}; });

// A camera may change its codec in mid-stream: one that was set up anew, at the same address.
TEST_F(CarriedTest, AnotherCodecBeginsAnotherFile) {
    auto packets = makePackets({}, 20, start, {});
    auto expected = decodeDirectly(packets);
    TestStream stream{.codec = video::VideoCodec::H265, .firstTime = 20 * 3600};
    const auto after = makePackets(stream, 20, start + std::chrono::milliseconds{800},
                                   base::SteadyTime{std::chrono::milliseconds{800}});
    std::ranges::copy(decodeDirectly(after), std::back_inserter(expected));
    packets.insert(packets.end(), after.begin(), after.end());
    record(packets);
    EXPECT_EQ(play(), expected);
    EXPECT_EQ(index.all(camera.id)->size(), 2U);
    const auto cut = clip();
    ASSERT_TRUE(cut) << cut.error().message;
    ASSERT_EQ(cut->files.size(), 2U);
    EXPECT_EQ(cut->files[1].codec, "hevc");
}

class Conformance : public CarriedTest, public ::testing::WithParamInterface<const char*> {};

// Compared is each picture that is shown, cropped, a pair of fields being one picture: that is what the .framemd5 of
// these streams counts. Nothing is left out: each begins with a key picture.
TEST_P(Conformance, IsRecordedAndPlayedBackBitForBit) {
    const auto file = footage(std::string{"h264conf/"} + GetParam());
    if (!file) {
        GTEST_SKIP() << "The conformance stream " << GetParam() << " is not here; EveryCoding covers it with material "
                     << "of our own.";
    }
    const auto expected = readFrameMd5(file->string() + ".framemd5");
    ASSERT_FALSE(expected.empty());
    const auto stream = readStreamFile(*file, start);
    ASSERT_EQ(stream.direct, expected) << "libavcodec itself decodes it otherwise";
    record(stream.packets);
    EXPECT_EQ(play(), expected);
    EXPECT_TRUE(m_problems.empty()) << m_problems.front();
    const auto cut = clip();
    ASSERT_TRUE(cut) << cut.error().message;
    EXPECT_EQ(cut->framesShown(), static_cast<std::int64_t>(expected.size()));
}

// What the wall does with it: every picture in the order of showing, and none taken for damaged.
TEST_P(Conformance, IsShownLiveInItsOrderAndNothingIsRefused) {
    const auto file = footage(std::string{"h264conf/"} + GetParam());
    if (!file) {
        GTEST_SKIP() << "The conformance stream " << GetParam()
                     << " is not here; the tests of the live decoder cover it "
                     << "with material of our own.";
    }
    const auto stream = readStreamFile(*file, start);
    const auto decoder = *video::Decoder::create(stream.packets.front().format);
    std::vector<std::int64_t> times;
    for (const video::Packet& packet : stream.packets) {
        if (const AVFrame* picture = decoder->decode(packet)) {
            times.push_back(picture->pts);
        }
    }
    EXPECT_TRUE(std::ranges::is_sorted(times));
    EXPECT_EQ(decoder->refused(), 0);
    // The last ones wait for their turn, and while an order is found out a few may be passed over.
    EXPECT_GE(times.size() + 8, stream.direct.size());
}

INSTANTIATE_TEST_SUITE_P(H264, Conformance,
                         ::testing::Values("FREXT01_JVC_D.264", "FRExt1_Panasonic.avc", "FRExt2_Panasonic.avc",
                                           "Freh7_B.264", "HCAFF1_HHI.264", "HPCAFL_BRCM_C.264", "HPCV_BRCM_A.264",
                                           "freh4.264"),
                         [](const auto& instance) {
                             std::string name{instance.param};
                             std::erase_if(name, [](char letter) { return std::isalnum(letter) == 0; });
                             return name;
                         });

TEST_F(CarriedTest, TheChromiumStreamIsPlayedBackBitForBit) {
    const auto file = footage("cros/test-25fps.h264");
    if (!file) {
        GTEST_SKIP() << "The stream cros/test-25fps.h264 is not here; EveryCoding covers it with material of our own.";
    }
    std::ifstream json{file->string() + ".json"};
    const auto expected = nlohmann::json::parse(json).at("md5_checksums").get<std::vector<std::string>>();
    record(readStreamFile(*file, start).packets);
    EXPECT_EQ(play(), expected);
}

// The sums beside this one are of pictures turned to RGB; so it is held against libavcodec's own decoding.
TEST_F(CarriedTest, TheInterlacedChromiumStreamIsPlayedBackBitForBit) {
    const auto file = footage("cros/test-25fps-interlaced.h264");
    if (!file) {
        GTEST_SKIP() << "The stream cros/test-25fps-interlaced.h264 is not here; EveryCoding covers it with material "
                     << "of our own.";
    }
    const auto stream = readStreamFile(*file, start);
    record(stream.packets);
    EXPECT_EQ(play(), stream.direct);
    EXPECT_EQ(stream.direct.size(), 250U);
}

/// A file that is awkward, and why it cannot be recorded if it cannot.
struct Awkward {
    const char* file;
    const char* notCarriedAs = nullptr;  ///< its codec: cameras do not send it and it is refused by name
    const char* differs = nullptr;       ///< why what is played is not what libavcodec makes of the file
};

class AwkwardFile : public CarriedTest, public ::testing::WithParamInterface<Awkward> {};

TEST_P(AwkwardFile, IsRecordedPlayedAndClippedOrRefusedByName) {
    const auto file = footage(GetParam().file);
    if (!file) {
        GTEST_SKIP() << "The file " << GetParam().file << " is not here; EveryCoding covers the path with material of "
                     << "our own.";
    }
    const auto stream = readStreamFile(*file, start);
    if (GetParam().notCarriedAs != nullptr) {
        EXPECT_EQ(stream.codec, GetParam().notCarriedAs);
        EXPECT_FALSE(stream.isCarried);
        return;
    }
    ASSERT_TRUE(stream.isCarried) << stream.codec;
    record(stream.packets);
    const auto played = play();
    EXPECT_FALSE(played.empty());
    if (GetParam().differs == nullptr) {
        EXPECT_EQ(played, stream.direct);
    }
    const auto cut = clip();
    EXPECT_TRUE(cut) << cut.error().message;
}

INSTANTIATE_TEST_SUITE_P(
    Files, AwkwardFile,
    ::testing::Values(
        Awkward{"fate/PVA_test-partial.mp4", "mpeg2video"},
        Awkward{.file = "fate/attachment631-small.mp4",
                .differs = "its samples are no pictures, so libavcodec gives 15 of the 164 that are in it"},
        Awkward{"fate/coolitnow-partial.mp4", "mpeg2video"}, Awkward{"fate/displaymatrix.mp4"},
        Awkward{"fate/frag_overlap.mp4"}, Awkward{"fate/interlaced_crop.mp4"}, Awkward{"fate/mixed-nal-coding.mp4"},
        Awkward{"fate/packed_bframes.avi"}, Awkward{"fate/ps_prefix_first_idr.mp4"},
        Awkward{"fate/scte20.mp4", "mpeg2video"}, Awkward{"cam/bgslib/video02.avi"},
        Awkward{"cam/dvrscan/issue53_brightness_change.avi"}, Awkward{"cam/dvrscan/traffic_camera.mp4"},
        Awkward{"cam/dvrscan/traffic_camera_vfr.mp4"}, Awkward{"cam/intel/bottle-detection.mp4"},
        Awkward{"cam/intel/car-detection.mp4"}, Awkward{"cam/intel_gif/classroom.gif", "gif"},
        Awkward{"cam/intel_gif/face-demographics-walking-and-pause.gif", "gif"},
        Awkward{"cam/intel_gif/person-bicycle-car-detection.gif", "gif"}, Awkward{"cam/lrs/escalator.avi"},
        Awkward{"cam/pjunhyuk/test_video_01.mov"}, Awkward{"cam/pjunhyuk/test_video_01f.mov"}),
    [](const auto& instance) {
        std::string name = std::filesystem::path{instance.param.file}.stem();
        std::erase_if(name, [](char letter) { return std::isalnum(letter) == 0; });
        return name;
    });

}  // namespace
}  // namespace leedswatch::tests

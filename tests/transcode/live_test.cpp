#include "made_film.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"
#include "support/test_encoder.h"
#include "transcode/live_pictures.h"
#include "transcode/live_source.h"
#include "video/stream_parser.h"

#include <gmock/gmock.h>
#include <linux/videodev2.h>

#include <random>

namespace leedswatch::tests {
namespace {

using base::ErrorCode;
using ::testing::HasSubstr;
using transcode::CaptureInput;
using transcode::FieldOrder;
using transcode::LiveOptions;
using transcode::LivePictures;
using transcode::LiveTreatment;
using transcode::Standard;

constexpr AVRational kPicture{1, 25};

LiveTreatment quickTreatment() {
    LiveTreatment treatment;
    treatment.preset = "ultrafast";
    return treatment;
}

std::vector<video::PacketHandle> takeAll(LivePictures& live) {
    std::vector<video::PacketHandle> packets;
    for (video::PacketHandle packet{av_packet_alloc()}; live.take(*packet); packet.reset(av_packet_alloc())) {
        packets.push_back(std::move(packet));
    }
    return packets;
}

TEST(LivePicturesTest, OfInterlacedPicturesEachFieldComesOutInTime) {
    LivePictures live{quickTreatment()};
    std::vector<video::PacketHandle> packets;
    for (int i = 0; i < 101; ++i) {
        ASSERT_TRUE(live.put(*drawPicture({}, Fields::TopFirst, i), kPicture));
        auto ready = takeAll(live);
        EXPECT_LE(ready.size(), 2U) << "nothing is held back";
        std::ranges::move(ready, std::back_inserter(packets));
    }
    ASSERT_EQ(packets.size(), 200U) << "the fields of the last picture wait for the next";
    for (std::size_t i = 0; i < packets.size(); ++i) {
        EXPECT_EQ(packets[i]->pts, static_cast<std::int64_t>(i) * 1'800) << "50 a second, in 90 kHz";
        EXPECT_EQ((packets[i]->flags & AV_PKT_FLAG_KEY) != 0, i % 100 == 0) << "a key picture every two seconds";
    }
}

TEST(LivePicturesTest, AWrongFieldOrderIsFoundOut) {
    for (const Fields fields : {Fields::TopFirst, Fields::BottomFirst}) {
        LiveTreatment treatment = quickTreatment();
        treatment.order = fields == Fields::TopFirst ? FieldOrder::BottomFirst : FieldOrder::TopFirst;
        LivePictures live{treatment};
        for (int i = 0; i < 10; ++i) {
            ASSERT_TRUE(live.put(*drawPicture({.noise = 4}, fields, i), kPicture));
        }
        EXPECT_EQ(live.order(), fields == Fields::TopFirst ? FieldOrder::TopFirst : FieldOrder::BottomFirst);
    }
}

TEST(LivePicturesTest, AFieldOrderThatWasChosenStays) {
    LiveTreatment treatment = quickTreatment();
    treatment.order = FieldOrder::BottomFirst;
    treatment.isOrderFixed = true;
    LivePictures live{treatment};
    for (int i = 0; i < 10; ++i) {
        ASSERT_TRUE(live.put(*drawPicture({}, Fields::TopFirst, i), kPicture));
    }
    EXPECT_EQ(live.order(), FieldOrder::BottomFirst);
}

TEST(LivePicturesTest, AWebcamsPicturesStayAsTheyAre) {
    LiveTreatment treatment = quickTreatment();
    treatment.order = FieldOrder::Progressive;
    LivePictures live{treatment};
    std::size_t packets = 0;
    for (int i = 0; i < 30; ++i) {
        ASSERT_TRUE(live.put(*drawPicture({}, Fields::Progressive, i), kPicture));
        packets += takeAll(live).size();
    }
    EXPECT_GE(packets, 28U);
    EXPECT_LE(packets, 30U);
}

TEST(LivePicturesTest, BlankingIsCutOffAfterFiveSeconds) {
    const MadeScene scene{.width = 720, .height = 576, .noise = 2};
    LivePictures live{quickTreatment()};
    const auto parser = video::StreamParser::create(video::VideoCodec::H264);
    std::vector<int> widths;
    for (int i = 0; i < 130; ++i) {
        const auto picture = drawPicture(scene, Fields::TopFirst, i);
        picture->sample_aspect_ratio = {0, 1};
        for (int y = 0; y < 576; ++y) {
            std::fill_n(picture->data[0] + y * picture->linesize[0], 10, std::uint8_t{16});
        }
        ASSERT_TRUE(live.put(*picture, kPicture));
        for (const auto& ready : takeAll(live)) {
            const auto packet = parser->convert(bytesOf(*ready));
            ASSERT_TRUE(packet.format);
            if (widths.empty() || widths.back() != packet.format->width) {
                EXPECT_TRUE(packet.isKey) << "another format begins with a key picture";
                widths.push_back(packet.format->width);
            }
        }
    }
    EXPECT_THAT(widths, ::testing::ElementsAre(768, 758)) << "4:3 with square pixels, then without the border";
}

std::optional<base::Error> errorOf(const std::function<void(AVFrame&, int)>& spoil, int pictures = 60) {
    LiveTreatment treatment = quickTreatment();
    treatment.watchesSignal = true;
    LivePictures live{treatment};
    for (int i = 0; i < pictures; ++i) {
        const auto picture = drawPicture({.noise = 3}, Fields::TopFirst, i);
        spoil(*picture, i);
        if (const auto put = live.put(*picture, kPicture); !put) {
            return put.error();
        }
    }
    return std::nullopt;
}

void fill(AVFrame& picture, const std::function<int()>& level) {
    for (int y = 0; y < picture.height; ++y) {
        for (int x = 0; x < picture.width; ++x) {
            picture.data[0][y * picture.linesize[0] + x] = static_cast<std::uint8_t>(level());
        }
    }
}

TEST(SignalWatchTest, OneColourAllOverIsNoPicture) {
    const auto error = errorOf([](AVFrame& picture, int) { fill(picture, [] { return 41; }); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code, ErrorCode::Disconnected);
    EXPECT_THAT(error->message, HasSubstr("no video signal"));
}

TEST(SignalWatchTest, SnowIsNoPicture) {
    std::minstd_rand random{3};
    const auto error = errorOf(
        [&](AVFrame& picture, int) { fill(picture, [&] { return static_cast<int>(random() >> 8U) % 200 + 20; }); });
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code, ErrorCode::Disconnected);
    EXPECT_THAT(error->message, HasSubstr("no sync"));
}

TEST(SignalWatchTest, ADarkNoisyNightIsAPicture) {
    std::minstd_rand random{3};
    EXPECT_FALSE(errorOf(
        [&](AVFrame& picture, int) { fill(picture, [&] { return 20 + static_cast<int>(random() >> 8U) % 9; }); }));
}

TEST(SignalWatchTest, HalfASecondOfItIsNothing) {
    EXPECT_FALSE(errorOf([](AVFrame& picture, int number) {
        if (number % 25 < 12) {
            fill(picture, [] { return 41; });
        }
    }));
}

TEST(CaptureCardTest, WhatADriverSaysIsUnderstood) {
    const auto pal = transcode::captureInputOf("Composite1", 0, V4L2_STD_ALL, V4L2_STD_PAL);
    EXPECT_TRUE(pal.isAnalogue && pal.hasSignal && pal.isLocked);
    EXPECT_EQ(pal.detected, Standard::Pal);
    EXPECT_EQ(transcode::captureInputOf("", 0, V4L2_STD_ALL, V4L2_STD_NTSC_M).detected, Standard::Ntsc);
    EXPECT_EQ(transcode::captureInputOf("", 0, V4L2_STD_ALL, V4L2_STD_ALL).detected, std::nullopt) << "it cannot tell";
    EXPECT_FALSE(transcode::captureInputOf("", V4L2_IN_ST_NO_SIGNAL, V4L2_STD_ALL, 0).hasSignal);
    EXPECT_FALSE(transcode::captureInputOf("", V4L2_IN_ST_NO_H_LOCK, V4L2_STD_ALL, 0).isLocked);
    EXPECT_FALSE(transcode::captureInputOf("Camera 1", 0, 0, 0).isAnalogue) << "a webcam";
}

TEST(CaptureCardTest, ADeviceThatIsNotThereIsNamed) {
    const auto seen = transcode::V4l2CaptureCard{}.look("/dev/video-none", 0);
    ASSERT_FALSE(seen);
    EXPECT_EQ(seen.error().code, ErrorCode::NotFound);
    EXPECT_THAT(seen.error().message, HasSubstr("/dev/video-none"));
    EXPECT_EQ(transcode::V4l2CaptureCard{}.look("/dev/null", 0).error().code, ErrorCode::Unsupported);
}

TEST(LiveOptionsTest, AreReadAndTakenOffTheAddress) {
    const auto options = transcode::readLiveOptions("v4l2:/dev/video0#input=2,standard=ntsc,fields=bottom,denoise=no");
    ASSERT_TRUE(options) << options.error().message;
    EXPECT_EQ(options->url, "v4l2:/dev/video0");
    EXPECT_EQ(options->input, 2);
    EXPECT_EQ(options->standard, Standard::Ntsc);
    EXPECT_EQ(options->fields, FieldOrder::BottomFirst);
    EXPECT_FALSE(options->isDenoised);
    EXPECT_EQ(transcode::readLiveOptions("rtsp://10.0.0.1/main#deinterlace")->deinterlace,
              LiveOptions::Deinterlace::Full);
    EXPECT_EQ(transcode::readLiveOptions("file:/a#b.mp4")->url, "file:/a#b.mp4") << "a file may be called so";
}

TEST(LiveOptionsTest, WhatIsWrongIsNamed) {
    const auto options = transcode::readLiveOptions("rtsp://10.0.0.1/main#fields=left");
    ASSERT_FALSE(options);
    EXPECT_EQ(options.error().code, ErrorCode::InvalidInput);
    EXPECT_THAT(options.error().message, HasSubstr("'fields=left'"));
    EXPECT_THAT(options.error().message, HasSubstr("top, bottom or auto"));
    EXPECT_FALSE(transcode::readLiveOptions("v4l2:/dev/video0#input=-1"));
    EXPECT_FALSE(transcode::readLiveOptions("v4l2:/dev/video0#inputs=1"));
}

/// A capture card whose signal a test pulls.
class FakeCard final : public transcode::CaptureCard {
public:
    base::Result<CaptureInput> look(const std::string& path, int) const override {
        if (!isThere) {
            return base::fail(ErrorCode::NotFound, "there is no " + path);
        }
        return input;
    }
    bool isThere = true;
    CaptureInput input{"Composite1", true, true, true, Standard::Pal};
};

class AnalogueInput : public ::testing::Test {
protected:
    /// What the device gives: pictures without loss, from a file that stands in for it.
    void SetUp() override {
        MadeFilm film{.format = "nut", .codec = "ffv1", .pictures = 12};
        film.draw = [](int number) { return drawPicture({.noise = 3}, Fields::BottomFirst, number); };
        writeFilm(m_device, film);
    }
    base::Result<std::unique_ptr<video::StreamSource>> open(const std::string& options = "") {
        video::SourceSettings settings;
        settings.deviceFormat = "nut";
        video::StreamAddress address;
        address.url = "v4l2:" + m_device.string() + options;
        return transcode::openSource(address, settings, m_card, m_clock, {});
    }

    TemporaryFolder m_folder;
    const std::filesystem::path m_device = m_folder / "video0";
    FakeCard m_card;
    FakeClock m_clock{base::UtcTime{}};
};

TEST_F(AnalogueInput, GivesProgressivePicturesUntilItIsUnplugged) {
    const auto source = open("#standard=pal,input=1");
    ASSERT_TRUE(source) << source.error().message;
    int pictures = 0;
    auto packet = (*source)->read();
    for (; packet; packet = (*source)->read()) {
        EXPECT_EQ(packet->format->codec, video::VideoCodec::H264);
        EXPECT_EQ(packet->isKey, pictures == 0);
        ++pictures;
    }
    EXPECT_EQ(pictures, 22) << "two of each but the last";
    EXPECT_EQ(packet.error().code, ErrorCode::Disconnected);
    EXPECT_THAT(packet.error().message, HasSubstr(m_device.string()));
    EXPECT_THAT(packet.error().message, HasSubstr("plugged in"));
}

TEST_F(AnalogueInput, IsNotOpenedWithoutASignal) {
    m_card.input.hasSignal = false;
    auto source = open();
    ASSERT_FALSE(source);
    EXPECT_EQ(source.error().code, ErrorCode::Disconnected);
    EXPECT_THAT(source.error().message, HasSubstr("no video signal at its input Composite1"));
    m_card.input = {"Composite1", true, true, false, std::nullopt};
    source = open();
    ASSERT_FALSE(source);
    EXPECT_THAT(source.error().message, HasSubstr("no sync"));
}

TEST_F(AnalogueInput, ASignalThatIsLostIsAStateAndNoPicture) {
    const auto source = open();
    ASSERT_TRUE(source) << source.error().message;
    ASSERT_TRUE((*source)->read());
    m_card.input.hasSignal = false;
    m_clock.advance(std::chrono::seconds{2});
    const auto packet = (*source)->read();
    ASSERT_FALSE(packet);
    EXPECT_EQ(packet.error().code, ErrorCode::Disconnected);
    EXPECT_THAT(packet.error().message, HasSubstr("no video signal"));
}

TEST_F(AnalogueInput, AnInputThatIsNotThereIsNamed) {
    m_card.isThere = false;
    const auto source = open("#input=7");
    ASSERT_FALSE(source);
    EXPECT_EQ(source.error().code, ErrorCode::NotFound);
}

/// A network camera that sends interlaced H.264.
class InterlacedCamera final : public video::StreamSource {
public:
    explicit InterlacedCamera(int pictures) {
        const MadeScene scene;
        const auto encoder = openEncoder({.width = scene.width, .height = scene.height, .x264 = "tff=1"});
        const auto parser = video::StreamParser::create(video::VideoCodec::H264);
        encodePictures(
            *encoder, pictures,
            [&](AVFrame& frame, int number) {
                av_frame_copy(&frame, drawPicture(scene, Fields::TopFirst, number).get());
                frame.interlaced_frame = 1;
                frame.top_field_first = 1;
            },
            [&](AVPacket& packet) {
                m_packets.push_back(parser->convert(bytesOf(packet)));
                m_packets.back().time = packet.pts * 3'600;
            });
    }
    base::Result<video::Packet> read() override {
        if (m_next == m_packets.size()) {
            return base::fail(ErrorCode::Disconnected, "10.0.0.1 has ended");
        }
        return m_packets[m_next++];
    }
    video::SourceReport report() const override { return {"tcp", 0, {}, std::nullopt}; }

private:
    std::vector<video::Packet> m_packets;
    std::size_t m_next = 0;
};

TEST(ProgressiveSourceTest, AnInterlacedCameraBecomesAProgressiveOne) {
    const auto source = transcode::makeProgressive(std::make_unique<InterlacedCamera>(40), quickTreatment());
    EXPECT_EQ(source->report().carrier, "tcp");
    int pictures = 0;
    std::int64_t before = -1;
    auto packet = source->read();
    for (; packet; packet = source->read()) {
        EXPECT_GT(packet->time, before);
        before = packet->time;
        ++pictures;
    }
    EXPECT_GE(pictures, 76);
    EXPECT_LE(pictures, 80);
    EXPECT_EQ(packet.error().code, ErrorCode::Disconnected);
}

}  // namespace
}  // namespace leedswatch::tests

#include "video/decoder.h"

#include "support/test_stream.h"
#include "video/live_picture_change.h"
#include "video/picture_scaler.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <thread>

namespace leedswatch::video {
namespace {

class DecoderTest : public ::testing::Test {
protected:
    std::vector<Packet> m_packets = tests::makePackets({.gop = 10}, 40, {}, {});
    std::unique_ptr<Decoder> m_decoder = *Decoder::create(m_packets.front().format);
};

TEST_F(DecoderTest, GivesAPictureWithEachPacketWithoutDelay) {
    for (const Packet& packet : m_packets) {
        const AVFrame* picture = m_decoder->decode(packet);
        ASSERT_NE(picture, nullptr);
        EXPECT_EQ(picture->pts, packet.time);
        EXPECT_EQ(picture->width, 176);
    }
    EXPECT_EQ(m_decoder->decoded(), 40);
}

TEST_F(DecoderTest, GivesNothingBeforeTheFirstKeyFrame) {
    for (std::size_t i = 3; i < 10; ++i) {
        EXPECT_EQ(m_decoder->decode(m_packets[i]), nullptr) << i;
    }
    EXPECT_NE(m_decoder->decode(m_packets[10]), nullptr);
}

TEST_F(DecoderTest, GivesNothingThatRestsOnALostPictureUntilTheNextKeyFrame) {
    for (std::size_t i = 0; i < 30; ++i) {
        if (i == 13) {
            continue;
        }
        const bool whole = i < 13 || i >= 20;
        EXPECT_EQ(m_decoder->decode(m_packets[i]) != nullptr, whole) << i;
    }
    EXPECT_EQ(m_decoder->refused(), 6);
}

TEST_F(DecoderTest, GivesNothingThatRestsOnADamagedPictureUntilTheNextKeyFrame) {
    for (std::size_t i = 0; i < 30; ++i) {
        Packet packet = m_packets[i];
        if (i == 13) {
            auto bytes = *packet.bytes;
            bytes.resize(bytes.size() / 2);
            packet.bytes = std::make_shared<const std::vector<std::byte>>(std::move(bytes));
        }
        const bool whole = i < 13 || i >= 20;
        EXPECT_EQ(m_decoder->decode(packet) != nullptr, whole) << i;
    }
}

TEST_F(DecoderTest, SurvivesNoiseForPackets) {
    std::uint32_t seed = 1;
    for (int round = 0; round < 200; ++round) {
        std::vector<std::byte> bytes(static_cast<std::size_t>(round) * 7);
        for (std::byte& byte : bytes) {
            seed = seed * 1'664'525U + 1'013'904'223U;
            byte = static_cast<std::byte>(seed >> 24U);
        }
        Packet packet = m_packets.front();
        packet.bytes = std::make_shared<const std::vector<std::byte>>(std::move(bytes));
        EXPECT_EQ(m_decoder->decode(packet), nullptr) << round;
    }
    EXPECT_NE(m_decoder->decode(m_packets[10]), nullptr);
}

/// Made by libavcodec's encoders, 40 pictures.
class EveryLiveCodec : public ::testing::TestWithParam<VideoCodec> {
protected:
    std::vector<Packet> m_packets = tests::makePackets({.codec = GetParam(), .gop = 10}, 40, {}, {});
    std::unique_ptr<Decoder> m_decoder = *Decoder::create(m_packets.front().format);

    void shorten(std::size_t picture) {
        auto bytes = *m_packets[picture].bytes;
        bytes.resize(bytes.size() / 2);
        m_packets[picture].bytes = std::make_shared<const std::vector<std::byte>>(std::move(bytes));
    }
    /// The first picture that is whole again after the one at 13.
    [[nodiscard]] static std::size_t nextWhole() { return GetParam() == VideoCodec::Mjpeg ? 14 : 20; }
};

TEST_P(EveryLiveCodec, GivesAPictureWithEachPacketWithoutDelay) {
    for (const Packet& packet : m_packets) {
        const AVFrame* picture = m_decoder->decode(packet);
        ASSERT_NE(picture, nullptr);
        EXPECT_EQ(picture->pts, packet.time);
        EXPECT_EQ(picture->width, 176);
    }
    EXPECT_EQ(m_decoder->refused(), 0);
}

TEST_P(EveryLiveCodec, GivesNothingThatRestsOnADamagedPicture) {
    shorten(13);
    for (std::size_t i = 0; i < 30; ++i) {
        EXPECT_EQ(m_decoder->decode(m_packets[i]) != nullptr, i < 13 || i >= nextWhole()) << i;
    }
}

TEST_P(EveryLiveCodec, SurvivesNoiseForPackets) {
    std::uint32_t seed = 1;
    for (int round = 0; round < 100; ++round) {
        std::vector<std::byte> bytes(static_cast<std::size_t>(round) * 7);
        for (std::byte& byte : bytes) {
            seed = seed * 1'664'525U + 1'013'904'223U;
            byte = static_cast<std::byte>(seed >> 24U);
        }
        Packet packet = m_packets.front();
        packet.bytes = std::make_shared<const std::vector<std::byte>>(std::move(bytes));
        EXPECT_EQ(m_decoder->decode(packet), nullptr) << round;
    }
    EXPECT_NE(m_decoder->decode(m_packets[10]), nullptr);
}

INSTANTIATE_TEST_SUITE_P(Cameras, EveryLiveCodec,
                         ::testing::Values(VideoCodec::H264, VideoCodec::H265, VideoCodec::Mjpeg, VideoCodec::Mpeg4));

TEST(LiveH265, GivesNothingThatRestsOnALostPictureUntilTheNextKeyFrame) {
    const auto packets = tests::makePackets({.codec = VideoCodec::H265, .gop = 10}, 40, {}, {});
    const auto decoder = *Decoder::create(packets.front().format);
    for (std::size_t i = 0; i < 30; ++i) {
        if (i != 13) {
            EXPECT_EQ(decoder->decode(packets[i]) != nullptr, i < 13 || i >= 20) << i;
        }
    }
}

class ReorderedLive : public ::testing::TestWithParam<tests::TestStream> {};

TEST_P(ReorderedLive, GivesPicturesInTheOrderOfShowing) {
    const auto packets = tests::makePackets(GetParam(), 60, {}, {});
    const auto decoder = *Decoder::create(packets.front().format);
    std::vector<std::int64_t> times;
    for (const Packet& packet : packets) {
        if (const AVFrame* picture = decoder->decode(packet)) {
            times.push_back(picture->pts);
        }
    }
    EXPECT_TRUE(std::ranges::is_sorted(times));
    EXPECT_GE(times.size(), 54U) << "some wait for their turn, none is lost on the way";
    EXPECT_EQ(decoder->refused(), 0);
}

INSTANTIATE_TEST_SUITE_P(Cameras, ReorderedLive,
                         ::testing::Values(tests::TestStream{.reordersPictures = true},
                                           tests::TestStream{.codec = VideoCodec::H265, .reordersPictures = true},
                                           tests::TestStream{.codec = VideoCodec::H265,
                                                             .gop = 30,
                                                             .reordersPictures = true,
                                                             .encoder = ":ref=4:bframes=4:b-pyramid=1"},
                                           tests::TestStream{.codec = VideoCodec::Mpeg4, .reordersPictures = true}));

std::vector<std::uint8_t> lumaOf(const AVFrame& picture) {
    std::vector<std::uint8_t> luma;
    for (int y = 0; y < picture.height; ++y) {
        const std::uint8_t* row = picture.data[0] + std::ptrdiff_t{y} * picture.linesize[0];
        luma.insert(luma.end(), row, row + picture.width);
    }
    return luma;
}

/// libavcodec on threads of its own, which it orders by atomics that the thread sanitizer does not see in a library
/// that was not built for it: each access to a picture would be a race, suppressed in its own slow way.
class CatchingUpTest : public ::testing::Test {
protected:
    void SetUp() override {
#ifdef __SANITIZE_THREAD__
        GTEST_SKIP() << "libavcodec's own threads are not built for the thread sanitizer";
#endif
    }
};

class CatchingUp : public CatchingUpTest, public ::testing::WithParamInterface<tests::TestStream> {};

// Some threads more, and still every picture, in order and bit for bit, each with the time that it was sent with.
TEST_P(CatchingUp, GivesTheSamePicturesALittleLater) {
    const auto packets = tests::makePackets(GetParam(), 8, {}, {});
    const auto live = *Decoder::create(packets.front().format);
    const auto hasty = *Decoder::create(packets.front().format, nullptr, Decoder::Pace::CatchingUp);
    std::map<std::int64_t, std::vector<std::uint8_t>> pictures;
    std::optional<std::int64_t> newest;
    int given = 0;
    for (const Packet& packet : packets) {
        if (const AVFrame* picture = live->decode(packet)) {
            pictures[picture->pts] = lumaOf(*picture);
        }
        if (const AVFrame* picture = hasty->decode(packet)) {
            ++given;
            EXPECT_LT(newest.value_or(-1), picture->pts);
            newest = picture->pts;
            EXPECT_EQ(lumaOf(*picture), pictures.at(picture->pts));
        }
    }
    EXPECT_GE(given, 5) << "four threads hold three back";
    EXPECT_EQ(hasty->refused(), 0);
    EXPECT_EQ(hasty->isDelayed(), std::thread::hardware_concurrency() > 1);
}

INSTANTIATE_TEST_SUITE_P(LargePictures, CatchingUp,
                         ::testing::Values(tests::TestStream{.width = 1280, .height = 720, .gop = 5},
                                           tests::TestStream{
                                               .codec = VideoCodec::H265, .width = 1280, .height = 720, .gop = 5}));

TEST_F(CatchingUpTest, NothingThatRestsOnADamagedPictureIsGivenOut) {
    const auto packets = tests::makePackets({.width = 1280, .height = 720, .gop = 5}, 12, {}, {});
    const auto hasty = *Decoder::create(packets.front().format, nullptr, Decoder::Pace::CatchingUp);
    for (std::size_t i = 0; i < packets.size(); ++i) {
        Packet packet = packets[i];
        if (i == 2) {
            auto bytes = *packet.bytes;
            bytes.resize(bytes.size() / 2);
            packet.bytes = std::make_shared<const std::vector<std::byte>>(std::move(bytes));
        }
        if (const AVFrame* picture = hasty->decode(packet)) {
            const auto number = picture->pts / 3600;
            EXPECT_TRUE(number < 2 || number >= 5) << number;
        }
    }
    EXPECT_GE(hasty->decoded(), 4);
}

TEST_F(CatchingUpTest, SmallPicturesComeOutAtOnce) {
    const auto packets = tests::makePackets({.gop = 10}, 20, {}, {});
    const auto decoder = *Decoder::create(packets.front().format, nullptr, Decoder::Pace::CatchingUp);
    EXPECT_FALSE(decoder->isDelayed());
    for (const Packet& packet : packets) {
        EXPECT_NE(decoder->decode(packet), nullptr);
    }
}

/// 1280x720, so that a device would be asked.
std::vector<Packet> largePackets() {
    return tests::makePackets({.width = 1280, .height = 720, .gop = 5}, 10, {}, {});
}

TEST(HardwareDecodingTest, WithoutADeviceEverythingIsDecodedInSoftwareAndNoneIsAskedForAgain) {
    int asked = 0;
    HardwareDecoding hardware{std::make_shared<HardwareExperience>(), [&asked](AVHWDeviceType) {
                                  ++asked;
                                  return BufferHandle{};
                              }};
    const auto packets = largePackets();
    for (int round = 0; round < 3; ++round) {
        const auto decoder = *Decoder::create(packets.front().format, &hardware);
        EXPECT_NE(decoder->decode(packets.front()), nullptr);
        EXPECT_FALSE(decoder->isInHardware());
    }
    EXPECT_EQ(hardware.inUse(), "software");
    EXPECT_LE(asked, 2) << "one try of each kind";
}

// A device that opens and cannot decode: libavcodec is given one of another kind than it was told.
TEST(HardwareDecodingTest, ADeviceThatCannotDecodeIsLeftForSoftwareAndThatIsRemembered) {
    int opened = 0;
    const auto open = [&opened](AVHWDeviceType kind) {
        if (kind != AV_HWDEVICE_TYPE_CUDA) {
            return BufferHandle{};
        }
        ++opened;
        return BufferHandle{av_hwdevice_ctx_alloc(AV_HWDEVICE_TYPE_DRM)};
    };
    const auto camera = std::make_shared<HardwareExperience>();
    const auto packets = largePackets();
    for (int callUp = 0; callUp < 2; ++callUp) {
        HardwareDecoding hardware{camera, open};
        const auto decoder = *Decoder::create(packets.front().format, &hardware);
        int whole = 0;
        for (const Packet& packet : packets) {
            whole += decoder->decode(packet) != nullptr ? 1 : 0;
        }
        EXPECT_GE(whole, 5) << "at the next key frame at the latest";
        EXPECT_FALSE(decoder->isInHardware());
        EXPECT_EQ(hardware.inUse(), "software");
        EXPECT_FALSE(hardware.mayTry());
    }
    EXPECT_LE(opened, 1);
    EXPECT_TRUE(HardwareDecoding(std::make_shared<HardwareExperience>(), open).mayTry()) << "another camera's";
}

TEST(HardwareDecodingTest, TheThirdBadPictureIsOneTooMany) {
    HardwareDecoding hardware{std::make_shared<HardwareExperience>(), [](AVHWDeviceType) { return BufferHandle{}; }};
    hardware.noteBad();
    hardware.noteBad();
    for (int i = 0; i < 100; ++i) {
        hardware.noteGood();
    }
    hardware.noteBad();
    hardware.noteBad();
    EXPECT_TRUE(hardware.mayTry());
    hardware.noteBad();
    EXPECT_FALSE(hardware.mayTry());
}

TEST_F(DecoderTest, ScalesToTheBoxWithTheTrueShape) {
    PictureScaler scaler;
    const AVFrame* picture = m_decoder->decode(m_packets[0]);
    ASSERT_NE(picture, nullptr);
    const auto frame = scaler.present(*picture, {{300, 1000}, PrivacyMask::none()});
    ASSERT_TRUE(frame);
    EXPECT_EQ((*frame)->width, 300);
    EXPECT_EQ((*frame)->height, 245);
    EXPECT_EQ((*frame)->sourceWidth, 176);
    EXPECT_GE((*frame)->stride, 300 * 4);
    const auto other = scaler.present(*picture, {{64, 32}, PrivacyMask::none()});
    ASSERT_TRUE(other);
    EXPECT_EQ((*other)->height, 32);
    EXPECT_EQ((*other)->width, 39);
}

TEST_F(DecoderTest, PixelsThatAreNotSquareAreShownInTheirTrueShape) {
    AVFrame picture{};
    picture.width = 704;
    picture.height = 576;
    picture.sample_aspect_ratio = {12, 11};
    const PictureSize size = presentedSize(picture, {.box = {480, 270}});
    EXPECT_EQ(size.height, 270);
    EXPECT_EQ(size.width, 360);
}

TEST_F(DecoderTest, AReducedPictureIsNeverLargerThanTheCameraSentIt) {
    AVFrame picture{};
    picture.width = 704;
    picture.height = 576;
    picture.sample_aspect_ratio = {16, 11};
    const auto reduced = [&](PictureSize box) {
        return presentedSize(picture, {.box = box, .fit = Presentation::Fit::NeverLarger});
    };
    EXPECT_EQ(reduced({4000, 4000}), (PictureSize{1024, 576}));
    EXPECT_EQ(reduced({512, 4000}), (PictureSize{512, 288}));
    picture.sample_aspect_ratio = {1, 2};
    EXPECT_EQ(reduced({4000, 4000}), (PictureSize{704, 1152}));
}

TEST_F(DecoderTest, AFrameKeepsItsPixelsWhileItIsHeld) {
    PictureScaler scaler;
    const auto held = *scaler.present(*m_decoder->decode(m_packets[0]), {{88, 72}, PrivacyMask::none()});
    const auto copy = held->pixels;
    for (std::size_t i = 1; i < 20; ++i) {
        const auto next = scaler.present(*m_decoder->decode(m_packets[i]), {{88, 72}, PrivacyMask::none()});
        ASSERT_TRUE(next);
    }
    EXPECT_EQ(held->pixels, copy);
}

}  // namespace
}  // namespace leedswatch::video

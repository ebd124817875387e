#include "video/decoder.h"

#include "support/test_stream.h"
#include "video/live_picture_change.h"
#include "video/picture_scaler.h"

#include <gtest/gtest.h>

#include <cstring>

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

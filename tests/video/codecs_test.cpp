#include "support/bytes.h"
#include "support/test_stream.h"
#include "video/ffmpeg_codec.h"
#include "video/h265.h"
#include "video/mjpeg.h"
#include "video/mpeg4.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>

namespace leedswatch::tests {
namespace {

using video::VideoCodec;

/// How many pictures a decoder gives that is told of a stream by its format alone.
int decodeByFormat(const std::vector<video::Packet>& packets) {
    const video::CodecParametersHandle parameters{avcodec_parameters_alloc()};
    video::describeTo(*parameters, *packets.front().format);
    const AVCodec* codec = avcodec_find_decoder(parameters->codec_id);
    const video::CodecContextHandle decoder{avcodec_alloc_context3(codec)};
    avcodec_parameters_to_context(decoder.get(), parameters.get());
    EXPECT_EQ(avcodec_open2(decoder.get(), codec, nullptr), 0);
    const video::PacketHandle packet{av_packet_alloc()};
    const video::FrameHandle frame{av_frame_alloc()};
    int count = 0;
    for (const auto& one : packets) {
        EXPECT_EQ(av_new_packet(packet.get(), static_cast<int>(one.bytes->size())), 0);
        std::copy_n(reinterpret_cast<const std::uint8_t*>(one.bytes->data()), one.bytes->size(), packet->data);
        EXPECT_EQ(avcodec_send_packet(decoder.get(), packet.get()), 0);
        av_packet_unref(packet.get());
        while (avcodec_receive_frame(decoder.get(), frame.get()) == 0) {
            ++count;
        }
    }
    avcodec_send_packet(decoder.get(), nullptr);
    while (avcodec_receive_frame(decoder.get(), frame.get()) == 0) {
        ++count;
    }
    return count;
}

class EveryCodec : public ::testing::TestWithParam<VideoCodec> {
protected:
    TestStream m_stream{.codec = GetParam(), .width = 200, .height = 100};
};

TEST_P(EveryCodec, SaysItsSizeItsKeyPicturesAndAllThatADecoderMustKnow) {
    auto packets = makePackets(m_stream, 25, {}, {});
    ASSERT_EQ(packets.size(), 25U);
    for (std::size_t i = 0; i < packets.size(); ++i) {
        ASSERT_NE(packets[i].format, nullptr) << i;
        EXPECT_EQ(packets[i].format, packets[0].format) << "the same headers again are the same format";
        EXPECT_EQ(packets[i].isKey, GetParam() == VideoCodec::Mjpeg || i % 10 == 0) << i;
    }
    EXPECT_EQ(packets[0].format->codec, GetParam());
    EXPECT_EQ(packets[0].format->width, 200) << "no multiple of 16: the cropping counts";
    EXPECT_EQ(packets[0].format->height, 100);
    packets.erase(packets.begin(), packets.begin() + 10);
    EXPECT_EQ(decodeByFormat(packets), 15);
}

TEST_P(EveryCodec, AnotherSizeIsAnotherFormat) {
    const auto parser = video::StreamParser::create(GetParam());
    (void)parser->convert(makePictures(m_stream, 1)[0]);
    const auto before = parser->format();
    m_stream.width = 320;
    const auto packet = parser->convert(makePictures(m_stream, 1)[0]);
    ASSERT_NE(packet.format, nullptr);
    EXPECT_NE(*packet.format, *before);
    EXPECT_EQ(packet.format->width, 320);
}

TEST_P(EveryCodec, WhatIsNoPictureGivesNone) {
    const auto parser = video::StreamParser::create(GetParam());
    parser->describe({});
    for (const auto& noise :
         {bytes({}), bytes({1, 2, 3}), bytes({0, 0, 1}), bytes({0xFF, 0xD8}), bytes({0, 0, 0, 1})}) {
        const auto packet = parser->convert(noise);
        EXPECT_TRUE(packet.bytes->empty());
        EXPECT_FALSE(packet.isKey);
        EXPECT_EQ(packet.format, nullptr);
    }
}

// Some cameras send their parameter sets as if they were pictures.
TEST(H264, ParameterSetsThatComeAloneBelongToTheNextPicture) {
    const auto picture = makePictures({}, 1)[0];
    const auto whole = video::StreamParser::create(VideoCodec::H264)->convert(picture);
    const auto startCode = bytes({0, 0, 1, 0x65});
    const auto slice = std::search(picture.begin(), picture.end(), startCode.begin(), startCode.end());
    const auto parser = video::StreamParser::create(VideoCodec::H264);
    EXPECT_TRUE(parser->convert(std::span{picture.begin(), slice}).bytes->empty());
    const auto packet = parser->convert(std::span{slice, picture.end()});
    EXPECT_TRUE(packet.isKey);
    EXPECT_EQ(*packet.bytes, *whole.bytes);
}

// Cut off anywhere, and with each byte of its first hundred changed: there is an answer, and a format has a size.
TEST_P(EveryCodec, DamagedHeadersAreRefusedOrGiveASize) {
    const auto picture = makePictures(m_stream, 1)[0];
    for (std::size_t at = 0; at < std::min<std::size_t>(picture.size(), 100); ++at) {
        for (const int value : {0, 1, 3, 0x55, 0x80, 0xFF}) {
            auto noisy = picture;
            noisy[at] = static_cast<std::byte>(value);
            const auto parser = video::StreamParser::create(GetParam());
            (void)parser->convert(std::span{noisy}.first(at + 1));
            const auto packet = parser->convert(noisy);
            EXPECT_TRUE(!packet.format || (packet.format->width > 0 && packet.format->height > 0));
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Cameras, EveryCodec,
                         ::testing::Values(VideoCodec::H264, VideoCodec::H265, VideoCodec::Mjpeg, VideoCodec::Mpeg4),
                         [](const auto& instance) {
                             std::string name{nameOf(instance.param)};
                             std::erase_if(name, [](char letter) { return std::isalnum(letter) == 0; });
                             return name;
                         });

TEST(H265, PicturesThatRestOnWhatWasBeforeTheKeyPictureAreToldApart) {
    const auto packets = makePackets(
        {.codec = VideoCodec::H265, .gop = 9, .reordersPictures = true, .encoder = ":open-gop=1"}, 27, {}, {});
    int keys = 0;
    int skipped = 0;
    for (const auto& packet : packets) {
        const auto kind = video::h265PictureOf(*packet.bytes);
        EXPECT_EQ(kind == video::H265Picture::Key, packet.isKey);
        keys += packet.isKey ? 1 : 0;
        skipped += kind == video::H265Picture::Skipped ? 1 : 0;
    }
    EXPECT_EQ(keys, 3);
    EXPECT_GT(skipped, 0);
}

TEST(Mpeg4, WhatUsersPutBetweenTheHeadersIsNoOtherFormat) {
    const auto picture = makePictures({.codec = VideoCodec::Mpeg4}, 1)[0];
    video::Mpeg4Stream stream;
    const auto first = stream.convert(picture);
    ASSERT_NE(first.format, nullptr);
    const auto begin = bytes({0, 0, 1, 0xB6});
    auto withNote = picture;
    const auto note = bytes({0, 0, 1, 0xB2, 'a', 't', ' ', '3'});
    withNote.insert(std::search(withNote.begin(), withNote.end(), begin.begin(), begin.end()), note.begin(),
                    note.end());
    const auto second = stream.convert(withNote);
    EXPECT_EQ(second.format, first.format);
    EXPECT_EQ(*second.bytes, withNote);
}

TEST(Mjpeg, APictureThatWasCutOffHasNoEnd) {
    auto picture = makePictures({.codec = VideoCodec::Mjpeg}, 1)[0];
    EXPECT_TRUE(video::hasJpegEnd(picture));
    picture.resize(picture.size() + 3);
    EXPECT_TRUE(video::hasJpegEnd(picture)) << "some cameras fill up with zeros";
    picture.resize(picture.size() / 2);
    EXPECT_FALSE(video::hasJpegEnd(picture));
}

}  // namespace
}  // namespace leedswatch::tests

#include "video/h264.h"

#include "support/bytes.h"
#include "support/test_stream.h"
#include "video/ffmpeg_handles.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

TEST(H264, StartCodesOfBothLengthsBecomeLengths) {
    video::H264Stream stream;
    const auto unit = stream.convert(bytes({0, 0, 0, 1, 0x65, 1, 2, 0, 0, 1, 0x41, 3, 0, 0}));
    EXPECT_EQ(*unit.bytes, bytes({0, 0, 0, 3, 0x65, 1, 2, 0, 0, 0, 2, 0x41, 3}));
    EXPECT_TRUE(unit.isKey);
}

TEST(H264, APictureFromWhichDecodingMayBeginIsAKeyPicture) {
    video::H264Stream stream;
    const auto recoveryPoint = bytes({0, 0, 1, 0x06, 0x06, 0x01, 0xC4, 0x80, 0, 0, 1, 0x41, 3});
    EXPECT_TRUE(stream.convert(recoveryPoint).isKey);
    const auto behindAnother = bytes({0, 0, 1, 0x06, 0x05, 0x02, 0x06, 0x01, 0x06, 0x01, 0xC4, 0x80, 0, 0, 1, 0x41, 3});
    EXPECT_TRUE(stream.convert(behindAnother).isKey);
    const auto otherMessage = bytes({0, 0, 1, 0x06, 0x05, 0x02, 0x06, 0x01, 0x80, 0, 0, 1, 0x41, 3});
    EXPECT_FALSE(stream.convert(otherMessage).isKey);
    EXPECT_FALSE(stream.convert(bytes({0, 0, 1, 0x06, 0xFF, 0xFF, 0xFF, 0, 0, 1, 0x41, 3})).isKey);
}

TEST(H264, BytesWithoutAStartCodeGiveNothing) {
    video::H264Stream stream;
    EXPECT_TRUE(stream.convert({}).bytes->empty());
    EXPECT_TRUE(stream.convert(bytes({1, 2, 3})).bytes->empty());
    EXPECT_TRUE(stream.convert(bytes({0, 0, 1})).bytes->empty());
    EXPECT_TRUE(stream.convert(bytes({0, 0, 0, 0, 1, 0, 0})).bytes->empty());
}

TEST(H264, TheFormatIsKnownFromTheParameterSetsInTheStream) {
    TestStream small;
    small.width = 200;  // not a multiple of 16: the cropping counts
    small.height = 100;
    video::H264Stream stream;
    EXPECT_EQ(stream.format(), nullptr);
    const auto pictures = makePictures(small, 12);
    (void)stream.convert(pictures[0]);
    const auto first = stream.format();
    ASSERT_NE(first, nullptr);
    EXPECT_EQ(first->width, 200);
    EXPECT_EQ(first->height, 100);
    (void)stream.convert(pictures[10]);
    EXPECT_EQ(stream.format(), first) << "the same sets again are the same format";
    small.width = 320;
    (void)stream.convert(makePictures(small, 1)[0]);
    EXPECT_EQ(stream.format()->width, 320);
}

TEST(H264, NoiseInAParameterSetIsRefusedOrGivesASize) {
    const auto set = bytes({0x67, 0x64, 0x00, 0x28, 0xac, 0xd9, 0x40, 0x78, 0x02, 0x27, 0xe5, 0xc0, 0x44});
    ASSERT_TRUE(video::readSequenceParameters(set));
    EXPECT_EQ(video::readSequenceParameters(set)->width, 1920);
    EXPECT_EQ(video::readSequenceParameters(set)->height, 1080);
    for (std::size_t at = 1; at < set.size(); ++at) {
        EXPECT_FALSE(video::readSequenceParameters(std::span{set}.first(std::min<std::size_t>(at, 4))));
        for (int value = 0; value < 256; ++value) {
            auto noisy = set;
            noisy[at] = static_cast<std::byte>(value);
            const auto read = video::readSequenceParameters(noisy);
            EXPECT_TRUE(!read || (read->width > 0 && read->height > 0));
        }
    }
}

}  // namespace
}  // namespace leedswatch::tests

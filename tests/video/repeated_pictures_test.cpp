#include "video/repeated_pictures.h"

#include "support/test_stream.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;

/// When it is first said that nothing new comes, of 25 pictures a second; negative if never.
double stillAfter(const std::vector<video::Packet>& packets) {
    video::RepeatedPictures repeated;
    for (std::size_t i = 0; i < packets.size(); ++i) {
        if (repeated.add(packets[i])) {
            return static_cast<double>(i) / 25;
        }
    }
    return -1;
}

/// The packets over and over, for ten seconds.
std::vector<video::Packet> looped(const std::vector<video::Packet>& once) {
    std::vector<video::Packet> packets;
    for (int i = 0; i < 250; ++i) {
        auto packet = once[static_cast<std::size_t>(i) % once.size()];
        packet.arrivedAt = base::SteadyTime{} + i * 40ms;
        packets.push_back(std::move(packet));
    }
    return packets;
}

/// A key picture and nine that say "as before", as an encoder sends that stands.
std::vector<video::Packet> standing(video::VideoCodec codec) {
    TestStream stream;
    stream.codec = codec;
    auto packets = makePackets(stream, 10, {}, {});
    const std::vector<std::byte> skipped{std::byte{0},    std::byte{0},    std::byte{0}, std::byte{4},
                                         std::byte{0x41}, std::byte{0x9a}, std::byte{1}, std::byte{2}};
    for (auto& packet : packets) {
        if (codec == video::VideoCodec::Mjpeg) {
            packet.bytes = packets.front().bytes;
        } else if (!packet.isKey) {
            packet.bytes = std::make_shared<const std::vector<std::byte>>(skipped);
        }
    }
    return packets;
}

class RepeatedPicturesTest : public testing::TestWithParam<video::VideoCodec> {};

TEST_P(RepeatedPicturesTest, AMovingSceneIsNeverSaidToStand) {
    TestStream stream;
    stream.codec = GetParam();
    EXPECT_EQ(stillAfter(makePackets(stream, 250, {}, {})), -1);
}

TEST_P(RepeatedPicturesTest, AShortRecordingThatIsShownOverAndOverMoves) {
    TestStream stream;
    stream.codec = GetParam();
    EXPECT_EQ(stillAfter(looped(makePackets(stream, 20, {}, {}))), -1);
    if (GetParam() != video::VideoCodec::Mjpeg) {
        EXPECT_EQ(stillAfter(looped(makePackets(stream, 10, {}, {}))), -1) << "of one key picture";
    }
}

TEST_P(RepeatedPicturesTest, AnEncoderThatStandsIsFoundAfterThreeSeconds) {
    const auto after = stillAfter(looped(standing(GetParam())));
    EXPECT_GE(after, 3);
    EXPECT_LT(after, 3.5);
}

TEST_P(RepeatedPicturesTest, OneNewPictureIsEnoughToMoveAgain) {
    video::RepeatedPictures repeated;
    const auto still = looped(standing(GetParam()));
    for (const auto& packet : still) {
        std::ignore = repeated.add(packet);
    }
    TestStream stream;
    stream.codec = GetParam();
    auto moving = makePackets(stream, 2, {}, {}).back();
    moving.arrivedAt = still.back().arrivedAt + 40ms;
    EXPECT_FALSE(repeated.add(moving)) << moving.bytes->size() << " bytes";
}

INSTANTIATE_TEST_SUITE_P(Codecs, RepeatedPicturesTest,
                         testing::Values(video::VideoCodec::H264, video::VideoCodec::H265, video::VideoCodec::Mjpeg,
                                         video::VideoCodec::Mpeg4),
                         [](const auto& one) { return std::to_string(static_cast<int>(one.param)); });

}  // namespace
}  // namespace leedswatch::tests

#include "rtsp/depacketizer.h"

#include "rtsp/packets.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

const std::string kSlice = "65 88 84";

TEST(Depacketizer, KnowsTheCodingsThatAreCarriedAndNoOther) {
    for (const char* encoding : {"H264", "H265", "JPEG", "MP4V-ES"}) {
        EXPECT_NE(rtsp::Depacketizer::create(encoding), nullptr) << encoding;
    }
    EXPECT_EQ(rtsp::Depacketizer::create("VP8"), nullptr);
}

TEST(Depacketizer, GivesAPictureOutWithTheFirstPacketOfTheNext) {
    PacketFeeder feeder{"H264"};
    feeder.give(1, kSlice);
    EXPECT_FALSE(feeder.take());
    feeder.give(2, kSlice);
    const auto picture = feeder.take();
    ASSERT_TRUE(picture);
    EXPECT_EQ(picture->timestamp, 1U);
    EXPECT_TRUE(picture->isWhole);
    EXPECT_EQ(picture->bytes, bytesFrom("00 00 00 01 65 88 84"));
}

TEST(Depacketizer, GivesAPictureOutWithItsLastPacketOnceTheMarkersAreTrusted) {
    PacketFeeder feeder{"H264"};
    feeder.earnTrust(kSlice);
    feeder.give(9, "67 42 00");
    feeder.give(9, kSlice, true);
    const auto picture = feeder.take();
    ASSERT_TRUE(picture);
    EXPECT_EQ(picture->timestamp, 9U);
    EXPECT_EQ(picture->bytes, bytesFrom("00 00 00 01 67 42 00 00 00 00 01 65 88 84"));
}

TEST(Depacketizer, DoesNotTakeParameterSetsWithAMarkerForAPicture) {
    PacketFeeder feeder{"H264"};
    feeder.earnTrust(kSlice);
    feeder.give(9, "67 42 00", true);
    EXPECT_FALSE(feeder.take());
    feeder.give(9, kSlice, true);
    EXPECT_TRUE(feeder.take());
}

TEST(Depacketizer, NoLongerTrustsMarkersThatStandInTheMiddle) {
    PacketFeeder feeder{"H264"};
    feeder.earnTrust(kSlice);
    feeder.give(9, kSlice, true);
    EXPECT_TRUE(feeder.take());
    feeder.give(9, "65 11", true);  // the same picture goes on: its first macroblock is not the picture's
    feeder.give(10, kSlice, true);
    const auto rest = feeder.take();
    ASSERT_TRUE(rest);
    EXPECT_FALSE(rest->isWhole);
    feeder.give(10, "65 11", true);
    EXPECT_FALSE(feeder.take());
    feeder.give(11, kSlice, true);
    const auto picture = feeder.take();
    ASSERT_TRUE(picture);
    EXPECT_EQ(picture->bytes, bytesFrom("00 00 00 01 65 88 84 00 00 00 01 65 11"));
}

TEST(Depacketizer, KeepsPicturesOfTheSameTimeApart) {
    const std::vector<std::pair<const char*, std::vector<std::string>>> begins{
        {"H264", {kSlice, "67 42 00", "7c 85 88 01", "78 00 02 67 42"}},
        {"H265", {"26 01 80", "40 01 0c", "62 01 93 80 bb", "60 01 00 03 40 01 0c"}},
        {"MP4V-ES", {"00 00 01 b6 11", "00 00 01 b3 22"}}};
    for (const auto& [encoding, payloads] : begins) {
        for (const std::string& next : payloads) {
            PacketFeeder feeder{encoding};
            feeder.give(1, payloads.front(), true);
            feeder.give(1, next, true);
            EXPECT_TRUE(feeder.take()) << encoding << ": " << next;
        }
    }
}

TEST(Depacketizer, TrustsTheMarkersOfASenderThatRepeatsItsTimes) {
    PacketFeeder feeder{"H264"};
    feeder.earnTrust(kSlice);
    for (int count = 0; count < 3; ++count) {
        feeder.give(9, kSlice, true);
        const auto picture = feeder.take();
        ASSERT_TRUE(picture);
        EXPECT_TRUE(picture->isWhole);
    }
}

TEST(Depacketizer, TakesAnAggregateApart) {
    PacketFeeder feeder{"H264"};
    feeder.give(1, "78 00 02 67 42 00 01 68 00 03 65 88 84");
    feeder.give(2, kSlice);
    EXPECT_EQ(feeder.take()->bytes, bytesFrom("00 00 00 01 67 42 00 00 00 01 68 00 00 00 01 65 88 84"));
}

TEST(Depacketizer, PutsAFragmentedUnitTogether) {
    PacketFeeder feeder{"H264"};
    feeder.give(1, "7c 85 01 02");
    feeder.give(1, "7c 05 03");
    feeder.give(1, "7c 45 04", true);
    feeder.give(2, kSlice);
    const auto picture = feeder.take();
    ASSERT_TRUE(picture);
    EXPECT_TRUE(picture->isWhole);
    EXPECT_EQ(picture->bytes, bytesFrom("00 00 00 01 65 01 02 03 04"));
}

TEST(Depacketizer, LeavesOutAUnitWithAHoleAndSaysSo) {
    PacketFeeder feeder{"H264"};
    feeder.give(1, "41 aa");
    feeder.give(1, "7c 85 01 02");
    feeder.give(1, "7c 45 04", true, true);
    feeder.give(2, kSlice);
    const auto picture = feeder.take();
    ASSERT_TRUE(picture);
    EXPECT_FALSE(picture->isWhole);
    EXPECT_EQ(picture->bytes, bytesFrom("00 00 00 01 41 aa"));
}

TEST(Depacketizer, SaysThatAPictureWhoseTailIsMissingIsNotWhole) {
    PacketFeeder feeder{"H264"};
    feeder.give(1, kSlice);
    feeder.give(2, kSlice, true, true);
    EXPECT_FALSE(feeder.take()->isWhole);
}

TEST(Depacketizer, DoesNotBlameAPictureThatEndedForALossBehindIt) {
    PacketFeeder feeder{"H264"};
    feeder.give(1, kSlice, true);
    feeder.give(3, kSlice, true, true);
    EXPECT_TRUE(feeder.take()->isWhole);
    feeder.give(4, kSlice, true);
    EXPECT_FALSE(feeder.take()->isWhole) << "what was lost may be the beginning of this one";
}

TEST(Depacketizer, PutsH265Together) {
    PacketFeeder feeder{"H265"};
    feeder.give(1, "60 01 00 03 40 01 0c 00 02 42 01");  // an aggregate of two parameter sets
    feeder.give(1, "62 01 93 aa bb");                    // IDR_W_RADL (19), first piece
    feeder.give(1, "62 01 53 cc", true);
    feeder.give(2, "02 01 dd", true);
    EXPECT_EQ(feeder.take()->bytes, bytesFrom("00 00 00 01 40 01 0c 00 00 00 01 42 01 00 00 00 01 26 01 aa bb cc"));
}

TEST(Depacketizer, JoinsAnMpeg4PictureAndDropsWhatIsBehindAHole) {
    PacketFeeder feeder{"MP4V-ES"};
    feeder.give(1, "00 00 01 b6 11");
    feeder.give(1, "22 33", true);
    feeder.give(2, "00 00 01 b6 44");
    EXPECT_EQ(feeder.take()->bytes, bytesFrom("00 00 01 b6 11 22 33"));
    feeder.give(2, "55", true, true);
    feeder.give(3, "00 00 01 b6 66", true);
    const auto picture = feeder.take();
    EXPECT_FALSE(picture->isWhole);
    EXPECT_EQ(picture->bytes, bytesFrom("00 00 01 b6 44"));
}

TEST(Depacketizer, StopsGrowingWhenAPictureNeverEnds) {
    PacketFeeder feeder{"MP4V-ES"};
    const std::vector<std::byte> block(60'000);
    for (int count = 0; count < 400; ++count) {
        feeder.give(1, block, false);
    }
    feeder.give(2, "00", true);
    const auto picture = feeder.take();
    ASSERT_TRUE(picture);
    EXPECT_FALSE(picture->isWhole);
    EXPECT_LE(picture->bytes.size(), 16U << 20U);
}

}  // namespace
}  // namespace leedswatch::tests

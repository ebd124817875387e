#include "rtsp/rtp.h"

#include "rtsp/packets.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using rtsp::Reception;

rtsp::RtpPacket packet(std::uint16_t sequence, std::uint32_t timestamp = 0, std::uint32_t source = 7) {
    rtsp::RtpPacket made;
    made.sequence = sequence;
    made.timestamp = timestamp;
    made.source = source;
    return made;
}

const base::SteadyTime kStart{std::chrono::hours{1}};

TEST(RtpPacket, IsReadWithItsExtensionAndWithoutItsPadding) {
    const auto bytes = bytesFrom("b1 e0 12 34 00 00 00 64 00 00 00 07 00 00 00 09 be de 00 01 aa bb cc dd 65 66 00 02");
    const auto read = rtsp::readRtpPacket(bytes);
    ASSERT_TRUE(read);
    EXPECT_TRUE(read->hasMarker);
    EXPECT_EQ(read->payloadType, 96U);
    EXPECT_EQ(read->sequence, 0x1234);
    EXPECT_EQ(read->timestamp, 100U);
    EXPECT_EQ(read->source, 7U);
    EXPECT_EQ(std::vector(read->payload.begin(), read->payload.end()), bytesFrom("65 66"));
}

TEST(RtpPacket, ThatContradictsItselfIsNone) {
    EXPECT_FALSE(rtsp::readRtpPacket(bytesFrom("80 60 00 01")));
    EXPECT_FALSE(rtsp::readRtpPacket(bytesFrom("40 60 00 01 00 00 00 00 00 00 00 07 65")));
    // Padding longer than the packet, and of no length.
    EXPECT_FALSE(rtsp::readRtpPacket(bytesFrom("a0 60 00 01 00 00 00 00 00 00 00 07 65 09")));
    EXPECT_FALSE(rtsp::readRtpPacket(bytesFrom("a0 60 00 01 00 00 00 00 00 00 00 07 65 00")));
    // An extension, and sources, behind the end.
    EXPECT_FALSE(rtsp::readRtpPacket(bytesFrom("90 60 00 01 00 00 00 00 00 00 00 07 be de 00 05")));
    EXPECT_FALSE(rtsp::readRtpPacket(bytesFrom("8f 60 00 01 00 00 00 00 00 00 00 07 65")));
}

TEST(SenderReport, GivesTheSendersTimeOfAPicture) {
    // 2026-01-01T00:00:00.5Z is 3976214400.5 s of 1900.
    const auto report = rtsp::readSenderReport(
        bytesFrom("80 c8 00 06 00 00 00 07 ed 00 37 80 80 00 00 00 00 01 5f 90 00 00 00 01 00 00 00 02"));
    ASSERT_TRUE(report);
    EXPECT_EQ(report->timestamp, 90'000U);
    EXPECT_EQ(base::toStored(report->time), (0xED003780LL - 2'208'988'800) * 1'000'000 + 500'000);
}

TEST(SenderReport, IsFoundBehindAnotherPacketAndNotBehindTheEnd) {
    const auto bye = bytesFrom("80 cb 00 00");
    auto compound = bytesFrom("80 c9 00 01 00 00 00 07");
    EXPECT_FALSE(rtsp::readSenderReport(compound));
    const auto report =
        bytesFrom("80 c8 00 06 00 00 00 07 ed 00 37 80 00 00 00 00 00 00 00 01 00 00 00 01 00 00 00 02");
    compound.insert(compound.end(), report.begin(), report.end());
    EXPECT_TRUE(rtsp::readSenderReport(compound));
    compound.pop_back();
    EXPECT_FALSE(rtsp::readSenderReport(compound));
    EXPECT_FALSE(rtsp::readSenderReport(bye));
}

TEST(Reception, CountsWhatNeverCameThroughTheWrapOfTheNumbers) {
    Reception reception{90'000};
    EXPECT_EQ(reception.received(packet(65'534), kStart), Reception::Place::Next);
    EXPECT_EQ(reception.received(packet(65'535), kStart), Reception::Place::Next);
    EXPECT_EQ(reception.received(packet(0), kStart), Reception::Place::Next);
    EXPECT_EQ(reception.received(packet(3), kStart), Reception::Place::AfterGap);
    EXPECT_EQ(reception.lost(), 2);
    EXPECT_EQ(reception.received(packet(2), kStart), Reception::Place::Late);
    EXPECT_EQ(reception.lost(), 1);
}

TEST(Reception, KeepsTheCountWhenAnotherSourceFollows) {
    Reception reception{90'000};
    static_cast<void>(reception.received(packet(10), kStart));
    static_cast<void>(reception.received(packet(12), kStart));
    EXPECT_EQ(reception.received(packet(50'000, 0, 8), kStart), Reception::Place::AnotherSource);
    EXPECT_EQ(reception.received(packet(50'001, 0, 8), kStart), Reception::Place::Next);
    EXPECT_EQ(reception.lost(), 1);
}

TEST(Reception, ReportsAsSection6_4_2Says) {
    Reception reception{90'000};
    static_cast<void>(reception.received(packet(1), kStart));
    static_cast<void>(reception.received(packet(4), kStart));
    reception.reported({7, base::fromStored(0), 0}, kStart);
    const auto report = reception.makeReport(9, kStart + std::chrono::seconds{2});
    ASSERT_EQ(report.size(), 32U + 24U);
    // Two of four are lost: 128 of 256. The highest number is 4. Two seconds are 131,072 parts of 65,536.
    EXPECT_EQ(std::vector(report.begin(), report.begin() + 20),
              bytesFrom("81 c9 00 07 00 00 00 09 00 00 00 07 80 00 00 02 00 00 00 04"));
    EXPECT_EQ(std::vector(report.begin() + 28, report.begin() + 32), bytesFrom("00 02 00 00"));
}

}  // namespace
}  // namespace leedswatch::tests

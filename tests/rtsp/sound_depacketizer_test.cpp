#include "rtsp/sound_depacketizer.h"

#include "rtsp/aac_configuration.h"
#include "rtsp/packets.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

/// AAC LC, 16 kHz, one channel.
constexpr const char* kConfiguration = "14 08";

rtsp::MediaDescription aac() {
    rtsp::MediaDescription media;
    media.kind = rtsp::MediaKind::Sound;
    media.encoding = "MPEG4-GENERIC";
    media.clockRate = 16'000;
    media.parameters = bytesFrom(kConfiguration);
    media.aac = {13, 3, 3, 0};
    return media;
}

rtsp::MediaDescription g711(const char* encoding, int channels = 1) {
    rtsp::MediaDescription media;
    media.kind = rtsp::MediaKind::Sound;
    media.encoding = encoding;
    media.clockRate = 8'000;
    media.channels = channels;
    return media;
}

class Sound {
public:
    explicit Sound(const rtsp::MediaDescription& media) : m_depacketizer{rtsp::SoundDepacketizer::create(media)} {}

    void give(std::uint32_t timestamp, std::string_view payload, bool afterGap = false) {
        const auto bytes = bytesFrom(payload);
        rtsp::RtpPacket packet;
        packet.timestamp = timestamp;
        packet.payload = bytes;
        m_depacketizer->add(packet, afterGap);
    }
    std::vector<rtsp::ReceivedSound> all() {
        std::vector<rtsp::ReceivedSound> taken;
        while (auto one = m_depacketizer->take()) {
            taken.push_back(std::move(*one));
        }
        return taken;
    }

private:
    const std::unique_ptr<rtsp::SoundDepacketizer> m_depacketizer;
};

TEST(AacConfigurationTest, SaysRateChannelsAndLength) {
    EXPECT_EQ(rtsp::readAacConfiguration(bytesFrom("14 08")), (rtsp::AacConfiguration{16'000, 1, 1024}));
    EXPECT_EQ(rtsp::readAacConfiguration(bytesFrom("12 10")), (rtsp::AacConfiguration{44'100, 2, 1024}));
    EXPECT_EQ(rtsp::readAacConfiguration(bytesFrom("15 8c")), (rtsp::AacConfiguration{8'000, 1, 960}));
    // A rate that is written out: 24 bits of 12,345.
    EXPECT_EQ(rtsp::readAacConfiguration(bytesFrom("17 80 18 1c 88")), (rtsp::AacConfiguration{12'345, 1, 1024}));
}

TEST(AacConfigurationTest, OfSbrTheCoreCounts) {
    // HE-AAC: object type 5, 24 kHz, two channels, extended to 48 kHz, core LC.
    EXPECT_EQ(rtsp::readAacConfiguration(bytesFrom("2b 11 88 00")), (rtsp::AacConfiguration{24'000, 2, 1024}));
}

TEST(AacConfigurationTest, WhatIsNoAacOrTornIsNothing) {
    EXPECT_FALSE(rtsp::readAacConfiguration({}));
    EXPECT_FALSE(rtsp::readAacConfiguration(bytesFrom("14")));
    EXPECT_FALSE(rtsp::readAacConfiguration(bytesFrom("14 00"))) << "channels by a program configuration";
    EXPECT_FALSE(rtsp::readAacConfiguration(bytesFrom("bc 08"))) << "AAC-LD";
    EXPECT_FALSE(rtsp::readAacConfiguration(bytesFrom("17 80 00 00 08"))) << "no samples a second";
    EXPECT_FALSE(rtsp::readAacConfiguration(bytesFrom("16 88"))) << "a rate that the table does not have";
}

TEST(SoundDepacketizerTest, GivesEachUnitOfAPacketWithItsTime) {
    Sound sound{aac()};
    sound.give(5'000, "00 20 00 18 00 10 a1 a2 a3 b1 b2");
    const auto units = sound.all();
    ASSERT_EQ(units.size(), 2U);
    EXPECT_EQ(units[0].bytes, bytesFrom("a1 a2 a3"));
    EXPECT_EQ(units[0].timestamp, 5'000U);
    EXPECT_EQ(units[0].duration, 1'024U);
    EXPECT_EQ(units[1].bytes, bytesFrom("b1 b2"));
    EXPECT_EQ(units[1].timestamp, 6'024U);
}

TEST(SoundDepacketizerTest, AUnitLastsAsItsClockCounts) {
    // A clock of twice the core's rate, as some HE-AAC is described.
    auto media = aac();
    media.clockRate = 32'000;
    Sound twice{media};
    twice.give(0, "00 10 00 08 a1");
    EXPECT_EQ(twice.all().at(0).duration, 2'048U);
    media.aac.unitDuration = 960;
    Sound said{media};
    said.give(0, "00 10 00 08 a1");
    EXPECT_EQ(said.all().at(0).duration, 960U);
}

TEST(SoundDepacketizerTest, PutsAUnitOfSeveralPacketsTogether) {
    Sound sound{aac()};
    sound.give(1'000, "00 10 00 28 a1 a2");
    EXPECT_TRUE(sound.all().empty());
    sound.give(1'000, "00 10 00 28 a3 a4 a5");
    ASSERT_EQ(sound.all().at(0).bytes, bytesFrom("a1 a2 a3 a4 a5"));
}

TEST(SoundDepacketizerTest, AUnitWithAHoleIsLeftOutAndTheNextIsThere) {
    Sound sound{aac()};
    sound.give(1'000, "00 10 00 28 a1 a2");
    sound.give(1'000, "00 10 00 28 a4 a5", true);
    EXPECT_TRUE(sound.all().empty());
    sound.give(2'024, "00 10 00 08 b1");
    EXPECT_EQ(sound.all().at(0).bytes, bytesFrom("b1"));
}

TEST(SoundDepacketizerTest, HeadersThatLieGiveNothing) {
    Sound sound{aac()};
    sound.give(0, "");
    sound.give(0, "00 00");
    sound.give(0, "ff ff 00 08 a1");
    sound.give(0, "00 10 ff f8 a1");
    sound.give(0, "00 20 00 08 00 28 a1");
    const auto units = sound.all();
    ASSERT_EQ(units.size(), 1U) << "what is whole of it";
    EXPECT_EQ(units[0].bytes, bytesFrom("a1"));
}

TEST(SoundDepacketizerTest, AdtsInTheWrongPlaceIsLeftOut) {
    Sound sound{aac()};
    sound.give(0, "00 10 00 20 ff f1 50 80");
    EXPECT_TRUE(sound.all().empty());
}

TEST(SoundDepacketizerTest, G711IsABytePerSampleAndChannel) {
    Sound mono{g711("PCMU")};
    mono.give(800, "ff fe fd");
    const auto units = mono.all();
    ASSERT_EQ(units.size(), 1U);
    EXPECT_EQ(units[0].duration, 3U);
    EXPECT_EQ(units[0].timestamp, 800U);
    Sound stereo{g711("PCMA", 2)};
    stereo.give(0, "d5 d5 d5 d5 d5");
    EXPECT_EQ(stereo.all().at(0).bytes.size(), 4U) << "half a sample is none";
}

TEST(SoundDepacketizerTest, WhatIsNotCarriedHasNone) {
    EXPECT_EQ(rtsp::SoundDepacketizer::create(g711("G726-32")), nullptr);
    EXPECT_EQ(rtsp::SoundDepacketizer::create(g711("")), nullptr);
    EXPECT_EQ(rtsp::SoundDepacketizer::create(g711("PCMU", 0)), nullptr);
    auto fast = g711("PCMU");
    fast.clockRate = 1'000'000;
    EXPECT_EQ(rtsp::SoundDepacketizer::create(fast), nullptr);
    auto unknown = aac();
    unknown.parameters.clear();
    EXPECT_EQ(rtsp::SoundDepacketizer::create(unknown), nullptr) << "nobody could decode it";
    auto pictures = g711("PCMU");
    pictures.kind = rtsp::MediaKind::Video;
    EXPECT_EQ(rtsp::SoundDepacketizer::create(pictures), nullptr);
}

}  // namespace
}  // namespace leedswatch::tests

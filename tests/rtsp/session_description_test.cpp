#include "rtsp/session_description.h"

#include "rtsp/packets.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

constexpr const char* kTwoStreams =
    "v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\ns=camera\r\nt=0 0\r\na=control:*\r\n"
    "m=audio 0 RTP/AVP 0\r\na=control:track2\r\n"
    "m=video 0 RTP/AVP 96\r\na=rtpmap:96 h264/90000\r\n"
    "a=fmtp:96 packetization-mode=1; profile-level-id=42001e; sprop-parameter-sets=Z0IAHg==,aM48gA\r\n"
    "a=control:rtsp://10.0.0.1/stream/track1\r\n";

TEST(SessionDescription, GivesWhatADecoderMustKnow) {
    const auto description = rtsp::readSessionDescription(kTwoStreams);
    ASSERT_TRUE(description) << description.error().message;
    ASSERT_EQ(description->media.size(), 2U);
    EXPECT_EQ(description->media[0].kind, rtsp::MediaKind::Sound);
    const auto& video = description->media[1];
    EXPECT_EQ(video.kind, rtsp::MediaKind::Video);
    EXPECT_EQ(video.encoding, "H264");
    EXPECT_EQ(video.payloadType, 96U);
    EXPECT_EQ(video.clockRate, 90'000);
    // The second set came without its padding, as some cameras send it.
    EXPECT_EQ(video.parameters, bytesFrom("00 00 00 01 67 42 00 1e 00 00 00 01 68 ce 3c 80"));
}

TEST(SessionDescription, KnowsJpegByItsNumberAndMpeg4ByItsConfiguration) {
    const auto jpeg = rtsp::readSessionDescription("v=0\r\nm=video 0 RTP/AVP 26\r\n");
    EXPECT_EQ(jpeg->media.at(0).encoding, "JPEG");
    const auto mpeg4 = rtsp::readSessionDescription(
        "v=0\r\nm=video 0 RTP/AVP 97\r\na=rtpmap:97 MP4V-ES/90000\r\na=fmtp:97 "
        "profile-level-id=1;config=000001B001\r\n");
    EXPECT_EQ(mpeg4->media.at(0).parameters, bytesFrom("00 00 01 b0 01"));
}

TEST(SessionDescription, KnowsG711ByItsNumberAndByItsName) {
    const auto description = rtsp::readSessionDescription(
        "v=0\r\nm=audio 0 RTP/AVP 0\r\nm=audio 0 RTP/AVP 8\r\nm=audio 0 RTP/AVP 97\r\na=rtpmap:97 pcmu/16000/2\r\n"
        "m=audio 0 RTP/AVP 98\r\na=rtpmap:98 G726-32/8000\r\n");
    ASSERT_EQ(description->media.size(), 4U);
    EXPECT_EQ(description->media[0].encoding, "PCMU");
    EXPECT_EQ(description->media[0].clockRate, 8'000);
    EXPECT_EQ(description->media[0].channels, 1);
    EXPECT_EQ(description->media[1].encoding, "PCMA");
    EXPECT_EQ(description->media[2].clockRate, 16'000);
    EXPECT_EQ(description->media[2].channels, 2);
    EXPECT_EQ(description->media[3].encoding, "G726-32");
}

TEST(SessionDescription, SaysHowAacIsLaidOut) {
    const auto description = rtsp::readSessionDescription(
        "v=0\r\nm=audio 0 RTP/AVP 97\r\na=rtpmap:97 mpeg4-generic/16000/1\r\n"
        "a=fmtp:97 streamtype=5;profile-level-id=1;mode=AAC-hbr;sizelength=13;indexlength=3;indexdeltalength=3;"
        "config=1408\r\n"
        "m=audio 0 RTP/AVP 97\r\na=rtpmap:97 mpeg4-generic/16000\r\na=fmtp:97 mode=AAC-hbr; config=1408\r\n"
        "m=audio 0 RTP/AVP 97\r\na=rtpmap:97 mpeg4-generic/16000\r\na=fmtp:97 mode=CELP-cbr; config=1408\r\n");
    const auto& full = description->media.at(0);
    EXPECT_EQ(full.kind, rtsp::MediaKind::Sound);
    EXPECT_EQ(full.parameters, bytesFrom("14 08"));
    EXPECT_EQ(full.aac.sizeBits, 13U);
    EXPECT_EQ(full.aac.indexBits, 3U);
    EXPECT_EQ(description->media.at(1).aac.sizeBits, 13U) << "the mode says it too";
    EXPECT_EQ(description->media.at(2).aac.sizeBits, 0U);
}

TEST(SessionDescription, SoundThatTheCameraWouldLikeToBeSentIsNotItsOwn) {
    const auto description = rtsp::readSessionDescription(
        "v=0\r\nm=audio 0 RTP/AVP 0\r\na=sendonly\r\nm=audio 0 RTP/AVP 0\r\na=recvonly\r\n");
    EXPECT_EQ(description->media.at(0).kind, rtsp::MediaKind::Other);
    EXPECT_EQ(description->media.at(1).kind, rtsp::MediaKind::Sound);
}

TEST(SessionDescription, FindsWhereAStreamIsSetUp) {
    EXPECT_EQ(rtsp::controlAddress("rtsp://h/a", "*"), "rtsp://h/a");
    EXPECT_EQ(rtsp::controlAddress("rtsp://h/a", "track1"), "rtsp://h/a/track1");
    EXPECT_EQ(rtsp::controlAddress("rtsp://h/a/", "track1"), "rtsp://h/a/track1");
    EXPECT_EQ(rtsp::controlAddress("rtsp://h/a", "/b"), "rtsp://h/b");
    EXPECT_EQ(rtsp::controlAddress("rtsp://h/a", "rtsp://other/b"), "rtsp://other/b");
    EXPECT_EQ(rtsp::controlAddress("rtsp://h/a?x=1", "trackID=0"), "rtsp://h/a?x=1/trackID=0");
}

}  // namespace
}  // namespace leedswatch::tests

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
    EXPECT_FALSE(description->media[0].isVideo);
    const auto& video = description->media[1];
    EXPECT_TRUE(video.isVideo);
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

#include "station/relay_feed.h"

#include "support/test_stream.h"
#include "video/decoder.h"
#include "video/rtsp_source.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

struct Coding {
    const char* name;
    TestStream stream;
};

class RelayOfEveryCodec : public ::testing::TestWithParam<Coding> {};

// The whole way of a live picture: from a packet of the station over the relay to a decoded one at a desk.
TEST_P(RelayOfEveryCodec, ADeskGetsEveryPictureWithItsTimeAndDecodesIt) {
    const auto sent = makePackets(GetParam().stream, 30, {}, {});
    const auto server = rtsp::Server::start("127.0.0.1", 0).value();
    const station::Relay relay{*server, {}};
    station::RelayFeed feed{&relay, "/cameras/1/main"};
    feed.push(sent[0]);
    const base::SystemClock clock;
    const std::string url = "rtsp://127.0.0.1:" + std::to_string(server->port()) + "/cameras/1/main";
    const auto source = video::RtspSource::open({url, "", ""}, clock, {});
    ASSERT_TRUE(source) << source.error().message;
    for (std::size_t i = 1; i < sent.size(); ++i) {
        feed.push(sent[i]);
    }
    std::unique_ptr<video::Decoder> decoder;
    std::int64_t firstTime = 0;
    for (std::size_t i = 0; i + 2 < sent.size(); ++i) {
        const auto packet = (*source)->read();
        ASSERT_TRUE(packet) << packet.error().message;
        EXPECT_EQ(packet->format->codec, GetParam().stream.codec);
        EXPECT_EQ(packet->format->width, 176);
        EXPECT_EQ(packet->isKey, sent[i].isKey) << "picture " << i;
        firstTime = i == 0 ? packet->time : firstTime;
        EXPECT_EQ(packet->time - firstTime, sent[i].time) << "picture " << i;
        if (!decoder) {
            decoder = video::Decoder::create(packet->format).value();
        }
        static_cast<void>(decoder->decode(*packet));
    }
    EXPECT_GE(decoder->decoded(), 24);
    EXPECT_EQ(decoder->refused(), 0);
}

INSTANTIATE_TEST_SUITE_P(Cameras, RelayOfEveryCodec,
                         ::testing::Values(Coding{"H264", {}}, Coding{"H264Reordered", {.reordersPictures = true}},
                                           Coding{"H265", {.codec = video::VideoCodec::H265}},
                                           Coding{"H265Reordered",
                                                  {.codec = video::VideoCodec::H265, .reordersPictures = true}},
                                           Coding{"Mpeg4", {.codec = video::VideoCodec::Mpeg4}},
                                           Coding{"Mjpeg", {.codec = video::VideoCodec::Mjpeg}}),
                         [](const auto& instance) { return std::string{instance.param.name}; });

}  // namespace
}  // namespace leedswatch::tests

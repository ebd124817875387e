#include "video/rtsp_source.h"

#include "live_support/test_camera.h"
#include "support/system_clock.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <future>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using base::ErrorCode;
using video::RtspSource;

constexpr video::SourceTimeouts kShort{600ms, 500ms};

// A server may send the parameter sets again before a key frame; everything else is the camera's own.
std::vector<std::byte> withoutParameterSets(const std::vector<std::byte>& unit) {
    std::vector<std::byte> kept;
    for (std::size_t at = 0; at + 4 < unit.size();) {
        std::size_t length = 4;
        for (std::size_t i = 0; i < 4; ++i) {
            length += std::to_integer<std::size_t>(unit[at + i]) << (24 - 8 * i);
        }
        const int type = std::to_integer<int>(unit[at + 4] & std::byte{0x1F});
        if (type != 7 && type != 8) {
            kept.insert(kept.end(), unit.begin() + static_cast<std::ptrdiff_t>(at),
                        unit.begin() + static_cast<std::ptrdiff_t>(at + length));
        }
        at += length;
    }
    return kept;
}

base::Error errorOf(const video::StreamAddress& address, video::SourceTimeouts timeouts = {}) {
    auto source = RtspSource::open(address, kClock, {}, timeouts);
    EXPECT_FALSE(source);
    return source ? base::Error{} : source.error();
}

TEST(RtspSourceTest, ReadsPicturesAsTheyWereSent) {
    TestCamera camera;
    auto source = RtspSource::open({camera.url(), "", ""}, kClock, {});
    ASSERT_TRUE(source) << source.error().message;
    const auto sent = makePackets({}, 50, {}, {});
    std::int64_t last = 0;
    std::vector<video::Packet> received;
    for (int i = 0; i < 30; ++i) {
        auto packet = (*source)->read();
        ASSERT_TRUE(packet) << packet.error().message;
        EXPECT_EQ(packet->format->width, 176);
        if (i > 0) {
            EXPECT_NEAR(static_cast<double>(packet->time - last), 3600, 2);
        }
        last = packet->time;
        received.push_back(std::move(*packet));
    }
    EXPECT_TRUE(received.front().isKey);
    const auto first = std::ranges::find_if(sent, [&](const auto& one) {
        return withoutParameterSets(*one.bytes) == withoutParameterSets(*received.front().bytes);
    });
    ASSERT_NE(first, sent.end()) << "bit for bit";
    for (std::size_t i = 0; i < received.size(); ++i) {
        const auto& expected = sent[(static_cast<std::size_t>(first - sent.begin()) + i) % sent.size()];
        EXPECT_EQ(withoutParameterSets(*received[i].bytes), withoutParameterSets(*expected.bytes)) << "picture " << i;
        EXPECT_EQ(received[i].isKey, expected.isKey) << "picture " << i;
    }
}

TEST(RtspSourceTest, SignsInWithAnyPasswordAndNeverTellsIt) {
    const std::string password = "p@ss:w/rd%20 \"q\"";
    TestCamera camera{{"adm in", password}};
    ASSERT_TRUE(RtspSource::open({camera.url(), "adm in", password}, kClock, {}));
    const auto error = errorOf({camera.url(), "adm in", "wrong-secret"});
    EXPECT_EQ(error.code, ErrorCode::SignInFailed);
    EXPECT_EQ(error.message.find("wrong-secret"), std::string::npos) << error.message;
    EXPECT_NE(error.message.find("127.0.0.1"), std::string::npos) << error.message;
    EXPECT_EQ(errorOf({camera.url(), "", ""}).code, ErrorCode::SignInFailed);
}

TEST(RtspSourceTest, EachWayOfNotAnsweringHasItsName) {
    EXPECT_EQ(errorOf({closedPort(), "", ""}).code, ErrorCode::Unreachable);
    TestCamera camera;
    EXPECT_EQ(errorOf({camera.url() + "/other", "", ""}).code, ErrorCode::NotFound);
    const SilentServer silent;
    const auto mute = errorOf({silent.url(), "", ""}, kShort);
    EXPECT_EQ(mute.code, ErrorCode::TimedOut);
    EXPECT_NE(mute.message.find("did not answer in 0.6 s"), std::string::npos) << mute.message;
    EXPECT_EQ(errorOf({"rtsp://no-such-host.invalid/x", "", ""}).code, ErrorCode::Unreachable);
    EXPECT_EQ(errorOf({"http://127.0.0.1/x", "", ""}).code, ErrorCode::InvalidInput);
    const SilentServer web{"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"};
    EXPECT_FALSE(RtspSource::open({web.url(), "", ""}, kClock, {}, kShort));
}

TEST(RtspSourceTest, ACodecThatIsNotCarriedIsNamed) {
    const SilentServer other{
        "RTSP/1.0 200 OK\r\nCSeq: 1\r\nPublic: DESCRIBE, SETUP, PLAY\r\n\r\n"
        "RTSP/1.0 200 OK\r\nCSeq: 2\r\nContent-Type: application/sdp\r\nContent-Length: 120\r\n\r\n"
        "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=x\r\nt=0 0\r\nm=video 0 RTP/AVP 96\r\n"
        "a=rtpmap:96 VP8/90000\r\na=control:track1\r\n              "
        "RTSP/1.0 200 OK\r\nCSeq: 3\r\nSession: 1\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n\r\n"
        "RTSP/1.0 200 OK\r\nCSeq: 4\r\nSession: 1\r\n\r\n"};
    const auto error = errorOf({other.url(), "", ""}, kShort);
    EXPECT_EQ(error.code, ErrorCode::Unsupported) << error.message;
    EXPECT_NE(error.message.find("VP8"), std::string::npos) << error.message;
}

TEST(RtspSourceTest, SilenceAndADroppedConnectionAreToldApart) {
    TestCamera camera;
    auto source = RtspSource::open({camera.url(), "", ""}, kClock, {}, {5s, 700ms});
    ASSERT_TRUE(source);
    ASSERT_TRUE((*source)->read());
    camera.fallSilent();
    auto read = (*source)->read();
    while (read) {
        read = (*source)->read();
    }
    EXPECT_EQ(read.error().code, ErrorCode::TimedOut) << read.error().message;
    camera.speak();
    source = RtspSource::open({camera.url(), "", ""}, kClock, {});
    ASSERT_TRUE(source);
    ASSERT_TRUE((*source)->read());
    camera.drop();
    read = (*source)->read();
    while (read) {
        read = (*source)->read();
    }
    EXPECT_EQ(read.error().code, ErrorCode::Disconnected) << read.error().message;
}

TEST(RtspSourceTest, AStopEndsEveryWaitAtOnce) {
    const SilentServer silent;
    TestCamera camera;
    // However slow the machine is: no time-out has ended these waits.
    const video::SourceTimeouts patient{5min, 5min};
    const auto stopsWithin = [](auto work) {
        std::stop_source stop;
        auto result = std::async(std::launch::async, [&] { return work(stop.get_token()); });
        EXPECT_EQ(result.wait_for(300ms), std::future_status::timeout) << "it was to be waiting";
        const auto begin = std::chrono::steady_clock::now();
        stop.request_stop();
        EXPECT_EQ(result.get(), ErrorCode::Cancelled);
        return std::chrono::steady_clock::now() - begin;
    };
    const auto connecting = stopsWithin([&](const std::stop_token& stop) {
        return RtspSource::open({silent.url(), "", ""}, kClock, stop, patient).error().code;
    });
    EXPECT_LT(connecting, 1min);
    camera.fallSilent();
    const auto reading = stopsWithin([&](const std::stop_token& stop) {
        auto source = RtspSource::open({camera.url(), "", ""}, kClock, stop, patient);
        return source ? (*source)->read().error().code : source.error().code;
    });
    EXPECT_LT(reading, 1min);
}

}  // namespace
}  // namespace leedswatch::tests

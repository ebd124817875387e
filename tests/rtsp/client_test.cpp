#include "rtsp/client.h"

#include "rtsp/server.h"
#include "rtsp/silent_listener.h"
#include "rtsp/test_pictures.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <thread>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;

constexpr int gop = 10;

const TestPictures& pictures() {
    static const TestPictures made = encodeTestPictures(160, 128, 100, gop);
    return made;
}

/// The NAL units of a picture without its parameter sets, which a server may send again before a key picture.
std::vector<std::vector<std::byte>> unitsOf(const std::vector<std::byte>& picture, bool hasStartCodes) {
    std::vector<std::vector<std::byte>> units;
    std::size_t at = 0;
    while (at + 4 < picture.size()) {
        std::size_t end = picture.size();
        if (hasStartCodes) {
            static constexpr std::array kStartCode{std::byte{0}, std::byte{0}, std::byte{0}, std::byte{1}};
            const auto next = std::search(picture.begin() + static_cast<std::ptrdiff_t>(at + 4), picture.end(),
                                          kStartCode.begin(), kStartCode.end());
            end = static_cast<std::size_t>(next - picture.begin());
        } else {
            std::size_t size = 0;
            for (std::size_t byte = 0; byte < 4; ++byte) {
                size = size << 8U | std::to_integer<std::size_t>(picture[at + byte]);
            }
            end = at + 4 + size;
        }
        const auto type = std::to_integer<unsigned>(picture[at + 4]) & 0x1FU;
        if (type != 7 && type != 8) {
            units.emplace_back(picture.begin() + static_cast<std::ptrdiff_t>(at + 4),
                               picture.begin() + static_cast<std::ptrdiff_t>(end));
        }
        at = end;
    }
    return units;
}

class RtspClientTest : public ::testing::Test {
protected:
    std::shared_ptr<rtsp::Mount> mount(rtsp::FirstPictures first, const rtsp::Credentials& credentials = {}) {
        auto made = m_server->addMount("/cameras/1/main", first, credentials);
        made->setFormat(pictures().format);
        return made;
    }
    [[nodiscard]] rtsp::ClientSettings settings(const rtsp::Credentials& credentials = {}) const {
        rtsp::ClientSettings made;
        made.url = "rtsp://127.0.0.1:" + std::to_string(m_server->port()) + "/cameras/1/main";
        made.credentials = credentials;
        return made;
    }
    static void push(rtsp::Mount& mount, int from, int to) {
        for (int picture = from; picture < to; ++picture) {
            mount.push(at(pictures().units[static_cast<std::size_t>(picture)], picture * ticksAPicture));
        }
    }
    /// By how much the sender's reports are ahead of the arrival; pushes a picture every 40 ms from number `first` on.
    [[nodiscard]] std::optional<base::Microseconds> cameraAhead(rtsp::Mount& served, int first) {
        const auto client = rtsp::Client::open(settings(), m_clock, m_stop.get_token()).value();
        const std::jthread source{[&](const std::stop_token& stop) {
            std::mutex mutex;
            std::condition_variable_any never;
            for (int number = first; !stop.stop_requested(); ++number) {
                served.push(at(pictures().units[static_cast<std::size_t>(number % 100)], number * ticksAPicture));
                std::unique_lock lock{mutex};
                never.wait_for(lock, stop, 40ms, [] { return false; });
            }
        }};
        const auto deadline = m_clock.steadyNow() + 30s;
        while (m_clock.steadyNow() < deadline) {
            const auto picture = client->read();
            if (!picture) {
                ADD_FAILURE() << picture.error().message;
                return {};
            }
            if (picture->cameraTime) {
                return *picture->cameraTime - picture->arrival;
            }
        }
        return {};
    }

    base::SystemClock m_clock;
    std::unique_ptr<rtsp::Server> m_server = rtsp::Server::start("127.0.0.1", 0).value();
    std::stop_source m_stop;
};

TEST_F(RtspClientTest, GivesThePicturesBitForBitWithTheirTimes) {
    const auto served = mount(rtsp::FirstPictures::CurrentGop);
    push(*served, 0, 1);
    const auto client = rtsp::Client::open(settings(), m_clock, m_stop.get_token());
    ASSERT_TRUE(client) << client.error().message;
    EXPECT_EQ((*client)->video().encoding, "H264");
    EXPECT_FALSE((*client)->video().parameters.empty());
    push(*served, 1, 60);
    std::optional<std::uint32_t> before;
    for (int number = 0; number < 59; ++number) {
        const auto picture = (*client)->read();
        ASSERT_TRUE(picture) << picture.error().message;
        EXPECT_TRUE(picture->isWhole);
        const auto& sent = *pictures().units[static_cast<std::size_t>(number)].bytes;
        EXPECT_EQ(unitsOf(picture->bytes, true), unitsOf(sent, false)) << "picture " << number;
        if (before) {
            EXPECT_EQ(picture->timestamp - *before, static_cast<std::uint32_t>(ticksAPicture));
        }
        before = picture->timestamp;
    }
    EXPECT_EQ((*client)->lostPackets(), 0);
}

TEST_F(RtspClientTest, GivesAPictureOutBeforeTheNextIsThere) {
    const auto served = mount(rtsp::FirstPictures::CurrentGop);
    push(*served, 0, 1);
    const auto client = rtsp::Client::open(settings(), m_clock, m_stop.get_token()).value();
    // Three pictures show that this sender's markers can be relied on.
    push(*served, 1, 4);
    for (int number = 0; number < 4; ++number) {
        ASSERT_TRUE(client->read());
    }
    for (int number = 4; number < 30; ++number) {
        push(*served, number, number + 1);
        const auto picture = client->read();
        ASSERT_TRUE(picture) << "picture " << number << ": " << picture.error().message;
    }
}

TEST_F(RtspClientTest, SaysWhatTheCamerasClockSaid) {
    const auto served = mount(rtsp::FirstPictures::CurrentGop);
    push(*served, 0, 1);
    const auto ahead = cameraAhead(*served, 1);
    ASSERT_TRUE(ahead) << "no sender report in half a minute";
    // This machine is both; what the way takes, and what GStreamer adds, is small.
    EXPECT_LT(std::chrono::abs(*ahead), 2s);
}

TEST_F(RtspClientTest, ASourceThatSentNothingUntilItWasWatchedIsNotAheadByThat) {
    const auto served = mount(rtsp::FirstPictures::NextKeyFrame);
    served->passTime(900 * ticksAPicture);
    const auto ahead = cameraAhead(*served, 900);
    ASSERT_TRUE(ahead) << "no sender report in half a minute";
    EXPECT_LT(std::chrono::abs(*ahead), 2s);
}

TEST_F(RtspClientTest, SignsInByDigestAndIsRefusedWithAWrongPassword) {
    const auto served = mount(rtsp::FirstPictures::CurrentGop, {"desk", "right"});
    push(*served, 0, gop);
    EXPECT_TRUE(rtsp::Client::open(settings({"desk", "right"}), m_clock, m_stop.get_token()));
    const auto wrong = rtsp::Client::open(settings({"desk", "wrong"}), m_clock, m_stop.get_token());
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().code, base::ErrorCode::SignInFailed);
    EXPECT_EQ(wrong.error().message.find("wrong"), std::string::npos);
    const auto none = rtsp::Client::open(settings(), m_clock, m_stop.get_token());
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, base::ErrorCode::SignInFailed);
}

TEST_F(RtspClientTest, SaysThatAPathIsUnknownAndThatAPortIsClosed) {
    auto unknown = settings();
    unknown.url += "/else";
    EXPECT_EQ(rtsp::Client::open(unknown, m_clock, m_stop.get_token()).error().code, base::ErrorCode::NotFound);
    auto closed = settings();
    m_server.reset();
    EXPECT_EQ(rtsp::Client::open(closed, m_clock, m_stop.get_token()).error().code, base::ErrorCode::Unreachable);
}

TEST_F(RtspClientTest, SaysThatAServerIsThereAndSilent) {
    const SilentListener listener;
    auto silent = settings();
    silent.url = "rtsp://127.0.0.1:" + std::to_string(listener.port()) + "/stream";
    silent.connect = 300ms;
    const auto client = rtsp::Client::open(silent, m_clock, m_stop.get_token());
    ASSERT_FALSE(client);
    EXPECT_EQ(client.error().code, base::ErrorCode::TimedOut);
}

TEST_F(RtspClientTest, EndsEachWaitWhenItIsStopped) {
    SilentListener listener;
    auto silent = settings();
    silent.url = "rtsp://127.0.0.1:" + std::to_string(listener.port()) + "/stream";
    silent.connect = 60s;
    std::jthread stopper{[&] {
        listener.waitForVisitor();
        m_stop.request_stop();
    }};
    const auto begun = m_clock.steadyNow();
    const auto client = rtsp::Client::open(silent, m_clock, m_stop.get_token());
    EXPECT_EQ(client.error().code, base::ErrorCode::Cancelled);
    EXPECT_LT(m_clock.steadyNow() - begun, 30s);
}

TEST_F(RtspClientTest, SaysThatAStreamHasGoneSilentAndThatItsConnectionWasClosed) {
    const auto served = mount(rtsp::FirstPictures::CurrentGop);
    push(*served, 0, gop);
    auto impatient = settings();
    impatient.silence = 300ms;
    const auto client = rtsp::Client::open(impatient, m_clock, m_stop.get_token()).value();
    base::Result<rtsp::StreamPicture> picture;
    do {
        picture = client->read();
    } while (picture);
    EXPECT_EQ(picture.error().code, base::ErrorCode::TimedOut);

    const auto other = rtsp::Client::open(settings(), m_clock, m_stop.get_token()).value();
    served->disconnectClients();
    do {
        picture = other->read();
    } while (picture);
    EXPECT_EQ(picture.error().code, base::ErrorCode::Disconnected);
}

}  // namespace
}  // namespace leedswatch::tests

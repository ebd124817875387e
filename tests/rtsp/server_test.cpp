#include "rtsp/server.h"

#include "rtsp/jpeg_limits.h"
#include "rtsp/test_pictures.h"
#include "support/child_process.h"
#include "viewer/rtsp_client.h"

#include <gtest/gtest.h>

extern "C" {
#include <libavformat/avformat.h>
#include <libavutil/error.h>
}

#include <algorithm>
#include <condition_variable>
#include <filesystem>
#include <thread>

namespace leedswatch::tests {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int servedGop = 10;

const TestPictures& servedPictures() {
    static const TestPictures made = encodeTestPictures(160, 128, 100, servedGop);
    return made;
}

/// Waits for something that another thread brings about.
bool becomesTrue(const std::function<bool()>& condition, seconds patience = seconds{20}) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) {
            return false;
        }
        std::this_thread::yield();
    }
    return true;
}

class RtspServer : public ::testing::Test {
protected:
    void SetUp() override {
        auto started = rtsp::Server::start("127.0.0.1", 0);
        ASSERT_TRUE(started) << started.error().message;
        m_server = std::move(*started);
    }

    std::shared_ptr<rtsp::Mount> mount(const std::string& path, rtsp::FirstPictures first,
                                       const rtsp::Credentials& credentials = {}) {
        auto made = m_server->addMount(path, first, credentials);
        made->setFormat(servedPictures().format);
        return made;
    }

    [[nodiscard]] std::string url(const std::string& path, const std::string& person = "") const {
        return "rtsp://" + person + "127.0.0.1:" + std::to_string(m_server->port()) + path;
    }

    std::unique_ptr<rtsp::Server> m_server;
};

/// Pushes pictures as a live camera would, ten times as fast.
class LiveSource {
public:
    explicit LiveSource(rtsp::Mount& mount, milliseconds interval = milliseconds{4})
        : m_thread{[&mount, interval](const std::stop_token& stop) {
              std::mutex mutex;
              std::condition_variable_any never;
              auto next = std::chrono::steady_clock::now();
              for (std::int64_t i = 0; !stop.stop_requested(); ++i) {
                  const auto& units = servedPictures().units;
                  mount.push(at(units[static_cast<std::size_t>(i) % units.size()], i * ticksAPicture));
                  next += interval;
                  std::unique_lock lock{mutex};
                  never.wait_until(lock, stop, next, [] { return false; });
              }
          }} {}

private:
    std::jthread m_thread;
};

TEST_F(RtspServer, SendsTheGopInHandAtOnce) {
    const auto served = mount("/cameras/1/main", rtsp::FirstPictures::CurrentGop);
    for (int i = 0; i < servedGop - 2; ++i) {
        served->push(servedPictures().units[static_cast<std::size_t>(i)]);
    }
    RtspClient client;
    ASSERT_EQ(client.open(url("/cameras/1/main")), 0);
    // Nothing is pushed any more: what comes is what the server holds. libavformat's parser keeps one back.
    const auto first = client.read();
    ASSERT_TRUE(first);
    EXPECT_TRUE(first->isKey);
    for (int i = 1; i < servedGop - 3; ++i) {
        ASSERT_TRUE(client.read()) << "picture " << i;
    }
}

TEST_F(RtspServer, StartsAtTheNextKeyFrameWhereThatIsAsked) {
    const auto served = mount("/cameras/1/main", rtsp::FirstPictures::NextKeyFrame);
    for (int i = 0; i < servedGop / 2; ++i) {
        served->push(servedPictures().units[static_cast<std::size_t>(i)]);
    }
    RtspClient client;
    ASSERT_EQ(client.open(url("/cameras/1/main")), 0) << "DESCRIBE is answered without a picture";
    for (int i = servedGop / 2; i < 3 * servedGop; ++i) {
        served->push(servedPictures().units[static_cast<std::size_t>(i)]);
    }
    const auto first = client.read();
    ASSERT_TRUE(first);
    EXPECT_TRUE(first->isKey);
    const auto shown = client.show();
    ASSERT_TRUE(shown);
    EXPECT_EQ(shown->width, 160);
}

TEST_F(RtspServer, KeepsTheCamerasTime) {
    const auto served = mount("/cameras/1/main", rtsp::FirstPictures::CurrentGop);
    const std::int64_t late = (std::int64_t{1} << 33) + 12345;
    for (int i = 0; i < servedGop; ++i) {
        served->push(at(servedPictures().units[static_cast<std::size_t>(i)], late + i * ticksAPicture));
    }
    RtspClient client;
    ASSERT_EQ(client.open(url("/cameras/1/main")), 0);
    std::vector<std::int64_t> times;
    for (int i = 0; i < servedGop - 2; ++i) {
        const auto received = client.read();
        ASSERT_TRUE(received);
        times.push_back(received->time);
    }
    for (std::size_t i = 2; i < times.size(); ++i) {
        EXPECT_EQ(times[i] - times[i - 1], ticksAPicture);
    }
}

TEST_F(RtspServer, AnswersThatThereIsNothingYetInsteadOfWaiting) {
    const auto empty = m_server->addMount("/cameras/1/main", rtsp::FirstPictures::CurrentGop, {});
    RtspClient client;
    EXPECT_EQ(client.open(url("/cameras/1/main")), AVERROR_HTTP_SERVER_ERROR);
    EXPECT_EQ(client.open(url("/cameras/2/main")), AVERROR_HTTP_NOT_FOUND);
}

TEST_F(RtspServer, AcceptsOnlyTheRightPassword) {
    const auto served = mount("/cameras/1/main", rtsp::FirstPictures::CurrentGop, {"viewer", "s3cret"});
    served->push(servedPictures().units[0]);
    RtspClient client;
    EXPECT_EQ(client.open(url("/cameras/1/main")), AVERROR_HTTP_UNAUTHORIZED);
    EXPECT_EQ(client.open(url("/cameras/1/main", "viewer:wrong@")), AVERROR_HTTP_UNAUTHORIZED);
    EXPECT_EQ(client.open(url("/cameras/1/main", "another:s3cret@")), AVERROR_HTTP_UNAUTHORIZED);
    EXPECT_EQ(client.open(url("/cameras/1/main", "viewer:s3cret@")), 0);
    EXPECT_EQ(served->clients(), 1);
}

TEST_F(RtspServer, LetsEachMountHaveItsOwnPasswordAndChangesIt) {
    const auto one = mount("/cameras/1/main", rtsp::FirstPictures::CurrentGop, {"viewer", "one"});
    const auto two = mount("/cameras/2/main", rtsp::FirstPictures::CurrentGop, {"viewer", "two"});
    RtspClient client;
    EXPECT_EQ(client.open(url("/cameras/2/main", "viewer:one@")), AVERROR_HTTP_UNAUTHORIZED);
    EXPECT_EQ(client.open(url("/cameras/2/main", "viewer:two@")), 0);
    two->setCredentials({"viewer", "three"});
    EXPECT_EQ(client.open(url("/cameras/2/main", "viewer:two@")), AVERROR_HTTP_UNAUTHORIZED);
    two->setCredentials({});
    EXPECT_EQ(client.open(url("/cameras/2/main")), 0);
}

TEST_F(RtspServer, ClientsFollowAChangeOfResolution) {
    const TestPictures larger = encodeTestPictures(320, 240, 4 * servedGop, servedGop);
    const auto served = mount("/cameras/1/main", rtsp::FirstPictures::CurrentGop);
    served->push(servedPictures().units[0]);
    RtspClient client;
    ASSERT_EQ(client.open(url("/cameras/1/main")), 0);
    served->push(servedPictures().units[1]);
    served->push(servedPictures().units[2]);
    const auto before = client.show();
    ASSERT_TRUE(before);
    EXPECT_EQ(before->width, 160);
    served->setFormat(larger.format);
    for (const auto& unit : larger.units) {
        served->push(at(unit, unit.time + 3 * ticksAPicture));
    }
    EXPECT_TRUE(becomesTrue([&] {
        const auto shown = client.show();
        return !shown || shown->width == 320;
    }));
}

TEST_F(RtspServer, TellsClientsToGoAndForgetsThem) {
    const auto served = mount("/cameras/1/main", rtsp::FirstPictures::CurrentGop);
    const LiveSource live{*served};
    RtspClient client;
    ASSERT_EQ(client.open(url("/cameras/1/main")), 0);
    ASSERT_TRUE(client.read());
    served->disconnectClients();
    EXPECT_TRUE(becomesTrue([&] { return !client.read(); }));
    EXPECT_TRUE(becomesTrue([&] { return served->clients() == 0; }));
}

TEST_F(RtspServer, ASourceThatBeganAnewIsServedAnew) {
    const auto served = mount("/cameras/1/main", rtsp::FirstPictures::CurrentGop);
    served->push(at(servedPictures().units[0], 900'000'000));
    RtspClient client;
    ASSERT_EQ(client.open(url("/cameras/1/main")), 0);
    served->push(at(servedPictures().units[0], 0));
    served->push(at(servedPictures().units[1], ticksAPicture));
    EXPECT_TRUE(becomesTrue([&] { return !client.read(); }));
    ASSERT_EQ(client.open(url("/cameras/1/main")), 0);
    EXPECT_TRUE(client.read());
}

TEST_F(RtspServer, ARemovedMountIsNotFound) {
    auto served = mount("/cameras/1/main", rtsp::FirstPictures::CurrentGop);
    RtspClient client;
    ASSERT_EQ(client.open(url("/cameras/1/main")), 0);
    m_server->removeMount("/cameras/1/main");
    EXPECT_EQ(RtspClient{}.open(url("/cameras/1/main")), AVERROR_HTTP_NOT_FOUND);
    m_server.reset();
    served->push(servedPictures().units[0]);
    served->disconnectClients();
}

/// The same picture with filler data (NAL unit type 12) behind it, so that few of them fill every buffer on the way.
rtsp::AccessUnit large(const rtsp::AccessUnit& unit) {
    constexpr std::size_t size = 4U << 10U;
    auto bytes = std::make_shared<std::vector<std::byte>>(*unit.bytes);
    for (int filler = 0; filler < 64; ++filler) {
        bytes->insert(bytes->end(), {std::byte{0}, std::byte{0}, std::byte{size >> 8U}, std::byte{0}, std::byte{12}});
        bytes->resize(bytes->size() + size - 2, std::byte{0xFF});
        bytes->push_back(std::byte{0x80});
    }
    return {std::move(bytes), unit.time, unit.isKey};
}

TEST_F(RtspServer, AClientThatDoesNotReadDelaysNobodyAndGoesOnAtAKeyFrame) {
#ifdef __SANITIZE_THREAD__
    GTEST_SKIP() << "GStreamer is not built for the thread sanitizer, which takes minutes over so many packets";
#endif
    const auto served = mount("/cameras/1/main", rtsp::FirstPictures::CurrentGop);
    RtspClient sleeper;
    RtspClient awake;
    served->push(servedPictures().units[0]);
    ASSERT_EQ(sleeper.open(url("/cameras/1/main")), 0);
    ASSERT_EQ(awake.open(url("/cameras/1/main")), 0);
    // Far more than the sockets and the queue of the one that sleeps can hold.
    std::vector<rtsp::AccessUnit> units{servedPictures().units.begin(), servedPictures().units.begin() + servedGop};
    std::transform(units.begin(), units.end(), units.begin(), large);
    std::int64_t number = 1;
    const auto pushNext = [&] {
        served->push(at(units[static_cast<std::size_t>(number % servedGop)], number * ticksAPicture));
        ++number;
    };
    while (number < 200) {
        pushNext();
        ASSERT_TRUE(awake.read()) << "picture " << number;
    }
    EXPECT_EQ(served->clients(), 2);

    ASSERT_TRUE(sleeper.read());  // libavformat's parser gives the first two the same time
    auto before = sleeper.read();
    ASSERT_TRUE(before);
    int holes = 0;
    while (before->time < 210 * ticksAPicture) {
        if (number < 215) {
            pushNext();
        }
        const auto next = sleeper.read();
        ASSERT_TRUE(next) << "after " << before->time / ticksAPicture;
        if (next->time != before->time + ticksAPicture) {
            ++holes;
            EXPECT_TRUE(next->isKey) << "from " << before->time / ticksAPicture << " to " << next->time / ticksAPicture;
        }
        before = next;
    }
    EXPECT_GE(holes, 1);
    EXPECT_LE(holes, 20) << "a queue is let go as a whole";
}

struct Camera {
    const char* name;
    TestCoding coding;
};

class RtspServerOfEveryCoding : public RtspServer, public ::testing::WithParamInterface<Camera> {
protected:
    TestPictures m_pictures = encodeTestPictures(160, 128, 5 * servedGop, servedGop, GetParam().coding);

    std::shared_ptr<rtsp::Mount> serve() {
        auto made = m_server->addMount("/cameras/1/main", rtsp::FirstPictures::CurrentGop, {});
        made->setFormat(m_pictures.format);
        return made;
    }
};

TEST_P(RtspServerOfEveryCoding, ShowsAPictureAtOnceFromTheGopInHand) {
    const auto served = serve();
    for (std::size_t i = 0; i < 2 * servedGop - 1; ++i) {
        served->push(m_pictures.units[i]);
    }
    RtspClient client;
    ASSERT_EQ(client.open(url("/cameras/1/main")), 0);
    // Nothing is pushed any more: what comes is what the server holds.
    const auto shown = client.show();
    ASSERT_TRUE(shown);
    EXPECT_EQ(shown->width, 160);
    EXPECT_EQ(shown->height, 128);
}

TEST_P(RtspServerOfEveryCoding, SendsEveryPictureInTheOrderOfDecodingWithItsTimeOfShowing) {
    const auto served = serve();
    served->push(m_pictures.units[0]);
    RtspClient client;
    ASSERT_EQ(client.open(url("/cameras/1/main")), 0);
    for (std::size_t i = 1; i < m_pictures.units.size(); ++i) {
        served->push(m_pictures.units[i]);
    }
    std::vector<std::int64_t> times;
    for (std::size_t i = 0; i + 2 < m_pictures.units.size(); ++i) {
        const auto received = client.read();
        ASSERT_TRUE(received) << "picture " << i;
        times.push_back(received->time);
    }
    // The first of a session may come without a time.
    for (std::size_t i = 2; i < times.size(); ++i) {
        EXPECT_EQ(times[i] - times[1], m_pictures.units[i].time - m_pictures.units[1].time) << "picture " << i;
    }
}

TEST_P(RtspServerOfEveryCoding, CommonProgramsPlayIt) {
    if (!std::filesystem::exists("/usr/bin/ffmpeg")) {
        GTEST_SKIP() << "The program ffmpeg is not here; the tests above play it with its libraries.";
    }
    const auto served = serve();
    const std::jthread live{[&](const std::stop_token& stop) {
        std::mutex mutex;
        std::condition_variable_any never;
        const auto count = static_cast<std::int64_t>(m_pictures.units.size());
        for (std::int64_t i = 0; !stop.stop_requested(); ++i) {
            const auto& unit = m_pictures.units[static_cast<std::size_t>(i % count)];
            served->push(at(unit, unit.time + i / count * count * ticksAPicture));
            std::unique_lock lock{mutex};
            never.wait_for(lock, stop, milliseconds{10}, [] { return false; });
        }
    }};
    ASSERT_TRUE(becomesTrue([&] { return RtspClient{}.open(url("/cameras/1/main")) == 0; }));
    ChildProcess player{{"/usr/bin/ffmpeg", "-nostdin", "-v", "error", "-rtsp_transport", "tcp", "-i",
                         url("/cameras/1/main"), "-frames:v", "5", "-f", "framecrc", "-"}};
    EXPECT_EQ(player.wait(), 0) << player.output();
    EXPECT_NE(player.output().find("160x128"), std::string::npos) << player.output();
}

INSTANTIATE_TEST_SUITE_P(Cameras, RtspServerOfEveryCoding,
                         ::testing::Values(Camera{"H264", {}}, Camera{"H264Reordered", {.bFrames = 2}},
                                           Camera{"H265", {.coding = rtsp::Coding::H265}},
                                           Camera{"H265Reordered", {.coding = rtsp::Coding::H265, .bFrames = 2}},
                                           Camera{"Mpeg4", {.coding = rtsp::Coding::Mpeg4}},
                                           Camera{"Jpeg", {.coding = rtsp::Coding::Jpeg}}),
                         [](const auto& instance) { return std::string{instance.param.name}; });

TEST_F(RtspServer, AnotherCodingEndsTheSessionsAndIsServedToWhoeverComesAgain) {
    const auto served = mount("/cameras/1/main", rtsp::FirstPictures::CurrentGop);
    served->push(servedPictures().units[0]);
    RtspClient client;
    ASSERT_EQ(client.open(url("/cameras/1/main")), 0);
    const auto other = encodeTestPictures(320, 240, servedGop, servedGop, {.coding = rtsp::Coding::H265});
    served->setFormat(other.format);
    for (const auto& unit : other.units) {
        served->push(at(unit, unit.time + ticksAPicture));
    }
    EXPECT_TRUE(becomesTrue([&] { return !client.read(); }));
    ASSERT_EQ(client.open(url("/cameras/1/main")), 0);
    const auto shown = client.show();
    ASSERT_TRUE(shown);
    EXPECT_EQ(shown->width, 320);
}

TEST_F(RtspServer, SaysWhichJpegsItCannotSend) {
    const auto served = m_server->addMount("/cameras/1/main", rtsp::FirstPictures::CurrentGop, {});
    const auto own =
        encodeTestPictures(160, 128, 2, servedGop, {.coding = rtsp::Coding::Jpeg, .ownHuffmanTables = true});
    served->setFormat(own.format);
    served->push(own.units[0]);
    EXPECT_NE(served->refusal().find("Huffman tables of its own"), std::string::npos) << served->refusal();
    EXPECT_EQ(RtspClient{}.open(url("/cameras/1/main")), AVERROR_HTTP_SERVER_ERROR);
    const auto large = encodeTestPictures(2048, 64, 2, servedGop, {.coding = rtsp::Coding::Jpeg});
    served->setFormat(large.format);
    served->push(large.units[0]);
    EXPECT_NE(served->refusal().find("2048x64"), std::string::npos) << served->refusal();
    const auto good = encodeTestPictures(160, 128, 2, servedGop, {.coding = rtsp::Coding::Jpeg});
    served->setFormat(good.format);
    served->push(good.units[0]);
    EXPECT_EQ(served->refusal(), "");
    EXPECT_EQ(RtspClient{}.open(url("/cameras/1/main")), 0);
}

// Whatever is changed in its headers, and wherever it is cut off: there is an answer.
TEST(JpegLimits, DamagedHeadersAreNoMatter) {
    const auto picture = *encodeTestPictures(160, 128, 1, servedGop, {.coding = rtsp::Coding::Jpeg}).units[0].bytes;
    EXPECT_EQ(rtsp::whyNotCarried(picture), "");
    for (std::size_t place = 0; place < std::min<std::size_t>(picture.size(), 700); ++place) {
        EXPECT_NE(rtsp::whyNotCarried(std::span{picture}.first(std::min<std::size_t>(place, 400))), "");
        auto noisy = picture;
        noisy[place] ^= std::byte{0xA5};
        (void)rtsp::whyNotCarried(noisy);
    }
}

std::ptrdiff_t countOf(const char* folder) {
    const std::filesystem::directory_iterator entries{folder};
    return std::distance(begin(entries), end(entries));
}

TEST_F(RtspServer, KeepsNothingOfClientsThatHaveGone) {
    const auto served = mount("/cameras/1/main", rtsp::FirstPictures::CurrentGop);
    const LiveSource live{*served};
    const auto visit = [&] {
        RtspClient client;
        ASSERT_EQ(client.open(url("/cameras/1/main")), 0);
        ASSERT_TRUE(client.read());
    };
    for (int i = 0; i < 20; ++i) {
        visit();
    }
    ASSERT_TRUE(becomesTrue([&] { return served->clients() == 0; }));
    const auto files = countOf("/proc/self/fd");
    const auto threads = countOf("/proc/self/task");
    for (int i = 0; i < 200; ++i) {
        visit();
    }
    EXPECT_TRUE(becomesTrue([&] { return served->clients() == 0; }));
    EXPECT_TRUE(becomesTrue([&] { return countOf("/proc/self/fd") <= files + 2; })) << countOf("/proc/self/fd");
    EXPECT_TRUE(becomesTrue([&] { return countOf("/proc/self/task") <= threads + 8; })) << countOf("/proc/self/task");
}

TEST_F(RtspServer, ForgetsAClientThatIsCutOffInTheMiddle) {
    const auto served = mount("/cameras/1/main", rtsp::FirstPictures::CurrentGop);
    const LiveSource live{*served};
    {
        std::vector<std::unique_ptr<ChildProcess>> viewers;
        for (int i = 0; i < 4; ++i) {
            viewers.push_back(std::make_unique<ChildProcess>(
                std::vector<std::string>{"/usr/bin/ffmpeg", "-v", "quiet", "-nostdin", "-rtsp_transport", "tcp", "-i",
                                         url("/cameras/1/main"), "-c", "copy", "-f", "null", "-"}));
        }
        ASSERT_TRUE(becomesTrue([&] { return served->clients() == 4; }));
    }
    EXPECT_TRUE(becomesTrue([&] { return served->clients() == 0; })) << "they were killed";
}

TEST_F(RtspServer, ServesManyAtOnce) {
    const auto served = mount("/cameras/1/main", rtsp::FirstPictures::CurrentGop);
    const LiveSource live{*served};
    std::atomic<int> good{0};
    {
        std::vector<std::jthread> viewers;
        for (int i = 0; i < 24; ++i) {
            viewers.emplace_back([&] {
                RtspClient client;
                if (client.open(url("/cameras/1/main")) == 0 && client.read() && client.read()) {
                    ++good;
                }
            });
        }
    }
    EXPECT_EQ(good, 24);
}

TEST(RtspServerStart, SaysThatThePortIsTaken) {
    const auto first = rtsp::Server::start("127.0.0.1", 0);
    ASSERT_TRUE(first);
    const auto second = rtsp::Server::start("127.0.0.1", (*first)->port());
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, base::ErrorCode::Busy);
}

TEST(RtspServerStart, SaysThatTheAddressIsNotThisMachines) {
    const auto server = rtsp::Server::start("192.0.2.1", 0);
    ASSERT_FALSE(server);
    EXPECT_EQ(server.error().code, base::ErrorCode::InvalidInput);
}

}  // namespace
}  // namespace leedswatch::tests

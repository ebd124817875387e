#include "video/live_view.h"

#include "live_support/live_relay.h"
#include "support/temporary_folder.h"
#include "support/wait_until.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace leedswatch::video {
namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

// What a busy machine may add to the time that a verdict needs.
constexpr auto tolerance = 1500ms;
constexpr auto patience = 20s;

class LiveViewTest : public ::testing::Test {
protected:
    std::unique_ptr<LiveView> watch(int number, PictureSize box = {160, 120}) {
        return std::make_unique<LiveView>(m_clock, relayAddressSource(m_folder.path(), number, StreamKind::Sub),
                                          Presentation{box, PrivacyMask::none()}, [this] { m_waiting.wake(); });
    }

    bool waitFor(const std::function<bool()>& condition) { return m_waiting.until(condition, patience); }
    bool waitForState(LiveView& view, LiveState state) {
        return waitFor([&] { return view.status().verdict.state == state; });
    }
    static int numberIn(const Frame& frame) {
        const auto middle = static_cast<std::size_t>(frame.height / 2 * frame.stride + frame.width / 2 * 4);
        const int full = std::to_integer<int>(frame.pixels[middle + 1]);
        return tests::numberOfLuma(full * 219 / 255 + 16);
    }
    base::SystemClock m_clock;
    tests::TemporaryFolder m_folder;
    tests::Waiting m_waiting;
    tests::LiveRelay m_relay{m_folder.path()};
};

TEST_F(LiveViewTest, ShowsTheCameraItWasAskedForAndIsLive) {
    m_relay.addCamera(3);
    const auto view = watch(3);
    ASSERT_TRUE(waitForState(*view, LiveState::Live));
    const auto frame = view->takePicture();
    ASSERT_NE(frame, nullptr);
    EXPECT_EQ(numberIn(*frame), 3);
    EXPECT_EQ(frame->width, 147);
    EXPECT_EQ(frame->height, 120);
    EXPECT_FALSE(view->status().problem);
}

TEST_F(LiveViewTest, FollowsTheSizeThatIsAskedForWhileItRuns) {
    m_relay.addCamera(3);
    const auto view = watch(3);
    ASSERT_TRUE(waitForState(*view, LiveState::Live));
    view->setPresentation({{1000, 72}, PrivacyMask::none()});
    EXPECT_TRUE(waitFor([&] { return view->takePicture()->height == 72; }));
    EXPECT_EQ(view->status().connections, 1);
}

TEST_F(LiveViewTest, WithoutAMaskItIsLiveAndGivesOutNoPicture) {
    m_relay.addCamera(3);
    const auto view = std::make_unique<LiveView>(m_clock, relayAddressSource(m_folder.path(), 3, StreamKind::Sub),
                                                 Presentation{{160, 120}}, [this] { m_waiting.wake(); });
    ASSERT_TRUE(waitForState(*view, LiveState::Live));
    ASSERT_TRUE(waitFor([&] { return view->status().pictures > 10; }));
    EXPECT_EQ(view->takePicture(), nullptr);
    EXPECT_EQ(view->fullPicture(nullptr).error().code, base::ErrorCode::NotPermitted);
    view->setPresentation({{160, 120}, PrivacyMask::none()});
    EXPECT_TRUE(waitFor([&] { return view->takePicture() != nullptr; }));
}

TEST_F(LiveViewTest, AMaskHoldsForThePictureThatNoOtherFollows) {
    m_relay.addCamera(3);
    const auto view = watch(3);
    ASSERT_TRUE(waitForState(*view, LiveState::Live));
    m_relay.setFault(3, tests::CameraFault::Stall);
    ASSERT_TRUE(waitForState(*view, LiveState::Offline));
    ASSERT_EQ(numberIn(*view->takePicture()), 3);
    const estate::PrivacyZone all{{{0, 0}, {10'000, 0}, {10'000, 10'000}, {0, 10'000}}};
    const auto mask = std::make_shared<const PrivacyMask>(std::vector{all});
    view->setPresentation({{160, 120}, mask, PictureRegion{}.zoomedBy(2, 0.5, 0.5)});
    view->presentAgain();
    const auto frame = view->takePicture();
    EXPECT_EQ(frame->presentation.mask, mask);
    EXPECT_EQ(frame->presentation.region.zoom(), 2);
    EXPECT_NE(numberIn(*frame), 3);
    EXPECT_EQ(view->status().verdict.state, LiveState::Offline);
}

TEST_F(LiveViewTest, ItsFullPictureIsAsLargeAsTheCameraSentIt) {
    m_relay.addCamera(3);
    const auto view = watch(3, {40, 30});
    EXPECT_EQ(view->fullPicture(PrivacyMask::none()).error().code, base::ErrorCode::NotFound);
    ASSERT_TRUE(waitForState(*view, LiveState::Live));
    const auto full = view->fullPicture(PrivacyMask::none());
    ASSERT_TRUE(full);
    EXPECT_EQ(full->width, 176);
    EXPECT_EQ(full->height, 144);
    const int middle = full->pixels[(72 * 176 + 88) * 3];
    EXPECT_EQ(tests::numberOfLuma(middle * 219 / 255 + 16), 3);
}

TEST_F(LiveViewTest, AFrozenCameraIsFrozenWithinThreeSecondsAndComesBack) {
    m_relay.addCamera(4);
    const auto view = watch(4);
    ASSERT_TRUE(waitForState(*view, LiveState::Live));
    m_relay.setFault(4, tests::CameraFault::Freeze);
    const auto began = Steady::now();
    ASSERT_TRUE(waitForState(*view, LiveState::Frozen));
    EXPECT_LE(Steady::now() - began, 3s + tolerance);
    EXPECT_EQ(view->status().verdict.missing, MissingFact::PictureChange);
    EXPECT_NE(view->takePicture(), nullptr);
    m_relay.setFault(4, tests::CameraFault::None);
    EXPECT_TRUE(waitForState(*view, LiveState::Live));
}

TEST_F(LiveViewTest, ACameraThatSendsNoMoreIsLateThenOfflineAndComesBack) {
    m_relay.addCamera(4);
    const auto view = watch(4);
    ASSERT_TRUE(waitForState(*view, LiveState::Live));
    m_relay.setFault(4, tests::CameraFault::Stall);
    const auto began = Steady::now();
    ASSERT_TRUE(waitForState(*view, LiveState::Late));
    ASSERT_TRUE(waitForState(*view, LiveState::Offline));
    EXPECT_LE(Steady::now() - began, 3s + tolerance);
    EXPECT_EQ(view->status().verdict.missing, MissingFact::Packets);
    m_relay.setFault(4, tests::CameraFault::None);
    EXPECT_TRUE(waitForState(*view, LiveState::Live));
}

TEST_F(LiveViewTest, PicturesThatRestOnLostOnesAreNotShown) {
    m_relay.addCamera(4);
    const auto view = watch(4);
    ASSERT_TRUE(waitForState(*view, LiveState::Live));
    m_relay.setFault(4, tests::CameraFault::LosePictures);
    ASSERT_TRUE(waitForState(*view, LiveState::Frozen));
    EXPECT_EQ(view->status().verdict.missing, MissingFact::Decoding);
    const auto shown = view->takePicture();
    ASSERT_TRUE(waitFor([&, refused = view->status().refused] { return view->status().refused > refused + 20; }));
    EXPECT_EQ(view->takePicture(), shown);
    m_relay.setFault(4, tests::CameraFault::None);
    EXPECT_TRUE(waitForState(*view, LiveState::Live));
}

TEST_F(LiveViewTest, ACameraThatTheRelayLostIsOfflineAndComesBack) {
    m_relay.addCamera(4);
    const auto view = watch(4);
    ASSERT_TRUE(waitForState(*view, LiveState::Live));
    m_relay.removeCamera(4);
    ASSERT_TRUE(waitForState(*view, LiveState::Offline));
    ASSERT_TRUE(waitFor([&] { return view->status().problem.has_value(); }));
    m_relay.addCamera(4);
    EXPECT_TRUE(waitForState(*view, LiveState::Live));
}

TEST_F(LiveViewTest, AStationThatDiedIsSaidAndItsNextRunIsFoundOnAnotherPort) {
    m_relay.addCamera(4);
    const auto view = watch(4);
    ASSERT_TRUE(waitForState(*view, LiveState::Live));
    m_relay.stop();
    const auto began = Steady::now();
    ASSERT_TRUE(waitForState(*view, LiveState::Offline));
    EXPECT_LE(Steady::now() - began, 3s + tolerance);
    ASSERT_TRUE(waitFor([&] {
        const auto status = view->status();
        return status.problem && status.problem->code == base::ErrorCode::Unreachable;
    }));
    m_relay.start();
    EXPECT_TRUE(waitForState(*view, LiveState::Live));
}

TEST_F(LiveViewTest, WithoutAStationItSaysThatThereIsNone) {
    const tests::TemporaryFolder empty;
    LiveView view{
        m_clock, relayAddressSource(empty.path(), 1, StreamKind::Main), {{160, 120}, PrivacyMask::none()}, [this] {
            m_waiting.wake();
        }};
    ASSERT_TRUE(waitForState(view, LiveState::Offline));
    EXPECT_EQ(view.status().problem->code, base::ErrorCode::Unreachable);
    EXPECT_EQ(view.takePicture(), nullptr);
}

TEST_F(LiveViewTest, AProblemNeverHoldsTheSecret) {
    const auto view = watch(9);
    ASSERT_TRUE(waitFor([&] { return view->status().problem.has_value(); }));
    EXPECT_EQ(view->status().problem->message.find("secret"), std::string::npos);
}

/// A server that accepts and never answers.
class SilentServer {
public:
    SilentServer() : m_socket{socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        bind(m_socket, reinterpret_cast<sockaddr*>(&address), size);
        listen(m_socket, 16);
        getsockname(m_socket, reinterpret_cast<sockaddr*>(&address), &size);
        m_port = ntohs(address.sin_port);
    }
    ~SilentServer() { close(m_socket); }
    SilentServer(const SilentServer&) = delete;
    SilentServer& operator=(const SilentServer&) = delete;
    [[nodiscard]] int port() const { return m_port; }

private:
    int m_socket;
    int m_port = 0;
};

TEST_F(LiveViewTest, StopsWithinATenthOfASecondWhateverItIsDoing) {
    m_relay.addCamera(1);
    const SilentServer silent;
    const auto silentAddress = [&]() -> base::Result<StreamAddress> {
        return StreamAddress{"rtsp://127.0.0.1:" + std::to_string(silent.port()) + "/x", {}, {}};
    };
    auto running = watch(1);
    auto refused = watch(9);
    auto connecting = std::make_unique<LiveView>(m_clock, silentAddress, Presentation{{160, 120}, PrivacyMask::none()},
                                                 [this] { m_waiting.wake(); });
    ASSERT_TRUE(waitForState(*running, LiveState::Live));
    ASSERT_TRUE(waitForState(*refused, LiveState::Offline));
    for (auto* view : {&running, &refused, &connecting}) {
        const auto began = Steady::now();
        view->reset();
        EXPECT_LE(Steady::now() - began, 150ms + tolerance / 2);
    }
}

TEST_F(LiveViewTest, ThatNobodyAnswersIsOfflineAfterThreeSeconds) {
    const SilentServer silent;
    const auto address = [&]() -> base::Result<StreamAddress> {
        return StreamAddress{"rtsp://127.0.0.1:" + std::to_string(silent.port()) + "/x", {}, {}};
    };
    LiveView view{m_clock, address, {{160, 120}, PrivacyMask::none()}, [this] { m_waiting.wake(); }};
    EXPECT_EQ(view.status().verdict.state, LiveState::Connecting);
    ASSERT_TRUE(waitForState(view, LiveState::Offline));
    EXPECT_LE(view.status().verdict.age, 3s + tolerance);
}

}  // namespace
}  // namespace leedswatch::video

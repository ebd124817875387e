#include "network/host.h"

#include "support/fake_clock.h"
#include "support/system_clock.h"

#include <gtest/gtest.h>

#include <future>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using network::Host;

TEST(Host, IsReadWithAndWithoutAPort) {
    EXPECT_EQ(Host::parse("camera.example", 554)->text(), "camera.example:554");
    EXPECT_EQ(Host::parse("10.1.2.3:8554", 554)->text(), "10.1.2.3:8554");
    EXPECT_EQ(Host::parse("[fe80::1]:8554", 554)->text(), "[fe80::1]:8554");
    EXPECT_EQ(Host::parse("[fe80::1]", 554)->name, "fe80::1");
}

TEST(Host, WithAPortThatIsNoneIsNone) {
    for (const char* text : {"", ":554", "camera:", "camera:0", "camera:65536", "camera:99999999999", "camera:5x"}) {
        EXPECT_FALSE(Host::parse(text, 554)) << text;
    }
}

TEST(Host, ANumberIsItsOwnAddress) {
    const auto found = network::findAddresses({"127.0.0.1", 554}, {kClock, {}, 5s});
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_EQ(found->front().text(), "127.0.0.1:554");
    EXPECT_EQ(found->front().withPort(80).text(), "127.0.0.1:80");
    EXPECT_TRUE(found->front().isSameMachineAs(found->front().withPort(80)));
    EXPECT_FALSE(found->front().isMulticast());
    EXPECT_TRUE(network::findAddresses({"239.1.2.3", 5000}, {kClock, {}, 5s})->front().isMulticast());
    EXPECT_TRUE(network::findAddresses({"ff02::1", 5000}, {kClock, {}, 5s})->front().isMulticast());
}

TEST(Host, ANameThatNobodyKnowsIsSaidToBeUnknown) {
    const auto nobody = [](const Host&) { return std::vector<network::Endpoint>{}; };
    const auto found = network::findAddresses({"no-camera", 554}, {kClock, {}, 5s}, nobody);
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, base::ErrorCode::Unreachable);
    EXPECT_NE(found.error().message.find("no host has the name 'no-camera'"), std::string::npos);
}

TEST(Host, ALookUpThatNeverEndsIsLeftBehind) {
    std::promise<void> end;
    const auto ended = end.get_future().share();
    const auto forEver = [ended](const Host&) {
        ended.wait();
        return std::vector<network::Endpoint>{};
    };
    const auto late = network::findAddresses({"slow", 554}, {kClock, {}, 100ms}, forEver);
    ASSERT_FALSE(late);
    EXPECT_NE(late.error().message.find("check the DNS server"), std::string::npos) << late.error().message;
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = network::findAddresses({"slow", 554}, {kClock, stop.get_token(), 60s}, forEver);
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, base::ErrorCode::Cancelled);
    end.set_value();
}

TEST(Patience, IsOverByTheSteadyClockAloneAndWhenItIsStopped) {
    FakeClock clock{base::fromStored(0)};
    std::stop_source stop;
    const network::Patience patience{clock, stop.get_token(), 10s};
    clock.stepWallClock(1h);
    EXPECT_FALSE(patience.isOver());
    EXPECT_FALSE(patience.within(20s).isOver());
    clock.advance(9s);
    EXPECT_FALSE(patience.isOver());
    clock.advance(1s);
    EXPECT_TRUE(patience.isOver());
    const network::Patience another{clock, stop.get_token(), 10s};
    stop.request_stop();
    EXPECT_TRUE(another.isOver());
}

}  // namespace
}  // namespace leedswatch::tests

#include "estate/path_teller.h"

#include "estate/path_times.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using estate::Panel;
using estate::PathCategory;
using estate::PathTeller;
using estate::SignallingPath;
using estate::SourceNetwork;

Panel panelOf(PathCategory category, estate::SignallingSettings settings) {
    Panel panel;
    panel.path = category;
    panel.signalling = std::move(settings);
    return panel;
}

TEST(SourceNetworkTest, TakesAnAddressOrAllThatBeginAlike) {
    const auto network = SourceNetwork::from("10.20.0.0/14").value();
    EXPECT_TRUE(network.contains("10.20.0.1"));
    EXPECT_TRUE(network.contains("10.23.255.255"));
    EXPECT_FALSE(network.contains("10.24.0.0"));
    EXPECT_TRUE(network.contains("::ffff:10.21.1.1"));
    const auto one = SourceNetwork::from("192.0.2.7").value();
    EXPECT_TRUE(one.contains("192.0.2.7"));
    EXPECT_FALSE(one.contains("192.0.2.8"));
    const auto six = SourceNetwork::from("2001:db8::/33").value();
    EXPECT_TRUE(six.contains("2001:db8:7fff::1"));
    EXPECT_FALSE(six.contains("2001:db8:8000::1"));
    EXPECT_TRUE(SourceNetwork::from("0.0.0.0/0").value().contains("8.8.8.8"));
    EXPECT_FALSE(SourceNetwork::from("0.0.0.0/0").value().contains("::1"));
}

TEST(SourceNetworkTest, RefusesWhatIsNone) {
    for (const char* text : {"", "10.20", "10.20.0.0/", "10.20.0.0/33", "10.20.0.0/-1", "10.20.0.0/8x",
                             "2001:db8::/129", "panel.example", "10.20.0.0/99999999999"}) {
        EXPECT_FALSE(SourceNetwork::from(text)) << text;
    }
    EXPECT_FALSE(SourceNetwork::from("10.0.0.0/8").value().contains("nonsense"));
}

TEST(PathTellerTest, HasOnePathIfNothingTellsTwoApart) {
    const PathTeller single{panelOf(PathCategory::Sp3, {})};
    EXPECT_EQ(single.pathOf("7", "10.0.0.1"), SignallingPath::Primary);
    const PathTeller dual{panelOf(PathCategory::Dp3, {})};
    EXPECT_FALSE(dual.tellsApart());
    EXPECT_EQ(dual.pathOf("7", "10.0.0.1"), SignallingPath::Primary);
}

TEST(PathTellerTest, GoesByTheLineOfTheReceiver) {
    const PathTeller teller{panelOf(PathCategory::Dp2, {.alternativeLine = "2"})};
    EXPECT_TRUE(teller.tellsApart());
    EXPECT_EQ(teller.pathOf("2", "10.0.0.1"), SignallingPath::Alternative);
    EXPECT_EQ(teller.pathOf("1", "10.0.0.1"), SignallingPath::Primary);
    EXPECT_EQ(teller.pathOf("", "10.0.0.1"), SignallingPath::Primary);
}

TEST(PathTellerTest, TakesAllElseForTheOtherPathIfOneNetworkIsGiven) {
    const PathTeller mobile{panelOf(PathCategory::Dp2, {.alternativeSource = "10.64.0.0/10"})};
    EXPECT_EQ(mobile.pathOf("0", "10.70.0.1"), SignallingPath::Alternative);
    EXPECT_EQ(mobile.pathOf("0", "81.2.3.4"), SignallingPath::Primary);
    const PathTeller fixed{panelOf(PathCategory::Dp2, {.primarySource = "81.2.3.4"})};
    EXPECT_EQ(fixed.pathOf("0", "81.2.3.4"), SignallingPath::Primary);
    EXPECT_EQ(fixed.pathOf("0", "10.70.0.1"), SignallingPath::Alternative);
}

TEST(PathTellerTest, LetsAMessageFromNeitherOfTwoNetworksProveNothing) {
    const PathTeller teller{
        panelOf(PathCategory::Dp2, {.primarySource = "81.2.3.4", .alternativeSource = "10.64.0.0/10"})};
    EXPECT_EQ(teller.pathOf("0", "81.2.3.4"), SignallingPath::Primary);
    EXPECT_EQ(teller.pathOf("0", "10.64.1.1"), SignallingPath::Alternative);
    EXPECT_EQ(teller.pathOf("0", "203.0.113.9"), std::nullopt);
}

TEST(PathTimesTest, AreThoseOfTheCategories) {
    using enum PathCategory;
    const auto primary = [](PathCategory category) {
        return estate::reportingTime(category, SignallingPath::Primary, false).value();
    };
    const auto alternative = [](PathCategory category, bool primaryIsDown) {
        return estate::reportingTime(category, SignallingPath::Alternative, primaryIsDown);
    };
    EXPECT_EQ(primary(Sp1), 32 * 24h);
    EXPECT_EQ(primary(Sp2), 25h);
    EXPECT_EQ(primary(Sp3), 30min);
    EXPECT_EQ(primary(Sp4), 3min);
    EXPECT_EQ(primary(Sp5), 90s);
    EXPECT_EQ(primary(Sp6), 20s);
    EXPECT_EQ(primary(Dp1), 25h);
    EXPECT_EQ(primary(Dp2), 30min);
    EXPECT_EQ(primary(Dp3), 3min);
    EXPECT_EQ(primary(Dp4), 90s);
    EXPECT_EQ(alternative(Sp6, false), std::nullopt);
    EXPECT_EQ(alternative(Sp6, true), std::nullopt);
    EXPECT_EQ(alternative(Dp1, false), 50h);
    EXPECT_EQ(alternative(Dp2, false), 25h);
    EXPECT_EQ(alternative(Dp3, false), 25h);
    EXPECT_EQ(alternative(Dp4, false), 5h);
    EXPECT_EQ(alternative(Dp1, true), 25h);
    EXPECT_EQ(alternative(Dp2, true), 30min);
    EXPECT_EQ(alternative(Dp3, true), 3min);
    EXPECT_EQ(alternative(Dp4, true), 90s);
}

TEST(PathTimesTest, LeaveUsTimeToShowIt) {
    const auto fails = [](PathCategory category) {
        return estate::failsAfter(category, SignallingPath::Primary, false).value();
    };
    EXPECT_EQ(fails(PathCategory::Sp6), 18s);
    EXPECT_EQ(fails(PathCategory::Sp5), 87s);
    EXPECT_EQ(fails(PathCategory::Sp4), 174s);
    EXPECT_EQ(fails(PathCategory::Sp3), 30min - 30s);
    EXPECT_EQ(fails(PathCategory::Sp1), 32 * 24h - 30s);
}

TEST(PathTimesTest, KeepAConnectionForPollsThatAreNotFarApart) {
    Panel panel;
    EXPECT_EQ(estate::connectionPollInterval(panel), std::nullopt);
    panel.path = PathCategory::Sp2;
    EXPECT_EQ(estate::connectionPollInterval(panel), std::nullopt);
    panel.signalling.pollInterval = 10min;
    EXPECT_EQ(estate::connectionPollInterval(panel), 10min);
    panel = {};
    panel.path = PathCategory::Sp4;
    EXPECT_EQ(estate::connectionPollInterval(panel), 3min);
}

}  // namespace
}  // namespace leedswatch::tests

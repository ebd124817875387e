#include "simulator/drawn_premises.h"

#include "alarm/code_table.h"
#include "alarm/contact_id.h"
#include "alarm/sia_data.h"
#include "estate/premises_csv.h"
#include "simulator/panel_day.h"
#include "simulator/panel_event.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace leedswatch::simulator {
namespace {

using Event = PanelEvent::Kind;
using alarm::SignalCategory;

template <typename Predicate>
auto countOf(const std::vector<DrawnPremises>& premises, Predicate predicate) {
    return std::count_if(premises.begin(), premises.end(), predicate);
}

TEST(DrawnPremises, AreTheSameForTheSameSeedAndOthersForAnother) {
    const std::string once = premisesCsv(drawManyPremises(7, 200));
    EXPECT_EQ(once, premisesCsv(drawManyPremises(7, 200)));
    EXPECT_NE(once, premisesCsv(drawManyPremises(8, 200)));
}

TEST(DrawnPremises, AreOfEveryKindMakerCarrierAndKey) {
    const auto premises = drawManyPremises(1, 400);
    std::set<std::string> kinds;
    std::set<PanelMaker> makers;
    std::set<PanelCarrier> carriers;
    std::map<std::size_t, int> keys;
    for (const DrawnPremises& one : premises) {
        kinds.insert(one.kind);
        makers.insert(one.maker);
        carriers.insert(one.carrier);
        ++keys[one.keyBytes.size()];
    }
    EXPECT_EQ(kinds.size(), 8U);
    EXPECT_EQ(makers.size(), 4U);
    EXPECT_EQ(carriers.size(), 3U);
    EXPECT_EQ(keys.size(), 4U);
    EXPECT_NEAR(keys[0], 200, 50) << "about half have no key";
    EXPECT_GT(countOf(premises, [](const auto& one) { return one.speaksContactId; }), 80);
    EXPECT_GT(countOf(premises, [](const auto& one) { return !one.speaksContactId; }), 80);
}

TEST(DrawnPremises, AreReadByTheImportAsTheyWereDrawn) {
    const auto drawn = drawManyPremises(3, 500);
    const auto read = estate::readPremisesCsv(premisesCsv(drawn));
    ASSERT_TRUE(read) << read.error().message;
    ASSERT_EQ(read->size(), drawn.size());
    std::set<std::string> addresses;
    for (std::size_t i = 0; i < drawn.size(); ++i) {
        EXPECT_EQ(read->at(i).account, drawn[i].account);
        EXPECT_EQ(read->at(i).keyBytes.value_or(""), drawn[i].keyBytes);
        EXPECT_EQ(read->at(i).kind, drawn[i].kind);
        EXPECT_EQ(read->at(i).latitude, drawn[i].latitude);
        addresses.insert(drawn[i].address);
    }
    EXPECT_EQ(addresses.size(), drawn.size()) << "no two stand at one address";
}

TEST(DrawnPremises, MayAllSpeakInOneWay) {
    for (const auto carrier : {PanelCarrier::KeptConnection, PanelCarrier::Datagrams}) {
        for (const DrawnPremises& one : drawManyPremises(1, 50, carrier)) {
            EXPECT_EQ(one.carrier, carrier);
        }
    }
}

/// What a receiver takes an event of some premises for.
SignalCategory categoryOf(const DrawnPremises& premises, const PanelEvent& event) {
    const PanelMessage message = messageOf(premises, event);
    const auto codes =
        message.token == "ADM-CID" ? alarm::parseContactIdData(message.data) : alarm::parseSiaData(message.data);
    EXPECT_TRUE(codes.isReadable) << message.data;
    EXPECT_EQ(codes.account, premises.account);
    EXPECT_EQ(codes.codes.size(), 1U) << message.data;
    return alarm::CodeTable::standard()
        .meaningOf(codes.codes.front(), premises.maker == PanelMaker::Ajax ? "ajax" : "")
        .category;
}

TEST(PanelEvents, MeanTheSameInTheCodesOfEveryMaker) {
    const std::map<Event, SignalCategory> meanings{{Event::Intruder, SignalCategory::Intruder},
                                                   {Event::Confirmed, SignalCategory::ConfirmedIntruder},
                                                   {Event::Fire, SignalCategory::Fire},
                                                   {Event::HoldUp, SignalCategory::HoldUp},
                                                   {Event::Panic, SignalCategory::Panic},
                                                   {Event::Medical, SignalCategory::Medical},
                                                   {Event::Tamper, SignalCategory::Tamper},
                                                   {Event::LowBattery, SignalCategory::PowerFault},
                                                   {Event::MainsLost, SignalCategory::PowerFault},
                                                   {Event::LateToClose, SignalCategory::OpenCloseException},
                                                   {Event::Aborted, SignalCategory::Cancelled},
                                                   {Event::Test, SignalCategory::Test}};
    for (const DrawnPremises& premises : drawManyPremises(1, 60)) {
        for (const auto& [kind, category] : meanings) {
            EXPECT_EQ(categoryOf(premises, {kind}), category) << messageOf(premises, {kind}).data;
        }
        for (const Event kind : {Event::Intruder, Event::Fire, Event::HoldUp, Event::Tamper}) {
            EXPECT_EQ(categoryOf(premises, {.kind = kind, .isRestore = true}), SignalCategory::Restored);
        }
        EXPECT_EQ(categoryOf(premises, {.kind = Event::Raw, .code = "QQ"}), SignalCategory::Unmapped);
    }
}

TEST(PanelEvents, TellOpeningsFromClosings) {
    for (const DrawnPremises& premises : drawManyPremises(1, 20)) {
        EXPECT_EQ(categoryOf(premises, {Event::Opened}), SignalCategory::Opened);
        EXPECT_EQ(categoryOf(premises, {Event::Closed}), SignalCategory::Closed);
    }
}

TEST(PanelEvents, NameTheZoneThatWasAskedFor) {
    DrawnPremises premises = drawPremises(1, 1);
    premises.maker = PanelMaker::Standard;
    premises.speaksContactId = false;
    const DrawnZone& last = premises.zones.back();
    const PanelMessage message = messageOf(premises, {.kind = Event::Intruder, .zone = last.number});
    EXPECT_EQ(message.data, "#200001|Nri1/BA0" + std::to_string(last.number) + "^" + last.name + "^");
}

TEST(OrdinaryDay, OpensShopsInTheMorningAndClosesThemInTheEvening) {
    using namespace std::chrono_literals;
    int shops = 0;
    for (const DrawnPremises& premises : drawManyPremises(1, 200)) {
        for (const DayEvent& event : ordinaryDayOf(premises, 1)) {
            if (premises.kind == "shop" && event.event.kind == Event::Opened) {
                ++shops;
                EXPECT_TRUE(event.at >= 7h && event.at < 9h);
            }
            if (premises.kind == "shop" && event.event.kind == Event::Closed) {
                EXPECT_TRUE(event.at >= 17h && event.at < 19h);
            }
        }
    }
    EXPECT_GT(shops, 20);
}

TEST(Storm, HasSomeLifeSafetyInIt) {
    const auto premises = drawManyPremises(1, 1'000);
    const auto urgent = countOf(premises, [](const auto& one) { return isLifeSafety(stormEventOf(one, 1)); });
    EXPECT_NEAR(static_cast<double>(urgent), 50, 25);
}

}  // namespace
}  // namespace leedswatch::simulator

#include "simulator/panel_habits.h"

namespace leedswatch::simulator {

using namespace std::chrono_literals;

namespace {

std::chrono::seconds answerTimeOf(const DrawnPremises& premises) {
    if (premises.carrier == PanelCarrier::Datagrams) {
        return 1s;
    }
    switch (premises.maker) {
        case PanelMaker::Ajax: return 11s;
        case PanelMaker::ContactId: return 12s;
        case PanelMaker::Standard:
        case PanelMaker::Polling: return 5s;
    }
    return 5s;
}

}  // namespace

PanelHabits habitsOf(const DrawnPremises& premises, double hurry) {
    PanelHabits habits;
    habits.hurry = hurry;
    habits.answerTime = habits.scaled(answerTimeOf(premises));
    const bool hasDatagrams = premises.carrier == PanelCarrier::Datagrams;
    habits.triesInARound = hasDatagrams ? 5 : 3;
    habits.pauseBetweenRounds = habits.scaled(10s);
    habits.mostTries = hasDatagrams ? 50 : 24;
    habits.pollInterval = habits.scaled(premises.pollInterval);
    habits.testInterval = habits.scaled(24h);
    habits.firstPause = habits.scaled(1s);
    habits.longestPause = habits.scaled(60s);
    habits.dialTime = habits.scaled(10s);
    return habits;
}

}  // namespace leedswatch::simulator

#include "simulator/panel_orders.h"

namespace leedswatch::simulator {
namespace {

void runAway(const PanelCommand& command, Panel& panel, base::SteadyTime now) {
    const PanelEvent event{.kind = PanelEvent::Kind::Intruder};
    const auto pace = panel.habits().scaled(std::chrono::minutes{1}) / command.perMinute;
    for (int signal = 0; signal < command.count; ++signal) {
        panel.raise(event, now + signal * pace, EventOrigin::Programme);
    }
}

}  // namespace

void carryOut(const PanelCommand& command, Panel& panel, base::SteadyTime now) {
    using Order = PanelCommand::Kind;
    const auto later = now + panel.habits().scaled(command.time);
    switch (command.kind) {
        case Order::Event: panel.raise(command.event, now); break;
        case Order::Confirm: panel.confirm(later); break;
        case Order::Restore: panel.restore(now); break;
        case Order::Runaway: runAway(command, panel, now); break;
        case Order::WrongCheck: panel.spoilChecks(command.count); break;
        case Order::Deaf: panel.ignoreAnswersUntil(later); break;
        case Order::Silent: panel.beSilentUntil(later); break;
        case Order::LateTest: panel.delayTest(command.time); break;
        case Order::WrongKey: panel.useWrongKey(true); break;
        case Order::Clock: panel.stepClock(command.time); break;
        case Order::Clear: panel.mend(now); break;
        case Order::Storm:
        case Order::Day:
        case Order::Stop: break;
    }
}

}  // namespace leedswatch::simulator

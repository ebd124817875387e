#pragma once

#include "programs/ctl/session.h"

namespace leedswatch::ctl {

/// `alarms policy|test|tests|end-test|why`: the numbers of the rules, systems on test, and what was decided of a
/// signal.
void addAlarmRulesCommands(CLI::App& alarms, Session& session, Command& chosen);

}  // namespace leedswatch::ctl

#pragma once

#include "programs/ctl/session.h"

namespace leedswatch::ctl {

/// `alarms list|show|policy|test|port`: what needs an answer, what was done, and the rules.
void addAlarmsCommands(CLI::App& root, Session& session, Command& chosen);

}  // namespace leedswatch::ctl

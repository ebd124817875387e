#pragma once

#include "programs/ctl/session.h"

namespace leedswatch::ctl {

/// `alarms targets|set-targets|shifts|set-shifts`: the times within which alarms are to be answered, and when the
/// room's shifts begin.
void addAlarmTargetsCommands(CLI::App& alarms, Session& session, Command& chosen);

}  // namespace leedswatch::ctl

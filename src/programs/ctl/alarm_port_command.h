#pragma once

#include "programs/ctl/session.h"

namespace leedswatch::ctl {

/// `alarms port`: what went through the ports at which panels report.
void addAlarmPortCommand(CLI::App& alarms, Session& session, Command& chosen);

}  // namespace leedswatch::ctl

#pragma once

#include "programs/ctl/session.h"

namespace leedswatch::ctl {

/// `alarms figures`: how quickly alarms were answered, by class, shift, operator, premises and hour of the day.
void addAlarmFiguresCommand(CLI::App& alarms, Session& session, Command& chosen);

}  // namespace leedswatch::ctl

#pragma once

#include "programs/ctl/session.h"

namespace leedswatch::ctl {

/// `alarms fire-rules list|import|authorities`: where premises are called before the fire service is.
void addFireRulesCommands(CLI::App& alarms, Session& session, Command& chosen);

}  // namespace leedswatch::ctl

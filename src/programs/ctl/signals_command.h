#pragma once

#include "programs/ctl/session.h"

namespace leedswatch::ctl {

/// signals list.
void addSignalsCommands(CLI::App& root, Session& session, Command& chosen);

}  // namespace leedswatch::ctl

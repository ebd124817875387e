#pragma once

#include "programs/ctl/session.h"

namespace leedswatch::ctl {

/// Makes a data folder and its first administrator.
void addInitCommand(CLI::App& root, Session& session, Command& chosen);

}  // namespace leedswatch::ctl

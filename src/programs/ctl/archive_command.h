#pragma once

#include "programs/ctl/session.h"

namespace leedswatch::ctl {

/// archive list, check.
void addArchiveCommands(CLI::App& root, Session& session, Command& chosen);

}  // namespace leedswatch::ctl

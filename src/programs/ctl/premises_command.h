#pragma once

#include "programs/ctl/session.h"

namespace leedswatch::ctl {

/// premises import, export, list, paths, changes.
void addPremisesCommands(CLI::App& root, Session& session, Command& chosen);

}  // namespace leedswatch::ctl

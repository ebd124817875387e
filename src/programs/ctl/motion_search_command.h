#pragma once

#include "programs/ctl/session.h"

namespace leedswatch::ctl {

/// motion list and motion search: what moved before a camera that is watched.
void addMotionSearchCommands(CLI::App& motion, Session& session, Command& chosen);

}  // namespace leedswatch::ctl

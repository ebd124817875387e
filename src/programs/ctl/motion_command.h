#pragma once

#include "programs/ctl/session.h"

namespace leedswatch::ctl {

/// motion: how cameras are watched (motion plan), and what the detector sees in pictures that lie in files, for which
/// it needs no data folder.
void addMotionCommands(CLI::App& root, Session& session, Command& chosen);

}  // namespace leedswatch::ctl

#pragma once

#include "programs/ctl/session.h"

namespace leedswatch::ctl {

/// motion: what the detector sees in pictures that lie in files. Needs no data folder.
void addMotionCommands(CLI::App& root, Session& session, Command& chosen);

}  // namespace leedswatch::ctl

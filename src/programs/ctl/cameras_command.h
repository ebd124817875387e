#pragma once

#include "programs/ctl/session.h"

namespace leedswatch::ctl {

/// cameras import, export, list.
void addCamerasCommands(CLI::App& root, Session& session, Command& chosen);

}  // namespace leedswatch::ctl

#pragma once

#include "programs/ctl/session.h"

namespace leedswatch::ctl {

/// users add, list, disable, password.
void addUsersCommands(CLI::App& root, Session& session, Command& chosen);

}  // namespace leedswatch::ctl

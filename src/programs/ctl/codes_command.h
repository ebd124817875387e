#pragma once

#include "programs/ctl/session.h"

namespace leedswatch::ctl {

/// codes list | set | remove | import | export | unmapped
void addCodesCommands(CLI::App& root, Session& session, Command& chosen);

}  // namespace leedswatch::ctl

#pragma once

#include "programs/ctl/session.h"

namespace leedswatch::ctl {

/// audit verify, checkpoint.
void addAuditCommands(CLI::App& root, Session& session, Command& chosen);

}  // namespace leedswatch::ctl

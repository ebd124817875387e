#pragma once

#include "programs/ctl/session.h"

namespace leedswatch::ctl {

/// archive plan, record: when cameras are recorded.
void addArchivePlansCommands(CLI::App& archive, Session& session, Command& chosen);

}  // namespace leedswatch::ctl

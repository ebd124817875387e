#pragma once

#include "programs/ctl/session.h"

namespace leedswatch::ctl {

/// `incidents list|show|open|change|close|reopen|describe|types|type`: the incidents of the room.
void addIncidentsCommands(CLI::App& root, Session& session, Command& chosen);

/// `wards list|import|cameras`: wards, their committees, and which cameras stand in them.
void addWardsCommands(CLI::App& root, Session& session, Command& chosen);

}  // namespace leedswatch::ctl

#pragma once

#include "programs/ctl/session.h"

namespace leedswatch::ctl {

/// `premises police show|set|level|import|calls|add-call|judge`: references with the police, their levels, and the
/// ledger of calls.
void addPoliceCommands(CLI::App& premises, Session& session, Command& chosen);

}  // namespace leedswatch::ctl

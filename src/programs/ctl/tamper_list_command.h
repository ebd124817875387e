#pragma once

#include "programs/ctl/session.h"

namespace leedswatch::ctl {

/// tamper list, accept, watch: what the station has found, and what people say of the cameras' views.
void addTamperListCommands(CLI::App& tamper, Session& session, Command& chosen);

}  // namespace leedswatch::ctl

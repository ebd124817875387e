#pragma once

#include "programs/ctl/session.h"

namespace leedswatch::ctl {

/// tamper: what the station has found at the cameras, what people say of their views, and what the detector finds in
/// films that lie in files (for that no data folder is needed).
void addTamperCommands(CLI::App& root, Session& session, Command& chosen);

}  // namespace leedswatch::ctl

#pragma once

#include "programs/ctl/session.h"

namespace leedswatch::ctl {

/// tamper: what the detector finds in films that lie in files. Needs no data folder.
void addTamperCommands(CLI::App& root, Session& session, Command& chosen);

}  // namespace leedswatch::ctl

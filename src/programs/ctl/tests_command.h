#pragma once

#include "programs/ctl/session.h"

namespace leedswatch::ctl {

/// leedswatchctl tests: planned tests of alarm systems, walk tests, results and notices, zones.
void addTestsCommands(CLI::App& root, Session& session, Command& chosen);

}  // namespace leedswatch::ctl

#pragma once

#include "programs/ctl/session.h"

namespace leedswatch::ctl {

/// `premises engineer arrived|left|list`: engineers who are on site.
void addEngineerCommands(CLI::App& premises, Session& session, Command& chosen);

}  // namespace leedswatch::ctl

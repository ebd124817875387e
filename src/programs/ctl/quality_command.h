#pragma once

#include "programs/ctl/session.h"

namespace leedswatch::ctl {

/// `quality`, below `cameras`.
void addQualityCommand(CLI::App& cameras, Session& session, Command& chosen);

}  // namespace leedswatch::ctl

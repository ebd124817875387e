#pragma once

#include "programs/ctl/session.h"

namespace leedswatch::ctl {

/// motion plan: how cameras are watched for motion.
void addMotionPlanCommands(CLI::App& motion, Session& session, Command& chosen);

}  // namespace leedswatch::ctl

#pragma once

#include "programs/ctl/session.h"

namespace leedswatch::ctl {

/// archive volumes: the disks, what is free and how long it lasts.
void addArchiveVolumesCommands(CLI::App& archive, Session& session, Command& chosen);

}  // namespace leedswatch::ctl

#pragma once

#include "programs/ctl/session.h"

namespace leedswatch::ctl {

/// clip: a range of one camera as MP4 with its manifest.
void addClipCommand(CLI::App& root, Session& session, Command& chosen);

}  // namespace leedswatch::ctl

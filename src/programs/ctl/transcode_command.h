#pragma once

#include "programs/ctl/session.h"

namespace leedswatch::ctl {

/// transcode: an old recording made a clean progressive MP4. Needs no data folder.
void addTranscodeCommand(CLI::App& root, Session& session, Command& chosen);

}  // namespace leedswatch::ctl

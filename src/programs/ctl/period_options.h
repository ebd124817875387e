#pragma once

#include "programs/ctl/session.h"
#include "video/segment.h"

namespace leedswatch::ctl {

/// What --from and --to were given.
struct PeriodOptions {
    std::string from;
    std::string to;
};

/// `before`: how long before --to it begins if --from is not named, in words.
void addPeriodOptions(CLI::App& command, PeriodOptions& options, const std::string& before);

/// Error: InvalidInput.
[[nodiscard]] base::Result<video::TimeRange> periodOf(const Session& session, const PeriodOptions& options,
                                                      base::Microseconds usual);

}  // namespace leedswatch::ctl

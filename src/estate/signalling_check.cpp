#include "estate/signalling_check.h"

#include "estate/path_times.h"
#include "estate/premises_rows.h"

#include <fmt/format.h>

namespace leedswatch::estate {

namespace {

using std::chrono::seconds;

/// One column of one line of a file, to say what is wrong with it.
struct Column {
    int lineOfFile;
    const char* name;

    [[nodiscard]] tl::unexpected<base::Error> refuse(std::string_view what) const {
        return base::fail(base::ErrorCode::InvalidInput, fmt::format("line {}, column {}: {}", lineOfFile, name, what));
    }
};

base::Result<void> checkPoll(const Column& column, const Panel& panel, SignallingPath path,
                             const std::optional<seconds>& interval) {
    if (!interval) {
        return {};
    }
    if (!panel.path) {
        return column.refuse("the panel has no path_category: how late its polls may be is not known");
    }
    const auto failing = failsAfter(*panel.path, path, false);
    if (!failing) {
        return column.refuse(fmt::format("{} has one path", nameOf(*panel.path)));
    }
    if (*interval >= *failing) {
        return column.refuse(fmt::format(
            "the {} path of {} has failed after {} seconds of silence, so it must poll sooner than every {}: set the "
            "panel or its category right",
            nameOf(path), nameOf(*panel.path), failing->count(), interval->count()));
    }
    return {};
}

base::Result<void> checkTelling(const Panel& panel, int lineOfFile) {
    const SignallingSettings& paths = panel.signalling;
    const bool hasSources = !paths.primarySource.empty() || !paths.alternativeSource.empty();
    const Column line{lineOfFile, "alternative_line"};
    if (paths.alternativeLine.empty() && !hasSources) {
        return {};
    }
    if (!panel.path || !hasTwoPaths(*panel.path)) {
        return Column{lineOfFile, hasSources ? "alternative_source" : "alternative_line"}.refuse(
            "only panels of DP1 to DP4 have two paths to tell apart: empty it, or set path_category right");
    }
    if (!paths.alternativeLine.empty() && hasSources) {
        return line.refuse("the paths are told apart by the line or by the source: give one of them");
    }
    if (!paths.alternativeLine.empty() && paths.alternativeLine == panel.line) {
        return line.refuse("it is the line of the primary path too");
    }
    if (hasSources && paths.primarySource == paths.alternativeSource) {
        return Column{lineOfFile, "alternative_source"}.refuse("it is the source of the primary path too");
    }
    return {};
}

}  // namespace

base::Result<void> checkSignalling(soci::session& sql, const Panel& panel, int lineOfFile) {
    const SignallingSettings& paths = panel.signalling;
    TRY(checkTelling(panel, lineOfFile));
    TRY(checkPoll({lineOfFile, "poll_seconds"}, panel, SignallingPath::Primary, paths.pollInterval));
    TRY(checkPoll({lineOfFile, "alternative_poll_seconds"}, panel, SignallingPath::Alternative,
                  paths.alternativePollInterval));
    if (sharesItsLines(sql, panel)) {
        return Column{lineOfFile, paths.alternativeLine.empty() ? "line" : "alternative_line"}.refuse(
            "account " + panel.account + " has that line already on another panel");
    }
    return {};
}

}  // namespace leedswatch::estate

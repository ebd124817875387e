#pragma once

#include "incident/log_line.h"

#include <soci/soci.h>

#include <optional>
#include <string>
#include <vector>

namespace leedswatch::incident {

/// What is looked for in the log; all of it must fit.
struct Search {
    /// Each must occur, as a word or the beginning of one; what stands between quotation marks, as it stands there.
    std::string words = {};
    std::optional<std::string> type = {};  ///< or one below it
    std::optional<Book> book = {};
    std::optional<int> cameraNumber = {};
    std::optional<estate::WardId> ward = {};
    std::optional<std::string> committee = {};  ///< its name
    std::optional<std::string> author = {};     ///< user name
    std::optional<int> priority = {};           ///< this one or a more urgent one
    std::optional<base::UtcTime> from = {};
    std::optional<base::UtcTime> to = {};
    bool onlyWritten = false;  ///< not what incidents note of themselves: opened, changed, linked
    int limit = 200;
};

/// What FTS5 is asked for; empty if nothing is asked of the index. Whatever was typed, the result is a valid expression
/// that means those words and no operator. Throws soci::soci_error.
[[nodiscard]] std::string fullTextExpression(soci::session& sql, const Search& search);

/// Newest first. Throws soci::soci_error.
[[nodiscard]] std::vector<LogLine> runSearch(soci::session& sql, const Search& search);

}  // namespace leedswatch::incident

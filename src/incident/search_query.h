#pragma once

#include "incident/incident_log.h"

#include <soci/soci.h>

#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::incident {

/// What FTS5 is asked for: every word, as the beginning of one, and the marks of category and camera; empty if nothing
/// is asked of the index. Whatever was typed, the result is a valid expression that means those words and no operator.
[[nodiscard]] std::string fullTextExpression(const Search& search);

/// Throws soci::soci_error.
[[nodiscard]] std::vector<Entry> runSearch(soci::session& sql, const Search& search);

}  // namespace leedswatch::incident

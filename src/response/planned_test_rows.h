#pragma once

#include "response/planned_tests.h"

#include <soci/soci.h>

#include <string>
#include <vector>

namespace leedswatch::response {

// The rows of planned tests as they go in and out. Each throws soci::soci_error.

/// Those in force, by the time at which they are due, with `state` as it is at `now`.
[[nodiscard]] std::vector<PlannedTest> selectPlannedTests(soci::session& sql, const PlannedTests::Query& query,
                                                          base::UtcTime now);
[[nodiscard]] std::optional<PlannedTest> selectPlannedTest(soci::session& sql, PlannedTestId id, base::UtcTime now);
/// A new one: it is given its id.
void insertPlannedTest(store::Transaction& transaction, PlannedTest& test);
/// All of it, as it is now.
void updatePlannedTest(soci::session& sql, const PlannedTest& test);

/// Error: NotFound, in words for whoever wanted to change it.
[[nodiscard]] base::Result<PlannedTest> requirePlannedTest(store::Transaction& transaction, PlannedTestId id);
/// The audit entry of a change, and the feed's row. `action`: "test.planned".
void auditPlannedTest(store::Transaction& transaction, const access::Acting& acting, const char* action,
                      const PlannedTest& test);

}  // namespace leedswatch::response

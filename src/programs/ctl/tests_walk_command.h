#pragma once

#include "estate/premises_search.h"
#include "programs/ctl/session.h"
#include "response/test_results.h"

namespace leedswatch::ctl {

/// leedswatchctl tests walk, zones, on, off, prolong, notices: what is done while a system is tested.
void addWalkTestCommands(CLI::App& tests, Session& session, Command& chosen);

/// Those with that reference or account. Errors: NotFound.
[[nodiscard]] base::Result<estate::FoundPremises> premisesNamed(Session& session, const std::string& named);

[[nodiscard]] nlohmann::json jsonOfResult(const response::TestResult& result);
[[nodiscard]] base::Result<response::TestOutcome> outcomeOf(const std::string& typed);

}  // namespace leedswatch::ctl

#pragma once

#include "estate/premises.h"
#include "programs/ctl/session.h"
#include "response/supervision_journal.h"

#include <map>
#include <string>
#include <utility>

namespace leedswatch::ctl {

/// How paths and tests of all panels stood when the station wrote it last.
struct SupervisedStates {
    std::map<std::pair<estate::PanelId, estate::SignallingPath>, response::PathStanding> paths;
    std::map<estate::PanelId, response::TestStanding> tests;
};

[[nodiscard]] base::Result<SupervisedStates> readSupervisedStates(store::Database& database);

[[nodiscard]] nlohmann::json jsonOfPaths(const estate::Panel& panel, const SupervisedStates& states);
/// Null: no test is expected.
[[nodiscard]] nlohmann::json jsonOfTest(const estate::Panel& panel, const SupervisedStates& states);
[[nodiscard]] std::string wordsOfPaths(const estate::Panel& panel, const SupervisedStates& states);  ///< "up/failed"
[[nodiscard]] std::string wordOfTest(const estate::Panel& panel, const SupervisedStates& states);

/// premises paths, changes.
void addPremisesPathsCommands(CLI::App& premises, Session& session, Command& chosen);

}  // namespace leedswatch::ctl

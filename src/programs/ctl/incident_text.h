#pragma once

#include "estate/wards.h"
#include "incident/incident.h"

#include <nlohmann/json.hpp>

#include <string>

namespace leedswatch::ctl {

// How the log and incidents are shown by more than one command.

[[nodiscard]] nlohmann::json jsonOfLine(const incident::LogLine& line);
/// Two lines of text, or more.
[[nodiscard]] std::string textOfLine(const incident::LogLine& line);
[[nodiscard]] nlohmann::json jsonOfIncident(const incident::Incident& incident);
[[nodiscard]] std::string textOfIncident(const incident::Incident& incident);

/// Error: NotFound.
[[nodiscard]] base::Result<estate::Ward> wardNamed(store::Database& database, const std::string& name);

}  // namespace leedswatch::ctl

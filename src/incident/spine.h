#pragma once

#include "incident/incident.h"

#include <soci/soci.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace leedswatch::incident {

/// One line of an incident's spine: whatever was written anywhere of what belongs to it.
struct SpineLine {
    base::UtcTime at{};
    std::string kind = {};  ///< "log", or that of the link it comes from: "alarm", "job"
    std::string from = {};  ///< what the line is a part of: "alarm 12"; empty: the log
    std::string who = {};
    std::string text = {};
    std::optional<LogLine> line = {};  ///< of the log
};

/// Gives what was written of a thing that belongs to an incident, in its order, in the read that it is given. Made by
/// who knows such things: the response layer for alarms, dispatch for jobs. May throw soci::soci_error.
using SpineSource = std::function<std::vector<SpineLine>(soci::session&, const Link&)>;
/// By the kind of link.
using SpineSources = std::map<std::string, SpineSource>;

/// All lines of an incident by their time, those of one moment in the order in which they were written. Throws
/// soci::soci_error.
[[nodiscard]] std::vector<SpineLine> spineOf(soci::session& sql, IncidentId incident, const SpineSources& sources);

}  // namespace leedswatch::incident

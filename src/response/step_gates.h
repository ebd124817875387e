#pragma once

#include "response/alarm_steps.h"

#include <soci/soci.h>

#include <vector>

namespace leedswatch::response {

/// An alarm with what its gates depend on.
struct GatedAlarm {
    const Alarm& alarm;
    const std::vector<AlarmEntry>& entries;
    const std::vector<AlarmStep>& steps;
};

/// Of the open steps for the police and for the fire service: whether the rules let them be done at `now`, and why not.
/// Throws soci::soci_error.
[[nodiscard]] std::vector<StepGate> readGates(soci::session& sql, const GatedAlarm& of, base::UtcTime now);

}  // namespace leedswatch::response

#pragma once

#include "response/service_csv.h"

#include <nlohmann/json.hpp>

namespace leedswatch::ctl {

// The service figures as a document. Times are in seconds; null where there is none.

[[nodiscard]] nlohmann::json jsonOfReport(const response::ServiceReport& report, response::ServiceView view);
[[nodiscard]] nlohmann::json jsonOfFalseAlarms(const response::FalseAlarmReport& report);

}  // namespace leedswatch::ctl

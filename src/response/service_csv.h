#pragma once

#include "response/false_alarms.h"
#include "response/service_figures.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace leedswatch::response {

/// What of the figures is shown, or stands in a file.
enum class ServiceView { Classes, Shifts, Operators, Premises, Hours };

struct ServiceViewInfo {
    ServiceView view;
    std::string_view name;   ///< as typed: "class"
    std::string_view title;  ///< as shown
};

/// All, in the order of the enumeration.
[[nodiscard]] std::span<const ServiceViewInfo> serviceViews();
[[nodiscard]] std::optional<ServiceView> serviceViewFrom(std::string_view name);

// Files for spreadsheets (RFC 4180, UTF-8, CRLF). The head says what it is, of which period, when it was made and by
// whom, and by which rules; no field can be taken for a formula. Times are in seconds, "" where there is none.

/// Of any view but Premises.
[[nodiscard]] std::string csvOf(const ServiceReport& report, ServiceView view);
[[nodiscard]] std::string csvOf(const FalseAlarmReport& report);

}  // namespace leedswatch::response

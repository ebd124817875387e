#pragma once

#include "base/result.h"
#include "base/time.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::alarm {

/// A further block of a message: "[M001122AABBCC]" is M and the rest. Which letters mean what: reference 1.6; those
/// that nobody knows are kept.
struct ExtendedDatum {
    char id = 0;
    std::string value;  ///< UTF-8, whatever the panel sent
};

/// What stands in a message's brackets, in the clear.
struct Dc09Content {
    std::string data;  ///< "#1234|Nri1/BA01", as it came; empty in a supervision message
    std::vector<ExtendedDatum> extended;
    std::string timestampText;               ///< "12:00:00,06-01-2025"; empty if there is none
    std::optional<base::UtcTime> timestamp;  ///< read as UTC; none, too, if there is no such moment
};

/// Never fails: what it cannot read of the further blocks is left out, the data is what stands before the first "]".
/// Panels lie about the time in every way (local time, months from zero, clocks that were never set), so a timestamp
/// that is none is no error.
[[nodiscard]] Dc09Content parseDc09Content(std::string_view plain);

/// "_12:00:00,06-01-2025".
[[nodiscard]] std::string dc09Timestamp(base::UtcTime time);

/// Text of a panel: UTF-8 if it is that, else Windows-1252.
[[nodiscard]] std::string panelText(std::string_view bytes);

/// An encrypted message is taken if it was stamped within these of the receiver's time, and a replayed one is not
/// (reference 1.9).
[[nodiscard]] bool isWithinTimeWindow(base::UtcTime stamped, base::UtcTime received);

}  // namespace leedswatch::alarm

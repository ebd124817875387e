#pragma once

#include "base/clock.h"
#include "incident/log_line.h"

#include <soci/soci.h>

namespace leedswatch::incident {

// What must hold of what is to be written. Errors: InvalidInput, NotFound; they name what is wrong.

/// `what`: "the log entry". 1 to IncidentLog::longestText characters of text.
[[nodiscard]] base::Result<void> checkText(const std::string& text, const char* what);

/// Makes the line that is to be written of what somebody wants: the type of its incident, the names of its camera and
/// its ward, its facts in the book's order. In the transaction that writes it.
[[nodiscard]] base::Result<LogLine> lineFrom(soci::session& sql, const NewLine& wanted, base::UtcTime now);

/// Where a camera stands, as lines and incidents keep it.
struct CameraPlace {
    std::string name;
    std::optional<estate::WardId> ward;
};
[[nodiscard]] base::Result<CameraPlace> placeOfCamera(soci::session& sql, int number);

}  // namespace leedswatch::incident

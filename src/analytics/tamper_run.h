#pragma once

#include "analytics/tamper_detector.h"
#include "base/result.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

namespace leedswatch::analytics {

struct TamperReport {
    std::vector<TamperEvent> events;  ///< by their beginning; one that lasts to the end of the film has no end
    double seconds = 0;               ///< of the last picture
};

/// The tamper in a film, as a station would find it. `told` hears how far it is, in seconds. Errors: NotFound,
/// Unsupported, Damaged (no picture in it), Cancelled.
[[nodiscard]] base::Result<TamperReport> findTamper(const std::filesystem::path& film, const std::stop_token& stop,
                                                    const std::function<void(double)>& told);

/// The stills of each event into `folder`, which is made if it is not there: NAME-1-moved-before.png, …-after.png.
/// Files of these names are replaced. Errors: StorageFailed, StorageFull (also where a file is in
/// the place of the folder).
[[nodiscard]] base::Result<void> writeStills(const TamperReport& report, const std::string& name,
                                             const std::filesystem::path& folder);

}  // namespace leedswatch::analytics

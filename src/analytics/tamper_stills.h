#pragma once

#include "access/person.h"
#include "analytics/tamper_journal.h"

#include <opencv2/core.hpp>

namespace leedswatch::analytics {

/// The two stills of an event: 8 bits, blue, green, red; black where a privacy zone hid something then or hides it now.
/// Errors, each of one still: NotFound (none was written, or it is gone), Damaged.
struct TamperStills {
    base::Result<cv::Mat> before;
    base::Result<cv::Mat> after;
};

/// Whether a person may see them: who may play recordings, and who mends cameras.
[[nodiscard]] bool maySeeTamperStills(const access::Acting& acting);

/// What somebody looks at is written into the audit log first. Errors: NotPermitted; Damaged (the camera's privacy
/// zones cannot be read); those of the store.
[[nodiscard]] base::Result<TamperStills> seeTamperStills(const access::Acting& acting, store::Database& database,
                                                         const estate::Camera& camera, const RecordedTamper& event);

}  // namespace leedswatch::analytics

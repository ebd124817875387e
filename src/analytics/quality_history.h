#pragma once

#include "analytics/picture_quality.h"
#include "base/time.h"
#include "estate/camera.h"
#include "store/database.h"

#include <vector>

namespace leedswatch::analytics {

/// One reading of a camera's picture.
struct QualityReading {
    estate::CameraId camera;
    base::UtcTime time;
    PictureQuality quality;
};

/// How good the cameras' pictures were, hour by hour. Thread-safe. Topic of the change feed: "picture_quality".
class QualityHistory {
public:
    explicit QualityHistory(store::Database& database) : m_database{database} {}

    /// All in one commit.
    [[nodiscard]] base::Result<void> add(const std::vector<QualityReading>& readings);
    /// In the order of time; the end does not belong to it.
    [[nodiscard]] base::Result<std::vector<QualityReading>> of(estate::CameraId camera, base::UtcTime from,
                                                               base::UtcTime until);
    [[nodiscard]] base::Result<void> forget(estate::CameraId camera, base::UtcTime before);

private:
    store::Database& m_database;
};

}  // namespace leedswatch::analytics

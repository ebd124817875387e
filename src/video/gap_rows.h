#pragma once

#include "base/result.h"
#include "video/recording_gap.h"
#include "video/segment.h"

#include <soci/soci.h>

#include <optional>
#include <string>

namespace leedswatch::video {

// How the rows of gaps are read and written; for the classes that keep them. Everything here throws soci::soci_error.

void insertGap(soci::session& sql, const RecordingGap& gap);
/// In place of the camera's gap that lasts, if there is one; none: none lasts.
void replaceLastingGap(soci::session& sql, estate::CameraId id, const std::optional<OpenGap>& gap);
/// Of the break that began at `cut.begin` nothing lies behind `cut.end` any more.
void cutGaps(soci::session& sql, estate::CameraId id, TimeRange cut);
/// No gap that is over lies in the range any more; what reaches out of it stays.
void takeOutOfGaps(soci::session& sql, estate::CameraId id, TimeRange range);
/// Error: Damaged.
[[nodiscard]] base::Result<GapCause> causeFrom(const std::string& name);
[[nodiscard]] base::Result<std::optional<OpenGap>> selectLastingGap(soci::session& sql, estate::CameraId id);

}  // namespace leedswatch::video

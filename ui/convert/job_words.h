#pragma once

#include "transcode/job.h"

#include <QString>

namespace leedswatch::ui {

/// What a job is at, in a few words: "Converting, 43 %, about 12 min left".
[[nodiscard]] QString wordsOf(const transcode::Job& job);
/// "45 s", "12 min", "3 h 20 min": no more exact than it is known.
[[nodiscard]] QString roughly(std::chrono::seconds time);
/// Of a job that failed: what happened, to what, and what to do.
[[nodiscard]] QString explanationOf(const transcode::Job& job);

}  // namespace leedswatch::ui

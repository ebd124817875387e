#pragma once

#include "base/time.h"
#include "dispatch/jobs.h"

#include <QByteArray>
#include <QString>

namespace leedswatch::ui {

enum class SheetColours { Screen, Paper };

/// The sheet of a job: where, why, who, keys, times against the target, what was found and done, the record. All that
/// people wrote is escaped.
[[nodiscard]] QString jobSheetAsHtml(const dispatch::JobSheet& sheet, base::UtcTime now, SheetColours colours);

/// As A4 pages with their numbers, for printing and for the file: a PDF. On the window's thread: it measures text, and
/// takes some tens of milliseconds.
[[nodiscard]] QByteArray jobSheetAsPdf(const dispatch::JobSheet& sheet, base::UtcTime now);

}  // namespace leedswatch::ui

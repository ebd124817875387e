#pragma once

#include "response/alarm_queue.h"

#include <QString>
#include <vector>

namespace leedswatch::ui {

/// The steps that the alarm, as it is, has: those that were done, and those that apply to it.
[[nodiscard]] std::vector<const response::AlarmStep*> stepsToShow(const response::AlarmRecord& record);
/// The steps of an alarm: what was done, by whom, and which comes next. As simple HTML; all that came from outside is
/// escaped.
[[nodiscard]] QString stepsAsHtml(const response::AlarmRecord& record);
/// The record, line by line.
[[nodiscard]] QString recordAsHtml(const std::vector<response::AlarmEntry>& entries);

}  // namespace leedswatch::ui

#pragma once

#include "response/false_alarms.h"
#include "response/service_csv.h"
#include "response/service_figures.h"
#include "ui/figures/figures_table.h"

// Reports as tables for people.

namespace leedswatch::ui {

/// A row for all classes, then one for each; row 0 is `report.all`, the others are `report.classes` in their order.
[[nodiscard]] FiguresSheet sheetOfClasses(const response::ServiceReport& report);
/// What is behind a row of it: a row for each measure.
[[nodiscard]] FiguresSheet sheetOfClass(const response::ClassFigures& figures);
/// All of each name, then each shift, the newest first.
[[nodiscard]] FiguresSheet sheetOfShifts(const response::ServiceReport& report);
[[nodiscard]] FiguresSheet sheetOfOperators(const response::ServiceReport& report);
[[nodiscard]] FiguresSheet sheetOfHours(const response::ServiceReport& report);
[[nodiscard]] FiguresSheet sheetOfFalseAlarms(const response::FalseAlarmReport& report);

/// What of a class is open, was left out, was held, and what clocks made impossible: sentences.
[[nodiscard]] QString textBehind(const response::ClassFigures& figures, base::UtcTime now);
/// "1 Nov 2026, 07:00 – 23 Nov 2026, 19:58".
[[nodiscard]] QString periodText(const response::ServicePeriod& period);

}  // namespace leedswatch::ui

#pragma once

#include "base/local_date.h"
#include "base/result.h"
#include "response/planned_tests.h"
#include "response/test_reports.h"
#include "response/walk_tests.h"

#include <QString>

// How tests of alarm systems read at the desk.

namespace leedswatch::ui {

/// "Otley Library · LIB".
[[nodiscard]] QString placeText(const std::string& name, const std::string& reference);
/// "area 1, zone 12"; "all of it" if neither is named.
[[nodiscard]] QString scopeText(const std::string& area, const std::string& zone);
/// "45 min" or "2 h 05 min": until something ends; "over" if it has.
[[nodiscard]] QString leftText(base::Microseconds left);
/// "14:30", by the clock on the wall, with the zone where it is another than now's.
[[nodiscard]] QString clockText(base::UtcTime time);
/// "Tue 31 Mar 2026 10:00".
[[nodiscard]] QString dayAndTimeText(base::UtcTime time);
/// "Tue 31 Mar 10:00": of what is due; with the year if it is another.
[[nodiscard]] QString dueText(base::UtcTime time, base::UtcTime now);
[[nodiscard]] QString dayText(const base::LocalDate& date);    ///< "Tuesday, 31 March 2026"
[[nodiscard]] QString monthText(const base::LocalDate& date);  ///< "March 2026"
[[nodiscard]] QString stateText(response::PlanState state);    ///< "Overdue"

/// What is typed for an end: "90" or "90 min" from now, "2 h", or a time of the day as "17:30", today or if that is
/// over tomorrow. Error: InvalidInput.
[[nodiscard]] base::Result<base::UtcTime> endFrom(const QString& typed, base::UtcTime now);

/// What came last, in a few words for the telephone: "Zone 12 Hall: in".
[[nodiscard]] QString newestText(const response::WalkLine& line, const response::ZoneTally& tally);

/// The notice of a test that is over, as HTML.
[[nodiscard]] QString noticeHtml(const response::TestReport& report);
/// One line for the desk: "Otley Library · LIB: the test has ended. 4 received, 3 expected did not come."
[[nodiscard]] QString noticeLine(const response::TestReportLine& line);

}  // namespace leedswatch::ui

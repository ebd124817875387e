#pragma once

#include "response/alarm.h"
#include "ui/common/palette.h"

#include <QColor>
#include <QString>

// How alarms read and look. A shape says what a colour says, for whoever does not see the colour.

namespace leedswatch::ui {

/// ▲ somebody may be in danger, ■ property, ● a system.
enum class AlarmShape { Triangle, Square, Circle };

[[nodiscard]] AlarmShape shapeOf(response::AlarmClass alarmClass);
[[nodiscard]] QColor colourOf(const response::Alarm& alarm);
/// "Hold-up, confirmed".
[[nodiscard]] QString titleOf(const response::Alarm& alarm);
/// "0:34", "12:05", "3 h 07 min": how long it has been there.
[[nodiscard]] QString ageText(base::Microseconds age);
/// "waits", "ann has it since 14:03", "put off until 15:00", "held until 14:05:10", "closed".
[[nodiscard]] QString stateText(const response::Alarm& alarm);
/// "14:03".
[[nodiscard]] QString minuteText(base::UtcTime time);
/// What a line of the record is about: "Taken", "Step".
[[nodiscard]] QString kindText(response::EntryKind kind);
/// A line of the record as a person reads it, with the rules' reasons.
[[nodiscard]] QString entryText(const response::AlarmEntry& entry);

}  // namespace leedswatch::ui

#include "ui/common/time_text.h"

#include "base/local_time.h"
#include "ui/common/text.h"

namespace leedswatch::ui {

QString durationText(base::Microseconds duration) {
    const auto tenths = duration.count() / 100'000;
    const auto seconds = tenths / 10;
    if (seconds < 60) {
        return QStringLiteral("%1.%2 s").arg(seconds).arg(tenths % 10);
    }
    if (seconds < 3600) {
        return QStringLiteral("%1 min %2 s").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char{'0'});
    }
    if (seconds < 86'400) {
        return QStringLiteral("%1 h %2 min").arg(seconds / 3600).arg(seconds / 60 % 60, 2, 10, QLatin1Char{'0'});
    }
    return QStringLiteral("%1 d %2 h").arg(seconds / 86'400).arg(seconds / 3600 % 24);
}

QString instantText(base::UtcTime time) {
    return toQt(base::formatLocalTimeOfDayWithMilliseconds(time) + " " + base::localZoneAbbreviation(time));
}

QString timelineTime(base::UtcTime time, bool milliseconds) {
    return milliseconds ? instantText(time)
                        : toQt(base::formatLocalTimeOfDay(time) + " " + base::localZoneAbbreviation(time));
}

}  // namespace leedswatch::ui

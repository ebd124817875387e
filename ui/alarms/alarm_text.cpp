#include "ui/alarms/alarm_text.h"

#include "base/local_time.h"
#include "ui/common/text.h"

#include <QStringList>

namespace leedswatch::ui {

using response::AlarmClass;
using response::AlarmState;
using response::EntryKind;

AlarmShape shapeOf(AlarmClass alarmClass) {
    if (response::infoOf(alarmClass).isLifeSafety) {
        return AlarmShape::Triangle;
    }
    return alarmClass >= AlarmClass::OpenClose ? AlarmShape::Circle : AlarmShape::Square;
}

QColor colourOf(const response::Alarm& alarm) {
    if (alarm.isLifeSafety || alarm.isConfirmed) {
        return palette::red;
    }
    return shapeOf(alarm.alarmClass) == AlarmShape::Circle ? palette::textDim : palette::amber;
}

QString titleOf(const response::Alarm& alarm) {
    QString title = toQt(response::infoOf(alarm.alarmClass).title);
    if (alarm.isConfirmed) {
        title += QStringLiteral(", confirmed");
    }
    if (alarm.isRunaway) {
        title += QStringLiteral(", runs away");
    }
    return title;
}

QString ageText(base::Microseconds age) {
    const auto seconds = std::max<std::int64_t>(0, std::chrono::duration_cast<std::chrono::seconds>(age).count());
    const auto twoDigits = [](std::int64_t number) {
        return QStringLiteral("%1").arg(number, 2, 10, QLatin1Char('0'));
    };
    if (seconds < 3600) {
        return QStringLiteral("%1:%2").arg(seconds / 60).arg(twoDigits(seconds % 60));
    }
    return QStringLiteral("%1 h %2 min").arg(seconds / 3600).arg(twoDigits(seconds % 3600 / 60));
}

QString minuteText(base::UtcTime time) {
    return toQt(base::formatLocalTimeOfDay(time).substr(0, 5));
}

QString stateText(const response::Alarm& alarm) {
    switch (alarm.state) {
        case AlarmState::Waiting:
            return alarm.forwardedTo.empty() ? QStringLiteral("waits")
                                             : QStringLiteral("waits at %1").arg(toQt(alarm.forwardedTo));
        case AlarmState::InHand:
            return QStringLiteral("%1 has it since %2")
                .arg(toQt(alarm.owner), minuteText(alarm.ownedSince.value_or(alarm.raised)));
        case AlarmState::Parked:
            return QStringLiteral("put off until %1").arg(minuteText(alarm.until.value_or(alarm.raised)));
        case AlarmState::Held:
            return QStringLiteral("held until %1")
                .arg(toQt(base::formatLocalTimeOfDay(alarm.until.value_or(alarm.raised))));
        case AlarmState::Closed: return QStringLiteral("closed");
    }
    return {};
}

QString kindText(EntryKind kind) {
    switch (kind) {
        case EntryKind::Raised: return QStringLiteral("Arrived");
        case EntryKind::Joined: return QStringLiteral("Further signal");
        case EntryKind::Restored: return QStringLiteral("Restored");
        case EntryKind::Cancelled: return QStringLiteral("Called off");
        case EntryKind::Confirmed: return QStringLiteral("Confirmed");
        case EntryKind::Lowered: return QStringLiteral("Runs away");
        case EntryKind::Presented: return QStringLiteral("Shown");
        case EntryKind::Accepted: return QStringLiteral("Taken");
        case EntryKind::TakenOver: return QStringLiteral("Taken over");
        case EntryKind::Step: return QStringLiteral("Step");
        case EntryKind::Note: return QStringLiteral("Note");
        case EntryKind::Parked: return QStringLiteral("Put off");
        case EntryKind::Woke: return QStringLiteral("Shown");
        case EntryKind::Forwarded: return QStringLiteral("Forwarded");
        case EntryKind::Released: return QStringLiteral("Given back");
        case EntryKind::Closed: return QStringLiteral("Closed");
    }
    return {};
}

QString entryText(const response::AlarmEntry& entry) {
    QStringList sentences{toQt(entry.text)};
    if (entry.details.contains("reasons") && entry.details["reasons"].is_array()) {
        for (const auto& reason : entry.details["reasons"]) {
            if (reason.is_string()) {
                sentences << toQt(reason.get<std::string>());
            }
        }
    }
    if (entry.details.contains("plan_name") && entry.details["plan_name"].is_string()) {
        sentences << QStringLiteral("Plan: %1.").arg(toQt(entry.details["plan_name"].get<std::string>()));
    }
    sentences.removeAll(QString{});
    return sentences.join(QStringLiteral(" · "));
}

}  // namespace leedswatch::ui

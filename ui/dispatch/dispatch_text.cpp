#include "ui/dispatch/dispatch_text.h"

#include "base/local_time.h"
#include "ui/alarms/alarm_text.h"
#include "ui/common/palette.h"
#include "ui/common/text.h"

#include <QStringList>

namespace leedswatch::ui {

using dispatch::Job;
using dispatch::JobState;
using dispatch::KeyBunch;
using dispatch::KeyState;
using dispatch::TargetState;
using dispatch::Unit;
using dispatch::UnitStatus;

namespace {

constexpr int yearLength = 5;  // " 2026"

QColor colourOfStatus(const Unit& unit) {
    if (unit.isLate) {
        return palette::red;
    }
    switch (unit.status) {
        case UnitStatus::Assigned:
        case UnitStatus::EnRoute:
        case UnitStatus::OnScene: return palette::accent;
        case UnitStatus::Available:
        case UnitStatus::Returning: return palette::text;
        case UnitStatus::OffDuty:
        case UnitStatus::Unavailable: return palette::textDim;
    }
    return palette::textDim;
}

QString crewText(const Unit& unit) {
    QStringList names;
    for (const dispatch::Officer& officer : unit.crew) {
        names << toQt(officer.name);
    }
    return names.isEmpty() ? QStringLiteral("nobody yet") : names.join(QStringLiteral(", "));
}

/// What of a unit's crew somebody must see to; empty: nothing.
QString licenceText(const Unit& unit, base::UtcTime now) {
    for (const dispatch::Officer& officer : unit.crew) {
        if (const auto problem = dispatch::licenceProblem(officer, now); !problem.empty()) {
            QString text = toQt(problem);
            text[0] = text[0].toUpper();
            return text;
        }
    }
    return {};
}

QString checkInText(const Unit& unit, base::UtcTime now) {
    if (!unit.checkInDue) {
        return {};
    }
    return *unit.checkInDue <= now ? QStringLiteral("CHECK-IN OVERDUE by %1").arg(ageText(now - *unit.checkInDue))
                                   : QStringLiteral("Check-in due in %1").arg(ageText(*unit.checkInDue - now));
}

}  // namespace

QString statusText(UnitStatus status) {
    switch (status) {
        case UnitStatus::OffDuty: return QStringLiteral("Off duty");
        case UnitStatus::Available: return QStringLiteral("Available");
        case UnitStatus::Unavailable: return QStringLiteral("Unavailable");
        case UnitStatus::Assigned: return QStringLiteral("Assigned");
        case UnitStatus::EnRoute: return QStringLiteral("On its way");
        case UnitStatus::OnScene: return QStringLiteral("On scene");
        case UnitStatus::Returning: return QStringLiteral("Clear, returning");
    }
    return {};
}

int nearnessOf(UnitStatus status) {
    switch (status) {
        case UnitStatus::Available: return 0;
        case UnitStatus::Returning: return 1;
        case UnitStatus::Assigned: return 2;
        case UnitStatus::EnRoute: return 3;
        case UnitStatus::OnScene: return 4;
        case UnitStatus::OffDuty:
        case UnitStatus::Unavailable: return 5;
    }
    return 5;
}

QString stateOfJobText(const Job& job) {
    const QString unit = toQt(job.callSign);
    switch (job.state) {
        case JobState::Created: return QStringLiteral("waits for a unit");
        case JobState::Assigned: return QStringLiteral("%1 has it and has not set out").arg(unit);
        case JobState::EnRoute: return QStringLiteral("%1 is on its way").arg(unit);
        case JobState::OnScene: return QStringLiteral("%1 is on scene").arg(unit);
        case JobState::Finished: return QStringLiteral("finished by %1").arg(unit);
        case JobState::Cancelled: return QStringLiteral("cancelled");
    }
    return {};
}

QString nextOfJobText(const Job& job) {
    const QString unit = toQt(job.callSign);
    switch (job.state) {
        case JobState::Created: return QStringLiteral("Give it to a unit…");
        case JobState::Assigned: return QStringLiteral("%1 is on its way").arg(unit);
        case JobState::EnRoute: return QStringLiteral("%1 is on scene").arg(unit);
        case JobState::OnScene: return QStringLiteral("%1 has finished…").arg(unit);
        case JobState::Finished:
        case JobState::Cancelled: return {};
    }
    return {};
}

QString momentText(base::UtcTime time, base::UtcTime now) {
    const QString minute = minuteText(time);
    return base::formatLocalDate(time) == base::formatLocalDate(now)
               ? minute
               : QStringLiteral("%1, %2").arg(toQt(base::formatLocalDate(time)).chopped(yearLength), minute);
}

Card cardOf(const Unit& unit, const Job* job, base::UtcTime now) {
    Card card;
    card.id = unit.id.value();
    card.title = QStringLiteral("%1  %2").arg(toQt(unit.callSign), statusText(unit.status));
    card.mark = colourOfStatus(unit);
    card.isHollow = unit.status == UnitStatus::OffDuty || unit.status == UnitStatus::Unavailable;
    card.right = unit.status == UnitStatus::OffDuty ? QString{} : ageText(now - unit.since);
    card.line = job == nullptr
                    ? crewText(unit)
                    : QStringLiteral("%1 · job %2, %3").arg(crewText(unit)).arg(job->id.value()).arg(toQt(job->place));
    const QString licence = licenceText(unit, now);
    const QString checkIn = checkInText(unit, now);
    card.foot = !checkIn.isEmpty() ? checkIn : !licence.isEmpty() ? licence : toQt(unit.vehicle);
    const bool isOverdue = unit.checkInDue && *unit.checkInDue <= now;
    card.footColour = isOverdue ? palette::red : checkIn.isEmpty() && !licence.isEmpty() ? palette::amber : QColor{};
    card.rightColour = isOverdue ? palette::red : QColor{};
    return card;
}

Card cardOf(const Job& job, base::UtcTime now) {
    Card card;
    card.id = job.id.value();
    card.title = QStringLiteral("%1  %2").arg(job.id.value()).arg(toQt(job.place));
    const TargetState target = dispatch::targetOf(job, now);
    const bool isMissed = target == TargetState::Missed;
    const QString age = ageText((job.onScene ? *job.onScene : now) - job.created);
    card.right = job.onScene ? QStringLiteral("there in %1").arg(age)
                             : QStringLiteral("%1 of %2 min").arg(age).arg(job.target.count());
    card.rightColour = isMissed ? palette::red : target == TargetState::Met ? palette::textDim : palette::text;
    // Nobody has it: somebody at a desk has to see to it.
    card.mark = isMissed && !job.onScene         ? palette::red
                : job.state == JobState::Created ? palette::amber
                                                 : palette::accent;
    card.line = toQt(job.reason).simplified();
    card.lineColour = palette::text;
    card.foot = QStringLiteral("Priority %1 · %2%3")
                    .arg(job.priority)
                    .arg(stateOfJobText(job), job.alarm ? QStringLiteral(" · alarm %1").arg(*job.alarm) : QString{});
    return card;
}

Card cardOf(const KeyBunch& bunch, base::UtcTime now) {
    Card card;
    card.id = bunch.id.value();
    card.title = QStringLiteral("%1  %2").arg(toQt(bunch.tag), toQt(bunch.premisesReference));
    const bool isLate = dispatch::isOverdue(bunch, now);
    card.mark = isLate ? palette::red : bunch.state == KeyState::Out ? palette::accent : palette::textDim;
    card.isHollow = bunch.state == KeyState::Withdrawn;
    switch (bunch.state) {
        case KeyState::Held:
            card.right = toQt(bunch.hook);
            card.line = toQt(bunch.opens);
            break;
        case KeyState::Out:
            card.right = isLate ? QStringLiteral("OVERDUE %1").arg(ageText(now - *bunch.due))
                                : QStringLiteral("due %1").arg(momentText(bunch.due.value_or(now), now));
            card.line = QStringLiteral("%1, since %2").arg(toQt(bunch.holder), momentText(bunch.since, now));
            break;
        case KeyState::Lost:
            card.right = QStringLiteral("LOST");
            card.mark = palette::red;
            card.line = QStringLiteral("since %1, last with %2")
                            .arg(momentText(bunch.since, now),
                                 bunch.holder.empty() ? QStringLiteral("nobody") : toQt(bunch.holder));
            break;
        case KeyState::Withdrawn:
            card.right = QStringLiteral("withdrawn");
            card.line = toQt(bunch.opens);
            break;
    }
    card.rightColour = isLate || bunch.state == KeyState::Lost ? palette::red : QColor{};
    return card;
}

}  // namespace leedswatch::ui

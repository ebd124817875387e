#include "ui/alarms/step_words.h"

#include "ui/alarms/alarm_text.h"
#include "ui/common/text.h"
#include "ui/dispatch/dispatch_text.h"

#include <QStringList>

namespace leedswatch::ui {

using response::StepKind;

QString nameOfStep(StepKind kind) {
    switch (kind) {
        case StepKind::Call: return QStringLiteral("Call");
        case StepKind::Password: return QStringLiteral("Password");
        case StepKind::Camera: return QStringLiteral("Look");
        case StepKind::Wait: return QStringLiteral("Wait");
        case StepKind::Police: return QStringLiteral("Police");
        case StepKind::FireService: return QStringLiteral("Fire service");
        case StepKind::Ambulance: return QStringLiteral("Ambulance");
        case StepKind::Keyholders: return QStringLiteral("Keyholders");
        case StepKind::Dispatch: return QStringLiteral("Send somebody");
        case StepKind::Note: return QStringLiteral("Note");
        case StepKind::Outcome: return QStringLiteral("Close");
    }
    return {};
}

QString fieldOfStep(StepKind kind) {
    switch (kind) {
        case StepKind::Call: return QStringLiteral("Who answered, and what was said");
        case StepKind::Password: return QStringLiteral("The word that was said");
        case StepKind::Camera: return QStringLiteral("What is to be seen");
        case StepKind::Wait: return QStringLiteral("What came");
        case StepKind::Police: return QStringLiteral("Police log number, and what was said");
        case StepKind::FireService:
        case StepKind::Ambulance: return QStringLiteral("Their log number, and what was said");
        case StepKind::Keyholders: return QStringLiteral("Who was called, and what they said");
        case StepKind::Dispatch: return QStringLiteral("Who goes, and when they will be there");
        case StepKind::Note: return QStringLiteral("What was done");
        case StepKind::Outcome: return QStringLiteral("Anything to add");
    }
    return {};
}

namespace {

/// "07700 900102, 0113 496 0102": as imported they are set apart by semicolons, with or without a space.
QString readablePhones(const std::string& phones) {
    QStringList numbers = toQt(phones).split(QLatin1Char{';'}, Qt::SkipEmptyParts);
    for (QString& number : numbers) {
        number = number.trimmed();
    }
    return numbers.join(QStringLiteral(", "));
}

QString keyholderFacts(const estate::PremisesCard& card, base::UtcTime now) {
    if (card.keyholders.empty()) {
        return QStringLiteral("No keyholders are entered for these premises.");
    }
    QStringList lines;
    for (const estate::Keyholder& one : card.keyholders) {
        const bool isThere = one.availability.isEmpty() || one.availability.contains(now);
        QString line = QStringLiteral("%1. %2  %3").arg(one.position).arg(toQt(one.name), readablePhones(one.phones));
        line += one.holdsKeys ? QString{} : QStringLiteral(", without keys");
        line += isThere ? QString{} : QStringLiteral(", not at this hour (%1)").arg(toQt(one.availability.text()));
        line += one.note.empty() ? QString{} : QStringLiteral(", %1").arg(toQt(one.note));
        lines << line;
    }
    return lines.join(QLatin1Char('\n'));
}

}  // namespace

QString sendingFacts(const std::vector<dispatch::Unit>& units, const std::vector<dispatch::KeyBunch>& keys,
                     base::UtcTime now) {
    QStringList lines;
    for (const dispatch::Unit& unit : units) {
        lines << QStringLiteral("%1, for %2")
                     .arg(toQt(dispatch::unitText(unit)) + QStringLiteral(": ") + statusText(unit.status).toLower(),
                          ageText(now - unit.since));
    }
    if (units.empty()) {
        lines << QStringLiteral("No unit of ours is on duty. Write who goes.");
    }
    QStringList held;
    for (const dispatch::KeyBunch& bunch : keys) {
        held << QStringLiteral("%1 (%2)").arg(toQt(bunch.tag), bunch.state == dispatch::KeyState::Held
                                                                   ? toQt(bunch.hook)
                                                                   : toQt(dispatch::nameOf(bunch.state)));
    }
    if (!held.isEmpty()) {
        lines << QStringLiteral("Keys: %1").arg(held.join(QStringLiteral(", ")));
    }
    return lines.join(QLatin1Char('\n'));
}

QString factsForStep(StepKind kind, const std::optional<estate::PremisesCard>& card, base::UtcTime now) {
    if (!card) {
        return {};
    }
    switch (kind) {
        case StepKind::Keyholders: return keyholderFacts(*card, now);
        case StepKind::Password:
            return card->hasPassword ? QString{} : QStringLiteral("No password is entered for these premises.");
        case StepKind::Call:
        case StepKind::Camera:
        case StepKind::Wait:
        case StepKind::Police:
        case StepKind::FireService:
        case StepKind::Ambulance:
        case StepKind::Dispatch:
        case StepKind::Note:
        case StepKind::Outcome: return {};
    }
    return {};
}

QString gateReasons(const response::StepGate& gate) {
    QStringList reasons;
    for (const std::string& reason : gate.reasons) {
        reasons << toQt(reason);
    }
    return reasons.join(QLatin1Char(' '));
}

}  // namespace leedswatch::ui

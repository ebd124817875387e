#include "ui/figures/shifts_dialog.h"

#include "base/local_time.h"
#include "ui/common/text.h"

#include <QLabel>
#include <QLineEdit>
#include <QTimeEdit>

namespace leedswatch::ui {

namespace {

constexpr int longestName = 40;
constexpr qsizetype patternsShown = 4;

}  // namespace

ShiftsDialog::ShiftsDialog(ConsoleContext& context, QWidget* parent)
    : EditDialog{
          context,
          {QStringLiteral("Shifts"),
           QStringLiteral("When each begins, by the clock on the wall in full ten minutes; it ends where the next "
                          "one begins. Shifts that have passed stay as they were."),
           QStringLiteral("&Add shift")},
          response::ShiftPatterns::mostOfDay,
          parent} {
    setObjectName(QStringLiteral("shiftsDialog"));
    connect(this, &EditDialog::answered, this, [this](bool saved) {
        if (saved) {
            read();
        }
    });
    read();
}

void ShiftsDialog::read() {
    load([&database = context().database,
          acting = context().acting] { return response::ShiftPatterns{database}.history(acting); },
         [this](const std::vector<response::ShiftPattern>& history) { showPatterns(history); });
}

void ShiftsDialog::showPatterns(const std::vector<response::ShiftPattern>& history) {
    clearRows();
    QStringList lines;
    for (const response::ShiftPattern& pattern : history) {
        QStringList shifts;
        for (const response::Shift& shift : pattern.shifts) {
            shifts.append(toQt(beginText(shift) + " " + shift.name));
        }
        const QString from = pattern.madeBy == "standard"
                                 ? QStringLiteral("From the beginning")
                                 : QStringLiteral("From %1, set by %2")
                                       .arg(toQt(base::formatLocal(pattern.holdsFrom)), toQt(pattern.madeBy));
        lines.prepend(QStringLiteral("%1: %2.").arg(from, shifts.join(QStringLiteral(", "))));
    }
    setHistory(lines.mid(0, patternsShown).join(QLatin1Char{'\n'}));
    for (const auto& shift : history.empty() ? std::vector<response::Shift>{} : history.back().shifts) {
        const auto fields = addRow();
        qobject_cast<QLineEdit*>(fields[0])->setText(toQt(shift.name));
        qobject_cast<QTimeEdit*>(fields[2])->setTime(
            QTime::fromMSecsSinceStartOfDay(static_cast<int>(shift.begins.count()) * 60'000));
    }
    if (rowCount() > 0 && !isAncestorOf(focusWidget())) {
        field(0, 0)->setFocus();
    }
}

std::vector<QWidget*> ShiftsDialog::makeRow(int number) {
    auto* name = new QLineEdit{this};
    name->setObjectName(QStringLiteral("nameLineEdit%1").arg(number));
    name->setAccessibleName(QStringLiteral("Name"));
    name->setPlaceholderText(QStringLiteral("Name"));
    name->setMaxLength(longestName);
    auto* begins = new QLabel{QStringLiteral("begins at"), this};
    auto* time = new QTimeEdit{this};
    time->setObjectName(QStringLiteral("beginTimeEdit%1").arg(number));
    time->setAccessibleName(QStringLiteral("Begins at"));
    time->setDisplayFormat(QStringLiteral("HH:mm"));
    return {name, begins, time};
}

base::Result<EditDialog::Save> ShiftsDialog::prepare(base::UtcTime holdsFrom) {
    std::vector<response::Shift> shifts;
    for (int row = 0; row < rowCount(); ++row) {
        const auto* name = qobject_cast<QLineEdit*>(field(row, 0));
        const auto* time = qobject_cast<QTimeEdit*>(field(row, 2));
        shifts.push_back(
            {fromQt(name->text().trimmed()), std::chrono::minutes{time->time().msecsSinceStartOfDay() / 60'000}});
    }
    return Save{[&database = context().database, acting = context().acting, shifts, holdsFrom] {
        return response::ShiftPatterns{database}.set(acting, shifts, holdsFrom);
    }};
}

}  // namespace leedswatch::ui

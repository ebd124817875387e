#include "ui/plans/plan_steps_table.h"

#include "ui/alarms/step_words.h"
#include "ui/common/text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <array>

namespace leedswatch::ui {

namespace {

using response::PlanStep;
using response::StepApplies;
using response::StepKind;

enum Column { KindColumn, TextColumn, WhenColumn, MustColumn, stepColumns };

constexpr std::array stepKinds{StepKind::Call,     StepKind::Password,    StepKind::Camera,    StepKind::Wait,
                               StepKind::Police,   StepKind::FireService, StepKind::Ambulance, StepKind::Keyholders,
                               StepKind::Dispatch, StepKind::Note};
constexpr std::array stepTimes{StepApplies::Always, StepApplies::IfConfirmed, StepApplies::IfNotConfirmed,
                               StepApplies::IfChallenged};

QString timeWords(StepApplies applies) {
    switch (applies) {
        case StepApplies::Always: return QStringLiteral("Always");
        case StepApplies::IfConfirmed: return QStringLiteral("If confirmed");
        case StepApplies::IfNotConfirmed: return QStringLiteral("If unconfirmed");
        case StepApplies::IfChallenged: return QStringLiteral("If challenged");
    }
    return {};
}

QComboBox* makeKinds(StepKind kind, QWidget* parent) {
    auto* box = new QComboBox{parent};
    if (kind == StepKind::Outcome) {
        box->addItem(nameOfStep(kind), static_cast<int>(kind));
        return box;
    }
    for (const StepKind one : stepKinds) {
        box->addItem(nameOfStep(one), static_cast<int>(one));
    }
    box->setCurrentIndex(box->findData(static_cast<int>(kind)));
    return box;
}

QComboBox* makeTimes(StepApplies applies, QWidget* parent) {
    auto* box = new QComboBox{parent};
    for (const StepApplies one : stepTimes) {
        box->addItem(timeWords(one), static_cast<int>(one));
    }
    box->setCurrentIndex(box->findData(static_cast<int>(applies)));
    return box;
}

/// The check box alone in the middle of its cell.
QWidget* makeMust(bool isRequired, QWidget* parent, QCheckBox*& check) {
    auto* cell = new QWidget{parent};
    check = new QCheckBox{cell};
    check->setChecked(isRequired);
    check->setAccessibleName(QStringLiteral("Must be done"));
    auto* layout = new QHBoxLayout{cell};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(check, 0, Qt::AlignCenter);
    cell->setFocusProxy(check);
    return cell;
}

}  // namespace

PlanStepsTable::PlanStepsTable(QWidget* parent) : QTableWidget{0, stepColumns, parent} {
    setObjectName(QStringLiteral("planStepsTableWidget"));
    setAccessibleName(QStringLiteral("Steps"));
    setHorizontalHeaderLabels(
        {QStringLiteral("Step"), QStringLiteral("What to do"), QStringLiteral("When"), QStringLiteral("Must")});
    horizontalHeader()->setSectionResizeMode(TextColumn, QHeaderView::Stretch);
    setColumnWidth(KindColumn, 160);
    setColumnWidth(WhenColumn, 152);
    setColumnWidth(MustColumn, 56);
    verticalHeader()->setDefaultSectionSize(40);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setHighlightSections(true);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setShowGrid(false);
    setTabKeyNavigation(false);
}

void PlanStepsTable::setSteps(const std::vector<PlanStep>& steps) {
    setRowCount(0);
    setRowCount(static_cast<int>(steps.size()));
    for (int row = 0; row < rowCount(); ++row) {
        fillRow(row, steps[static_cast<std::size_t>(row)]);
    }
    if (rowCount() > 0) {
        setCurrentCell(0, KindColumn);
    }
}

void PlanStepsTable::fillRow(int row, const PlanStep& step) {
    auto* kind = makeKinds(step.kind, this);
    kind->setAccessibleName(QStringLiteral("Kind of step %1").arg(row + 1));
    auto* text = new QLineEdit{toQt(step.text), this};
    text->setMaxLength(500);
    text->setFrame(false);
    text->setCursorPosition(0);
    text->setToolTip(text->text());
    text->setAccessibleName(QStringLiteral("What to do in step %1").arg(row + 1));
    auto* time = makeTimes(step.applies, this);
    time->setAccessibleName(QStringLiteral("When step %1 is done").arg(row + 1));
    QCheckBox* must = nullptr;
    QWidget* mustCell = makeMust(step.isRequired, this, must);
    setCellWidget(row, KindColumn, kind);
    setCellWidget(row, TextColumn, text);
    setCellWidget(row, WhenColumn, time);
    setCellWidget(row, MustColumn, mustCell);
    const bool isOutcome = step.kind == StepKind::Outcome;
    kind->setEnabled(!m_isReadOnly && !isOutcome);
    text->setReadOnly(m_isReadOnly);
    time->setEnabled(!m_isReadOnly && !isOutcome);
    must->setEnabled(!m_isReadOnly && !isOutcome);
    connect(kind, &QComboBox::currentIndexChanged, this, &PlanStepsTable::edited);
    connect(text, &QLineEdit::textEdited, this, &PlanStepsTable::edited);
    connect(time, &QComboBox::currentIndexChanged, this, &PlanStepsTable::edited);
    connect(must, &QCheckBox::toggled, this, &PlanStepsTable::edited);
}

PlanStep PlanStepsTable::stepOf(int row) const {
    const auto* kind = qobject_cast<QComboBox*>(cellWidget(row, KindColumn));
    const auto* text = qobject_cast<QLineEdit*>(cellWidget(row, TextColumn));
    const auto* time = qobject_cast<QComboBox*>(cellWidget(row, WhenColumn));
    const auto* must = cellWidget(row, MustColumn)->findChild<QCheckBox*>();
    return {static_cast<StepKind>(kind->currentData().toInt()), fromQt(text->text().trimmed()), must->isChecked(),
            static_cast<StepApplies>(time->currentData().toInt())};
}

std::vector<PlanStep> PlanStepsTable::steps() const {
    std::vector<PlanStep> all;
    for (int row = 0; row < rowCount(); ++row) {
        all.push_back(stepOf(row));
    }
    return all;
}

void PlanStepsTable::setReadOnly(bool isReadOnly) {
    m_isReadOnly = isReadOnly;
}

void PlanStepsTable::addStep() {
    if (m_isReadOnly || rowCount() == 0) {
        return;
    }
    // Below the one that is marked, and above the outcome.
    const int row = std::min(currentRow() + 1, rowCount() - 1);
    insertRow(row);
    fillRow(row, PlanStep{});
    setCurrentCell(row, KindColumn);
    cellWidget(row, KindColumn)->setFocus(Qt::ShortcutFocusReason);
    Q_EMIT edited();
}

void PlanStepsTable::removeStep() {
    const int row = currentRow();
    if (m_isReadOnly || row < 0 || isLast(row)) {
        return;
    }
    removeRow(row);
    setFocus(Qt::ShortcutFocusReason);
    Q_EMIT edited();
}

void PlanStepsTable::moveStep(int by) {
    const int from = currentRow();
    const int to = from + by;
    if (m_isReadOnly || from < 0 || isLast(from) || to < 0 || isLast(to)) {
        return;
    }
    auto all = steps();
    std::swap(all[static_cast<std::size_t>(from)], all[static_cast<std::size_t>(to)]);
    setSteps(all);
    setCurrentCell(to, KindColumn);
    setFocus(Qt::ShortcutFocusReason);
    Q_EMIT edited();
}

bool PlanStepsTable::edit(const QModelIndex& index, EditTrigger trigger, QEvent* event) {
    return trigger != CurrentChanged && QTableWidget::edit(index, trigger, event);
}

void PlanStepsTable::keyPressEvent(QKeyEvent* event) {
    const bool hasAlt = event->modifiers() == Qt::AltModifier;
    if (event->key() == Qt::Key_Delete) {
        removeStep();
    } else if (event->key() == Qt::Key_Insert) {
        addStep();
    } else if (hasAlt && (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)) {
        moveStep(event->key() == Qt::Key_Up ? -1 : 1);
    } else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentRow() >= 0) {
        cellWidget(currentRow(), TextColumn)->setFocus(Qt::ShortcutFocusReason);
    } else {
        QTableWidget::keyPressEvent(event);
    }
}

}  // namespace leedswatch::ui

#include "ui/plans/action_plan_form.h"

#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/plans/plan_steps_table.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace leedswatch::ui {

namespace {

QPushButton* makePlanButton(const char* name, const QString& text, QWidget* parent) {
    auto* button = new QPushButton{text, parent};
    button->setObjectName(QString::fromLatin1(name));
    button->setAutoDefault(false);
    return button;
}

QLineEdit* makePlanField(const char* name, const QString& placeholder, QWidget* parent) {
    auto* field = new QLineEdit{parent};
    field->setObjectName(QString::fromLatin1(name));
    field->setPlaceholderText(placeholder);
    field->setMaxLength(200);
    return field;
}

}  // namespace

ActionPlanForm::ActionPlanForm(QWidget* parent)
    : QWidget{parent},
      m_title{theme::makeText(theme::LabelKind::Title, this)},
      m_name{makePlanField("planNameLineEdit", QStringLiteral("Schools by night"), this)},
      m_class{new QComboBox{this}},
      m_premises{makePlanField("planPremisesLineEdit", QStringLiteral("All, or the reference of some"), this)},
      m_kind{makePlanField("planKindLineEdit", QStringLiteral("All, or \"school\""), this)},
      m_hours{makePlanField("planHoursLineEdit", QStringLiteral("Always, or Mon-Fri 18:00-08:00; Sat,Sun 00:00-24:00"),
                            this)},
      m_steps{new PlanStepsTable{this}},
      m_problem{theme::makeText(theme::LabelKind::Refusal, this)},
      m_own{makePlanButton("planOwnPushButton", QStringLiteral("Make one of our own"), this)},
      m_save{makePlanButton("planSavePushButton", QStringLiteral("Save  (Ctrl+Enter)"), this)},
      m_retire{makePlanButton("planRetirePushButton", QStringLiteral("Take it out of use…"), this)},
      m_add{makePlanButton("planAddPushButton", QStringLiteral("Add a step  (Ins)"), this)},
      m_remove{makePlanButton("planRemovePushButton", QStringLiteral("Remove  (Del)"), this)},
      m_up{makePlanButton("planUpPushButton", QStringLiteral("Up"), this)},
      m_down{makePlanButton("planDownPushButton", QStringLiteral("Down"), this)} {
    setObjectName(QStringLiteral("planForm"));
    m_class->setObjectName(QStringLiteral("planClassComboBox"));
    for (const response::AlarmClassInfo& info : response::alarmClasses()) {
        m_class->addItem(toQt(info.title), static_cast<int>(info.alarmClass));
    }
    m_problem->setObjectName(QStringLiteral("planProblemLabel"));
    m_problem->hide();
    m_up->setToolTip(QStringLiteral("Alt+Up"));
    m_down->setToolTip(QStringLiteral("Alt+Down"));
    theme::setButtonKind(*m_save, theme::ButtonKind::Primary);
    m_save->setShortcut(QKeySequence{QStringLiteral("Ctrl+Return")});
    layOut();
    for (QLineEdit* field : {m_name, m_premises, m_kind, m_hours}) {
        connect(field, &QLineEdit::textEdited, this, &ActionPlanForm::edited);
    }
    connect(m_class, &QComboBox::currentIndexChanged, this, &ActionPlanForm::edited);
    connect(m_steps, &PlanStepsTable::edited, this, &ActionPlanForm::edited);
    connect(m_own, &QPushButton::clicked, this, &ActionPlanForm::makeOwn);
    connect(m_save, &QPushButton::clicked, this, &ActionPlanForm::saveWanted);
    connect(m_retire, &QPushButton::clicked, this, &ActionPlanForm::retireWanted);
    connect(m_add, &QPushButton::clicked, m_steps, &PlanStepsTable::addStep);
    connect(m_remove, &QPushButton::clicked, m_steps, &PlanStepsTable::removeStep);
    connect(m_up, &QPushButton::clicked, this, [this] { m_steps->moveStep(-1); });
    connect(m_down, &QPushButton::clicked, this, [this] { m_steps->moveStep(1); });
}

QWidget* ActionPlanForm::makeFields() {
    auto* fields = new QWidget{this};
    auto* form = new QFormLayout{fields};
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(8);
    form->addRow(QStringLiteral("&Name"), m_name);
    form->addRow(QStringLiteral("For &alarms"), m_class);
    form->addRow(QStringLiteral("&Premises"), m_premises);
    form->addRow(QStringLiteral("&Kind of premises"), m_kind);
    form->addRow(QStringLiteral("&Hours"), m_hours);
    return fields;
}

QWidget* ActionPlanForm::makeFoot() {
    auto* foot = new QWidget{this};
    auto* layout = new QHBoxLayout{foot};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    for (QPushButton* button : {m_own, m_save, m_retire}) {
        layout->addWidget(button);
    }
    layout->addStretch(1);
    for (QPushButton* button : {m_add, m_remove, m_up, m_down}) {
        layout->addWidget(button);
    }
    return foot;
}

void ActionPlanForm::layOut() {
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(12);
    layout->addWidget(m_title);
    layout->addWidget(makeFields());
    layout->addWidget(m_steps, 1);
    layout->addWidget(m_problem);
    layout->addWidget(makeFoot());
}

void ActionPlanForm::setPlan(const response::ActionPlan& plan, const QString& reference, bool isEditable) {
    m_isFilling = true;
    m_id = plan.id;
    m_isEditable = isEditable;
    m_title->setText(plan.id.isValid() ? toQt(plan.name)
                                       : QStringLiteral("%1: the standard plan").arg(toQt(plan.name)));
    m_name->setText(toQt(plan.name));
    m_class->setCurrentIndex(m_class->findData(static_cast<int>(plan.alarmClass)));
    m_premises->setText(reference);
    m_kind->setText(toQt(plan.premisesKind));
    m_hours->setText(toQt(plan.hours.text()));
    m_steps->setReadOnly(!isEditable);
    m_steps->setSteps(plan.steps);
    m_isFilling = false;
    showProblem({});
    setChanged(false);
}

void ActionPlanForm::makeOwn() {
    response::ActionPlan plan;
    plan.name = fromQt(m_name->text());
    plan.alarmClass = static_cast<response::AlarmClass>(m_class->currentData().toInt());
    plan.steps = m_steps->steps();
    setPlan(plan, m_premises->text(), true);
    m_title->setText(QStringLiteral("A new plan"));
    setChanged(true);
    m_name->selectAll();
    m_name->setFocus(Qt::ShortcutFocusReason);
}

void ActionPlanForm::edited() {
    if (!m_isFilling) {
        setChanged(true);
    }
}

void ActionPlanForm::setChanged(bool isChanged) {
    const bool isNew = m_isChanged != isChanged;
    m_isChanged = isChanged;
    showState();
    if (isNew) {
        Q_EMIT changedStateChanged();
    }
}

void ActionPlanForm::showState() {
    for (QLineEdit* field : {m_name, m_premises, m_kind, m_hours}) {
        field->setReadOnly(!m_isEditable);
    }
    m_class->setEnabled(m_isEditable);
    m_own->setVisible(!m_isEditable);
    m_save->setVisible(m_isEditable);
    m_save->setEnabled(m_isChanged);
    m_retire->setVisible(m_isEditable && m_id.isValid());
    for (QPushButton* button : {m_add, m_remove, m_up, m_down}) {
        button->setVisible(m_isEditable);
    }
}

std::optional<ActionPlanForm::Written> ActionPlanForm::written() {
    auto hours = base::WeeklySchedule::parse(fromQt(m_hours->text().trimmed()));
    if (!hours) {
        showProblem(sentenceOf(hours.error()));
        m_hours->setFocus(Qt::OtherFocusReason);
        return std::nullopt;
    }
    Written result;
    result.plan.id = m_id;
    result.plan.name = fromQt(m_name->text().trimmed());
    result.plan.alarmClass = static_cast<response::AlarmClass>(m_class->currentData().toInt());
    result.plan.premisesKind = fromQt(m_kind->text().trimmed());
    result.plan.hours = *std::move(hours);
    result.plan.steps = m_steps->steps();
    result.reference = m_premises->text().trimmed();
    return result;
}

void ActionPlanForm::showProblem(const QString& sentence) {
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

}  // namespace leedswatch::ui

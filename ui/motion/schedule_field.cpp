#include "ui/motion/schedule_field.h"

#include "ui/common/text.h"
#include "ui/common/theme.h"

#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace leedswatch::ui {

ScheduleField::ScheduleField(const QString& name, const QString& empty, QWidget* parent)
    : QWidget{parent}, m_edit{new QLineEdit{this}}, m_problem{theme::makeText(theme::LabelKind::Refusal, this)} {
    m_edit->setObjectName(name + QStringLiteral("LineEdit"));
    m_edit->setPlaceholderText(empty);
    m_edit->setToolTip(QStringLiteral("As in Mon-Fri 07:00-19:00; Sat,Sun 22:00-04:00"));
    m_problem->setObjectName(name + QStringLiteral("ProblemLabel"));
    m_problem->hide();
    setFocusProxy(m_edit);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_edit);
    layout->addWidget(m_problem);
    connect(m_edit, &QLineEdit::textChanged, m_problem, &QLabel::hide);
    connect(m_edit, &QLineEdit::editingFinished, this, [this] { static_cast<void>(schedule()); });
}

void ScheduleField::setSchedule(const base::WeeklySchedule& schedule) {
    m_edit->setText(toQt(schedule.text()));
}

std::optional<base::WeeklySchedule> ScheduleField::schedule() {
    const std::string text = fromQt(m_edit->text().trimmed());
    if (text.empty()) {
        return base::WeeklySchedule{};
    }
    auto parsed = base::WeeklySchedule::parse(text);
    if (!parsed) {
        showProblem(sentenceOf(parsed.error()));
        return std::nullopt;
    }
    return std::move(*parsed);
}

void ScheduleField::showProblem(const QString& sentence) {
    m_problem->setText(sentence);
    m_problem->show();
}

}  // namespace leedswatch::ui

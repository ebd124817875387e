#include "ui/review/marks_bar.h"

#include "ui/common/icons.h"
#include "ui/common/theme.h"
#include "ui/common/time_text.h"
#include "ui/review/review_commands.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace leedswatch::ui {
namespace {

/// What is marked, or the key that is to be pressed next.
QString sentenceOn(const Marks& marks) {
    if (const auto range = marks.range()) {
        return QStringLiteral("%1 to %2   %3")
            .arg(instantText(range->begin), instantText(range->end), durationText(range->end - range->begin));
    }
    if (marks.in) {
        return QStringLiteral("From %1. Press O at its end").arg(instantText(*marks.in));
    }
    if (marks.out) {
        return QStringLiteral("Until %1. Press I at its beginning").arg(instantText(*marks.out));
    }
    return QStringLiteral("Press I and O to mark a clip");
}

QPushButton* makeExportButton(QAction& action, QWidget* parent) {
    auto* button = new QPushButton{icons::line(QStringLiteral("export")), QStringLiteral("Export"), parent};
    button->setObjectName(QStringLiteral("exportButton"));
    button->setFocusPolicy(Qt::TabFocus);
    button->setToolTip(action.toolTip());
    QObject::connect(button, &QPushButton::clicked, &action, &QAction::trigger);
    return button;
}

QPushButton* makeHoldButton(QAction& action, QWidget* parent) {
    auto* button = new QPushButton{QStringLiteral("Hold"), parent};
    button->setObjectName(QStringLiteral("holdPushButton"));
    button->setFocusPolicy(Qt::TabFocus);
    button->setToolTip(action.toolTip());
    QObject::connect(button, &QPushButton::clicked, &action, &QAction::trigger);
    QObject::connect(&action, &QAction::enabledChanged, button, &QPushButton::setEnabled);
    button->setEnabled(action.isEnabled());
    return button;
}

}  // namespace

MarksBar::MarksBar(const ReviewCommands& commands, QWidget* parent)
    : QWidget{parent}, m_commands{commands}, m_marks{new QLabel{this}} {
    auto* layout = new QHBoxLayout{this};
    layout->setContentsMargins(12, 4, 12, 10);
    layout->setSpacing(4);
    for (const auto command : {ReviewCommand::MarkIn, ReviewCommand::MarkOut, ReviewCommand::ClearMarks}) {
        auto* button = new QToolButton{this};
        button->setDefaultAction(&commands.action(command));
        button->setFocusPolicy(Qt::TabFocus);
        layout->addWidget(button);
    }
    m_marks->setObjectName(QStringLiteral("marksLabel"));
    m_marks->setFont(theme::numbers(12));
    m_marks->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_marks->setContentsMargins(12, 0, 0, 0);
    layout->addWidget(m_marks, 1);
    layout->addWidget(makeHoldButton(commands.action(ReviewCommand::Hold), this));
    layout->addSpacing(6);
    layout->addWidget(makeExportButton(commands.action(ReviewCommand::Export), this));
    showMarks({});
}

void MarksBar::showMarks(const Marks& marks) {
    m_marks->setText(sentenceOn(marks));
    m_marks->setToolTip(m_marks->text());
    m_commands.action(ReviewCommand::ClearMarks).setEnabled(marks.in || marks.out);
    m_commands.action(ReviewCommand::Hold).setEnabled(marks.range().has_value());
}

}  // namespace leedswatch::ui

#include "ui/common/ask_dialog.h"

#include "ui/common/text.h"
#include "ui/common/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace leedswatch::ui {

namespace {

constexpr int usualWidth = 460;

}  // namespace

AskDialog::AskDialog(const Words& words, QWidget* field, Prepare prepare, QWidget* parent)
    : QDialog{parent},
      m_prepare{std::move(prepare)},
      m_field{field},
      m_answer{new QLabel{this}},
      m_action{new QPushButton{words.action, this}},
      m_other{new QPushButton{words.other, this}},
      m_close{new QPushButton{QStringLiteral("Cancel"), this}},
      m_worker{*this} {
    setObjectName(QStringLiteral("askDialog"));
    setWindowTitle(words.title);
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(usualWidth);
    resize(usualWidth, 0);
    auto* heading = new QLabel{words.title, this};
    theme::setLabelKind(*heading, theme::LabelKind::Heading);
    auto* explanation = new QLabel{words.explanation, this};
    explanation->setWordWrap(true);
    explanation->setTextFormat(Qt::PlainText);
    auto* label = new QLabel{words.field, this};
    label->setBuddy(field);
    theme::setLabelKind(*label, theme::LabelKind::Caption);
    label->setVisible(!words.field.isEmpty());
    m_answer->setObjectName(QStringLiteral("answerLabel"));
    m_answer->setWordWrap(true);
    m_answer->setTextFormat(Qt::PlainText);
    m_answer->hide();
    m_action->setObjectName(QStringLiteral("actionPushButton"));
    m_action->setDefault(true);
    m_other->setObjectName(QStringLiteral("otherPushButton"));
    m_other->setVisible(!words.other.isEmpty());
    m_close->setObjectName(QStringLiteral("closePushButton"));
    // Enter presses the button that has the keyboard, and the action from the field.
    m_other->setAutoDefault(true);
    m_close->setAutoDefault(true);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_other);
    buttons->addStretch(1);
    buttons->addWidget(m_close);
    buttons->addWidget(m_action);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(10);
    layout->addWidget(heading);
    layout->addWidget(explanation);
    layout->addSpacing(6);
    layout->addWidget(label);
    layout->addWidget(field);
    layout->addWidget(m_answer);
    layout->addSpacing(10);
    layout->addLayout(buttons);
    fitText();
    field->setFocus();
    connect(m_action, &QPushButton::clicked, this, [this] { m_done ? static_cast<void>(close()) : act(m_prepare); });
    connect(m_close, &QPushButton::clicked, this, &QDialog::close);
}

/// Qt gives wrapped lines no room of their own when a text comes later.
void AskDialog::fitText() {
    setMinimumHeight(layout()->totalHeightForWidth(width()));
}

void AskDialog::onOther(Prepare prepare) {
    connect(m_other, &QPushButton::clicked, this, [this, prepare = std::move(prepare)] { act(prepare); });
}

void AskDialog::act(const Prepare& prepare) {
    m_action->setEnabled(false);
    m_other->setEnabled(false);
    m_worker.run(prepare(), [this](const base::Result<QString>& answer) { show(answer); });
}

void AskDialog::show(const base::Result<QString>& answer) {
    m_done = answer.has_value();
    theme::setLabelKind(*m_answer, m_done ? theme::LabelKind::Body : theme::LabelKind::Refusal);
    m_answer->setText(m_done ? *answer : sentenceOf(answer.error()));
    m_answer->show();
    m_action->setEnabled(true);
    m_other->setEnabled(true);
    if (m_done) {
        m_other->hide();
        m_field->setEnabled(false);
        m_close->hide();
        m_action->setText(QStringLiteral("Close"));
        m_action->setFocus();
    }
    fitText();
    Q_EMIT answered(m_done);
}

}  // namespace leedswatch::ui

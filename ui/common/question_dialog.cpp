#include "ui/common/question_dialog.h"

#include "ui/common/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <utility>

namespace leedswatch::ui {

QuestionDialog::QuestionDialog(const QString& question, const QString& explanation, const QString& verb,
                               QWidget* parent)
    : QDialog{parent} {
    setObjectName(QStringLiteral("questionDialog"));
    setWindowTitle(question);
    auto* title = new QLabel{question, this};
    title->setWordWrap(true);
    title->setTextFormat(Qt::PlainText);
    theme::setLabelKind(*title, theme::LabelKind::Title);
    auto* text = new QLabel{explanation, this};
    text->setWordWrap(true);
    text->setTextFormat(Qt::PlainText);
    theme::setLabelKind(*text, theme::LabelKind::Dim);
    auto* yes = new QPushButton{verb, this};
    yes->setObjectName(QStringLiteral("yesPushButton"));
    yes->setAutoDefault(true);  // Enter presses the button on which the keyboard is, and no other
    auto* no = new QPushButton{QStringLiteral("Cancel"), this};
    no->setObjectName(QStringLiteral("noPushButton"));
    no->setDefault(true);
    connect(yes, &QPushButton::clicked, this, &QDialog::accept);
    connect(no, &QPushButton::clicked, this, &QDialog::reject);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(no);
    buttons->addWidget(yes);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(24, 24, 24, 20);
    layout->setSpacing(16);
    layout->addWidget(title);
    layout->addWidget(text);
    layout->addLayout(buttons);
    setMinimumWidth(420);
    no->setFocus();
}

void ask(QWidget* parent, const QString& question, const QString& explanation, const QString& verb,
         std::function<void()> yes) {
    auto* dialog = new QuestionDialog{question, explanation, verb, parent};
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QDialog::accepted, parent, std::move(yes));
    dialog->open();
}

}  // namespace leedswatch::ui

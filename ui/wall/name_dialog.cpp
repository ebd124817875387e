#include "ui/wall/name_dialog.h"

#include "ui/common/theme.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <utility>

namespace leedswatch::ui {

namespace {

constexpr int longestName = 60;

}  // namespace

NameDialog::NameDialog(const QString& title, const QString& verb, const QString& name, Sharing sharing, QWidget* parent)
    : QDialog{parent},
      m_verb{verb},
      m_name{new QLineEdit{name, this}},
      m_isShared{new QCheckBox{QStringLiteral("Shared with the whole room"), this}},
      m_hint{new QLabel{this}},
      m_confirm{new QPushButton{verb, this}} {
    setObjectName(QStringLiteral("nameDialog"));
    setWindowTitle(title);
    auto* heading = new QLabel{title, this};
    theme::setLabelKind(*heading, theme::LabelKind::Title);
    m_name->setObjectName(QStringLiteral("nameLineEdit"));
    m_name->setPlaceholderText(QStringLiteral("Name"));
    m_name->setMaxLength(longestName);
    m_name->selectAll();
    m_isShared->setObjectName(QStringLiteral("sharedCheckBox"));
    m_isShared->setVisible(sharing != Sharing::NotAsked);
    m_isShared->setEnabled(sharing == Sharing::Allowed);
    m_isShared->setToolTip(sharing == Sharing::Allowed ? QString{}
                                                       : QStringLiteral("Only supervisors share with the room"));
    m_hint->setObjectName(QStringLiteral("hintLabel"));
    m_hint->setWordWrap(true);
    m_confirm->setObjectName(QStringLiteral("confirmPushButton"));
    m_confirm->setDefault(true);
    theme::setButtonKind(*m_confirm, theme::ButtonKind::Primary);
    auto* cancel = new QPushButton{QStringLiteral("Cancel"), this};
    cancel->setAutoDefault(false);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_confirm);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(24, 24, 24, 20);
    layout->setSpacing(12);
    layout->addWidget(heading);
    layout->addWidget(m_name);
    layout->addWidget(m_isShared);
    layout->addWidget(m_hint);
    layout->addLayout(buttons);
    setMinimumWidth(420);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_confirm, &QPushButton::clicked, this, [this] {
        m_confirm->setEnabled(false);
        Q_EMIT confirmed(m_name->text(), m_isShared->isChecked());
    });
    connect(m_name, &QLineEdit::textChanged, this, &NameDialog::look);
    connect(m_isShared, &QCheckBox::toggled, this, &NameDialog::look);
    look();
    m_name->setFocus();
}

void NameDialog::setReplaced(std::function<QString(const QString&, bool)> replaced) {
    m_replaced = std::move(replaced);
    look();
}

void NameDialog::showProblem(const QString& sentence) {
    look();
    theme::setLabelKind(*m_hint, theme::LabelKind::Refusal);
    m_hint->setText(sentence);
}

void NameDialog::look() {
    const QString name = m_name->text().trimmed();
    const QString replaced = m_replaced ? m_replaced(name, m_isShared->isChecked()) : QString{};
    theme::setLabelKind(*m_hint, theme::LabelKind::Hint);
    m_hint->setText(replaced);
    m_confirm->setText(replaced.isEmpty() ? m_verb : QStringLiteral("Replace"));
    m_confirm->setEnabled(!name.isEmpty());
}

}  // namespace leedswatch::ui

#include "ui/signin/new_password_fields.h"

#include "access/people.h"
#include "ui/common/icons.h"
#include "ui/common/password_field.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"

#include <QLabel>
#include <QVBoxLayout>

namespace leedswatch::ui {

namespace {

void addField(QVBoxLayout& layout, const QString& label, PasswordField& field, QWidget* parent) {
    auto* caption = new QLabel{label, parent};
    caption->setBuddy(&field);
    QString plain = label;
    field.setAccessibleName(plain.remove(QLatin1Char('&')));
    theme::setStyleProperty(field, "large", true);
    layout.addSpacing(8);
    layout.addWidget(caption);
    layout.addWidget(&field);
}

/// A tick and the words in the quiet colour when fulfilled; a dot before that.
void showRule(QLabel& label, bool fulfilled, const QString& words) {
    const QString mark = fulfilled ? QStringLiteral("✓") : QStringLiteral("•");
    const QColor colour = fulfilled ? palette::text : palette::textDim;
    label.setText(
        QStringLiteral("<span style='color:%1'>%2&nbsp; %3</span>").arg(colour.name(), mark, words.toHtmlEscaped()));
}

}  // namespace

NewPasswordFields::NewPasswordFields(QWidget* parent)
    : QWidget{parent},
      m_first{new PasswordField{this}},
      m_second{new PasswordField{this}},
      m_capsLock{new QLabel{QStringLiteral("Caps Lock is on."), this}},
      m_rule{new QLabel{this}},
      m_same{new QLabel{this}} {
    m_first->setObjectName(QStringLiteral("newPasswordLineEdit"));
    m_second->setObjectName(QStringLiteral("repeatPasswordLineEdit"));
    m_rule->setObjectName(QStringLiteral("passwordRuleLabel"));
    m_rule->setWordWrap(true);
    theme::setLabelKind(*m_capsLock, theme::LabelKind::Hint);
    m_capsLock->hide();
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    addField(*layout, QStringLiteral("New &password"), *m_first, this);
    addField(*layout, QStringLiteral("The same &again"), *m_second, this);
    layout->addWidget(m_capsLock);
    layout->addSpacing(8);
    layout->addWidget(m_rule);
    layout->addWidget(m_same);

    for (PasswordField* field : {m_first, m_second}) {
        connect(field, &QLineEdit::textChanged, this, &NewPasswordFields::check);
        connect(field, &PasswordField::capsLockChanged, m_capsLock, &QLabel::setVisible);
    }
    connect(m_first, &QLineEdit::returnPressed, m_second, [this] { m_second->setFocus(); });
    connect(m_second, &QLineEdit::returnPressed, this, &NewPasswordFields::confirmed);
    check();
}

void NewPasswordFields::setUserName(const QString& userName) {
    m_userName = userName;
    check();
}

bool NewPasswordFields::areGood() const {
    return m_first->text() == m_second->text() &&
           access::People::checkPassword(fromQt(m_first->text()), fromQt(m_userName)).has_value();
}

QString NewPasswordFields::password() const {
    return m_first->text();
}

void NewPasswordFields::reset() {
    m_first->reset();
    m_second->reset();
}

void NewPasswordFields::focusFirst() {
    m_first->setFocus();
}

void NewPasswordFields::check() {
    const auto rule = access::People::checkPassword(fromQt(m_first->text()), fromQt(m_userName));
    showRule(*m_rule, rule.has_value(),
             rule ? QStringLiteral("The password fits the rule.") : sentenceOf(rule.error()));
    const bool same = !m_first->text().isEmpty() && m_first->text() == m_second->text();
    showRule(*m_same, same, same ? QStringLiteral("Both are the same.") : QStringLiteral("Both must be the same."));
    Q_EMIT changed();
}

}  // namespace leedswatch::ui

#include "ui/signin/change_password_page.h"

#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/signin/new_password_fields.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace leedswatch::ui {

ChangePasswordPage::ChangePasswordPage(access::People& people, QWidget* parent)
    : CardPage{parent}, m_people{people}, m_password{new NewPasswordFields{this}}, m_worker{*this} {
    body().addWidget(m_password);
    m_message = addMessage();
    m_message->setObjectName(QStringLiteral("changePasswordMessageLabel"));
    m_button = addPrimaryButton(QStringLiteral("Set password and go on"));
    m_button->setObjectName(QStringLiteral("changePasswordPushButton"));
    auto* back = new QPushButton{QStringLiteral("Back to sign-in"), this};
    theme::setButtonKind(*back, theme::ButtonKind::Quiet);
    back->setAutoDefault(false);
    body().addSpacing(4);
    body().addWidget(back);

    connect(m_password, &NewPasswordFields::changed, this, &ChangePasswordPage::showReadiness);
    connect(m_password, &NewPasswordFields::confirmed, this, &ChangePasswordPage::submit);
    connect(m_button, &QPushButton::clicked, this, &ChangePasswordPage::submit);
    connect(back, &QPushButton::clicked, this, &ChangePasswordPage::cancelled);
    showReadiness();
}

void ChangePasswordPage::prepare(const access::Acting& acting) {
    m_acting = acting;
    setHeading(QStringLiteral("Set your own password"),
               QStringLiteral("%1, somebody else set your present password. Choose one that only you know.")
                   .arg(toQt(acting.fullName)));
    m_password->reset();
    m_password->setUserName(toQt(acting.username));
    m_message->hide();
    m_password->focusFirst();
}

void ChangePasswordPage::showReadiness() {
    m_button->setEnabled(m_password->areGood() && !m_busy);
}

void ChangePasswordPage::submit() {
    if (!m_button->isEnabled()) {
        return;
    }
    m_busy = m_worker.run(
        [people = &m_people, acting = m_acting, password = fromQt(m_password->password())] {
            return people->changePassword(acting, acting.username, password);
        },
        [this](const base::Result<void>& result) {
            m_busy = false;
            showReadiness();
            m_message->setVisible(!result.has_value());
            if (!result) {
                m_message->setText(sentenceOf(result.error()));
                return;
            }
            m_password->reset();
            Q_EMIT changed(m_acting);
        });
    showReadiness();
}

}  // namespace leedswatch::ui

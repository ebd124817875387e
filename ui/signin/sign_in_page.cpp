#include "ui/signin/sign_in_page.h"

#include "ui/common/password_field.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"

#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSysInfo>
#include <QVBoxLayout>

namespace leedswatch::ui {

SignInPage::SignInPage(access::People& people, QWidget* parent)
    : CardPage{parent},
      m_people{people},
      m_name{new QLineEdit{this}},
      m_password{new PasswordField{this}},
      m_capsLock{new QLabel{QStringLiteral("Caps Lock is on."), this}},
      m_worker{*this} {
    m_name->setObjectName(QStringLiteral("userNameLineEdit"));
    m_password->setObjectName(QStringLiteral("passwordLineEdit"));
    addField(QStringLiteral("&User name"), *m_name);
    addField(QStringLiteral("&Password"), *m_password);
    theme::setLabelKind(*m_capsLock, theme::LabelKind::Hint);
    m_capsLock->setObjectName(QStringLiteral("capsLockLabel"));
    m_capsLock->hide();
    body().addWidget(m_capsLock);
    m_message = addMessage();
    m_message->setObjectName(QStringLiteral("signInMessageLabel"));
    m_button = addPrimaryButton(QStringLiteral("Sign in"));
    m_button->setObjectName(QStringLiteral("signInPushButton"));

    connect(m_password, &PasswordField::capsLockChanged, m_capsLock, &QLabel::setVisible);
    connect(m_name, &QLineEdit::returnPressed, this, [this] {
        if (m_password->text().isEmpty()) {
            m_password->setFocus();
        } else {
            submit();
        }
    });
    connect(m_password, &QLineEdit::returnPressed, this, &SignInPage::submit);
    connect(m_button, &QPushButton::clicked, this, &SignInPage::submit);
    prepare();
}

void SignInPage::prepare() {
    setHeading(QStringLiteral("Sign in"), QStringLiteral("Everything done at this desk is recorded under your name."));
    m_buttonText = QStringLiteral("Sign in");
    m_name->clear();
    m_password->reset();
    m_message->hide();
    setBusy(false);
    m_name->setFocus();
}

void SignInPage::prepareLocked(const access::Acting& acting) {
    prepare();
    setHeading(
        QStringLiteral("Desk locked"),
        QStringLiteral("%1 is signed in. The pictures are hidden; recording goes on.").arg(toQt(acting.fullName)));
    m_buttonText = QStringLiteral("Unlock");
    m_button->setText(m_buttonText);
    m_name->setText(toQt(acting.username));
    m_password->setFocus();
}

void SignInPage::setDemoPeople(const std::vector<DemoPerson>& people) {
    delete m_demo;
    m_demo = new QWidget{this};
    auto* layout = new QGridLayout{m_demo};
    layout->setContentsMargins(0, 24, 0, 0);
    layout->setSpacing(8);
    auto* caption = new QLabel{m_demo};
    caption->setText(
        people.empty()
            ? QString{}
            : QStringLiteral("Demo: choose who you are. The password of all is “%1”.").arg(people.front().password));
    caption->setWordWrap(true);
    theme::setLabelKind(*caption, theme::LabelKind::Hint);
    layout->addWidget(caption, 0, 0, 1, 2);
    int place = 0;
    for (const DemoPerson& person : people) {
        auto* button = new QPushButton{person.role, m_demo};
        button->setToolTip(QStringLiteral("%1 (%2)").arg(person.fullName, person.username));
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, [this, person] {
            m_name->setText(person.username);
            m_password->setText(person.password);
            submit();
        });
        layout->addWidget(button, 1 + place / 2, place % 2);
        ++place;
    }
    body().addWidget(m_demo);
}

void SignInPage::submit() {
    if (!m_button->isEnabled()) {
        return;
    }
    const QString name = m_name->text().trimmed().toLower();
    if (name.isEmpty() || m_password->text().isEmpty()) {
        m_message->setText(QStringLiteral("Enter your user name and your password."));
        m_message->show();
        (name.isEmpty() ? static_cast<QLineEdit*>(m_name) : m_password)->setFocus();
        return;
    }
    setBusy(true);
    const bool taken =
        m_worker.run([people = &m_people, name = fromQt(name), password = fromQt(m_password->text()),
                      desk = fromQt(QSysInfo::machineHostName())] { return people->signIn(name, password, desk); },
                     [this](base::Result<access::Acting> acting) {
                         setBusy(false);
                         if (!acting) {
                             showRefusal(acting.error());
                             return;
                         }
                         m_password->reset();
                         m_message->hide();
                         Q_EMIT signedIn(*acting);
                     });
    if (!taken) {
        setBusy(false);
    }
}

void SignInPage::showRefusal(const base::Error& error) {
    QString text = sentenceOf(error);
    if (const QString advice = whatToDo(error.code); !advice.isEmpty()) {
        text += QLatin1Char(' ') + advice;
    }
    m_message->setText(text);
    m_message->show();
    m_password->reset();
    m_password->setFocus();
}

void SignInPage::setBusy(bool busy) {
    m_name->setEnabled(!busy);
    m_password->setEnabled(!busy);
    m_button->setEnabled(!busy);
    m_button->setText(busy ? QStringLiteral("Checking…") : m_buttonText);
}

}  // namespace leedswatch::ui

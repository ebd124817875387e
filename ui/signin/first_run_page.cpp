#include "ui/signin/first_run_page.h"

#include "ui/common/text.h"
#include "ui/signin/new_password_fields.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSysInfo>
#include <QVBoxLayout>

namespace leedswatch::ui {

namespace {

base::Result<access::Acting> makeAdministrator(access::People& people, const std::string& name,
                                               const std::string& fullName, const std::string& password,
                                               const std::string& desk) {
    TRY(people.add(access::Acting::commandLine(), name, fullName, access::Role::Administrator, password, false));
    return people.signIn(name, password, desk);
}

}  // namespace

FirstRunPage::FirstRunPage(access::People& people, QWidget* parent)
    : CardPage{parent},
      m_people{people},
      m_name{new QLineEdit{this}},
      m_fullName{new QLineEdit{this}},
      m_password{new NewPasswordFields{this}},
      m_worker{*this} {
    setHeading(QStringLiteral("Set up this control room"),
               QStringLiteral("Nobody can sign in yet. Make the first administrator, who adds everybody else."));
    m_name->setObjectName(QStringLiteral("firstUserNameLineEdit"));
    m_fullName->setObjectName(QStringLiteral("firstFullNameLineEdit"));
    m_name->setPlaceholderText(QStringLiteral("for signing in, such as jsmith"));
    m_fullName->setPlaceholderText(QStringLiteral("as it stands in the records"));
    addField(QStringLiteral("&User name"), *m_name);
    addField(QStringLiteral("&Full name"), *m_fullName);
    body().addWidget(m_password);
    m_message = addMessage();
    m_message->setObjectName(QStringLiteral("firstRunMessageLabel"));
    m_button = addPrimaryButton(QStringLiteral("Create administrator and sign in"));
    m_button->setObjectName(QStringLiteral("createAdministratorPushButton"));

    connect(m_name, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_password->setUserName(text.trimmed().toLower());
        showReadiness();
    });
    connect(m_name, &QLineEdit::returnPressed, m_fullName, [this] { m_fullName->setFocus(); });
    connect(m_fullName, &QLineEdit::returnPressed, m_password, [this] { m_password->focusFirst(); });
    connect(m_fullName, &QLineEdit::textChanged, this, &FirstRunPage::showReadiness);
    connect(m_password, &NewPasswordFields::changed, this, &FirstRunPage::showReadiness);
    connect(m_password, &NewPasswordFields::confirmed, this, &FirstRunPage::submit);
    connect(m_button, &QPushButton::clicked, this, &FirstRunPage::submit);
    showReadiness();
}

void FirstRunPage::prepare() {
    m_name->setFocus();
}

void FirstRunPage::showReadiness() {
    const bool filled = !m_name->text().trimmed().isEmpty() && !m_fullName->text().trimmed().isEmpty();
    m_button->setEnabled(filled && m_password->areGood() && !m_busy);
}

void FirstRunPage::submit() {
    if (!m_button->isEnabled()) {
        return;
    }
    m_busy = m_worker.run(
        [people = &m_people, name = fromQt(m_name->text().trimmed().toLower()),
         fullName = fromQt(m_fullName->text().simplified()), password = fromQt(m_password->password()),
         desk = fromQt(QSysInfo::machineHostName())] {
            return makeAdministrator(*people, name, fullName, password, desk);
        },
        [this](const base::Result<access::Acting>& acting) { take(acting); });
    showReadiness();
}

void FirstRunPage::take(const base::Result<access::Acting>& acting) {
    m_busy = false;
    showReadiness();
    m_message->setVisible(!acting.has_value());
    if (!acting) {
        m_message->setText(sentenceOf(acting.error()));
        return;
    }
    m_password->reset();
    Q_EMIT signedIn(*acting);
}

}  // namespace leedswatch::ui

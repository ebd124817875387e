#include "ui/signin/access_flow.h"

#include "ui/signin/change_password_page.h"
#include "ui/signin/first_run_page.h"

namespace leedswatch::ui {

AccessFlow::AccessFlow(access::People& people, QWidget* parent)
    : QStackedWidget{parent},
      m_people{people},
      m_signIn{new SignInPage{people, this}},
      m_firstRun{new FirstRunPage{people, this}},
      m_changePassword{new ChangePasswordPage{people, this}},
      m_worker{*this} {
    setObjectName(QStringLiteral("accessFlow"));
    setAttribute(Qt::WA_StyledBackground);
    addWidget(m_signIn);
    addWidget(m_firstRun);
    addWidget(m_changePassword);
    connect(m_signIn, &SignInPage::signedIn, this, &AccessFlow::admit);
    connect(m_firstRun, &FirstRunPage::signedIn, this, &AccessFlow::signedIn);
    connect(m_changePassword, &ChangePasswordPage::changed, this, &AccessFlow::signedIn);
    connect(m_changePassword, &ChangePasswordPage::cancelled, this, &AccessFlow::showSignIn);
}

base::Result<void> AccessFlow::begin() {
    TRY_ASSIGN(const bool nobody, m_people.isEmpty());
    if (nobody) {
        setCurrentWidget(m_firstRun);
        m_firstRun->prepare();
    } else {
        showSignIn();
    }
    return {};
}

void AccessFlow::showSignIn() {
    setCurrentWidget(m_signIn);
    m_signIn->prepare();
}

void AccessFlow::showLocked(const access::Acting& acting) {
    setCurrentWidget(m_signIn);
    m_signIn->prepareLocked(acting);
}

void AccessFlow::setDemoPeople(const std::vector<DemoPerson>& people) {
    m_signIn->setDemoPeople(people);
}

void AccessFlow::admit(const access::Acting& acting) {
    m_worker.run([people = &m_people, acting] { return people->mustChangePassword(acting); },
                 [this, acting](const base::Result<bool>& must) {
                     // A store that cannot answer must not let anybody past the question.
                     if (must && !*must) {
                         Q_EMIT signedIn(acting);
                         return;
                     }
                     setCurrentWidget(m_changePassword);
                     m_changePassword->prepare(acting);
                 });
}

}  // namespace leedswatch::ui

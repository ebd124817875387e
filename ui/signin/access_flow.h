#pragma once

#include "access/people.h"
#include "ui/common/worker.h"
#include "ui/signin/sign_in_page.h"

#include <QStackedWidget>
#include <optional>
#include <vector>

namespace leedswatch::ui {

class ChangePasswordPage;
class FirstRunPage;

/// The way to the desk: first run, sign-in, and the new password that somebody may owe.
class AccessFlow final : public QStackedWidget {
    Q_OBJECT

public:
    explicit AccessFlow(access::People& people, QWidget* parent = nullptr);

    /// Shows what comes first in this data folder. Error: the store could not be read.
    [[nodiscard]] base::Result<void> begin();
    void showSignIn();
    void showLocked(const access::Acting& acting);
    void setDemoPeople(const std::vector<DemoPerson>& people);

Q_SIGNALS:
    void signedIn(const leedswatch::access::Acting& acting);

private:
    void admit(const access::Acting& acting);

    access::People& m_people;
    SignInPage* m_signIn;
    FirstRunPage* m_firstRun;
    ChangePasswordPage* m_changePassword;
    Worker m_worker;
};

}  // namespace leedswatch::ui

#pragma once

#include "access/people.h"
#include "ui/common/card_page.h"
#include "ui/common/worker.h"

#include <vector>

class QLabel;
class QLineEdit;
class QPushButton;

namespace leedswatch::ui {

class PasswordField;

/// A person of the demo estate, whose password may be shown.
struct DemoPerson {
    QString username;
    QString fullName;
    QString role;
    QString password;
};

/// User name and password. Checking takes a while by design (Argon2id) and is done off the UI thread; until the answer
/// the fields are held.
class SignInPage final : public CardPage {
    Q_OBJECT

public:
    SignInPage(access::People& people, QWidget* parent = nullptr);

    /// Empty, ready for whoever comes next.
    void prepare();
    /// The desk is locked by this person, whose name is filled in; another may still sign in.
    void prepareLocked(const access::Acting& acting);
    void setDemoPeople(const std::vector<DemoPerson>& people);

Q_SIGNALS:
    void signedIn(const leedswatch::access::Acting& acting);

private:
    void submit();
    void showRefusal(const base::Error& error);
    void setBusy(bool busy);

    access::People& m_people;
    QLineEdit* m_name;
    PasswordField* m_password;
    QLabel* m_capsLock;
    QLabel* m_message;
    QPushButton* m_button;
    QWidget* m_demo = nullptr;
    QString m_buttonText;
    Worker m_worker;
};

}  // namespace leedswatch::ui

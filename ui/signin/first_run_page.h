#pragma once

#include "access/people.h"
#include "ui/common/card_page.h"
#include "ui/common/worker.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace leedswatch::ui {

class NewPasswordFields;

/// A data folder without people: whoever sets it up makes the first administrator. There is no default password.
class FirstRunPage final : public CardPage {
    Q_OBJECT

public:
    explicit FirstRunPage(access::People& people, QWidget* parent = nullptr);
    void prepare();

Q_SIGNALS:
    /// The administrator has been made and is signed in.
    void signedIn(const leedswatch::access::Acting& acting);

private:
    void showReadiness();
    void submit();
    void take(const base::Result<access::Acting>& acting);

    access::People& m_people;
    QLineEdit* m_name;
    QLineEdit* m_fullName;
    NewPasswordFields* m_password;
    QLabel* m_message;
    QPushButton* m_button;
    bool m_busy = false;
    Worker m_worker;
};

}  // namespace leedswatch::ui

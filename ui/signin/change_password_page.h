#pragma once

#include "access/people.h"
#include "ui/common/card_page.h"
#include "ui/common/worker.h"

class QLabel;
class QPushButton;

namespace leedswatch::ui {

class NewPasswordFields;

/// For somebody whose password was set by another person: nothing else can be done before a new one is set.
class ChangePasswordPage final : public CardPage {
    Q_OBJECT

public:
    explicit ChangePasswordPage(access::People& people, QWidget* parent = nullptr);
    void prepare(const access::Acting& acting);

Q_SIGNALS:
    void changed(const leedswatch::access::Acting& acting);
    void cancelled();

private:
    void showReadiness();
    void submit();

    access::People& m_people;
    access::Acting m_acting;
    NewPasswordFields* m_password;
    QLabel* m_message;
    QPushButton* m_button;
    bool m_busy = false;
    Worker m_worker;
};

}  // namespace leedswatch::ui

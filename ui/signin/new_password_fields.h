#pragma once

#include <QString>
#include <QWidget>
#include <functional>

class QLabel;

namespace leedswatch::ui {

class PasswordField;

/// Two fields for a new password, and the rule for it, checked while it is typed: what is still missing is said, and
/// what is fulfilled is ticked.
class NewPasswordFields final : public QWidget {
    Q_OBJECT

public:
    explicit NewPasswordFields(QWidget* parent = nullptr);

    /// A password may not hold the user name; the rule is checked against it.
    void setUserName(const QString& userName);
    [[nodiscard]] bool areGood() const;
    [[nodiscard]] QString password() const;
    void reset();
    void focusFirst();

Q_SIGNALS:
    void changed();
    void confirmed();  ///< Enter in the second field

private:
    void check();

    QString m_userName;
    PasswordField* m_first;
    PasswordField* m_second;
    QLabel* m_capsLock;
    QLabel* m_rule;
    QLabel* m_same;
};

}  // namespace leedswatch::ui

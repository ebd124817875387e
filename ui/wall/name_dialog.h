#pragma once

#include <QDialog>
#include <functional>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace leedswatch::ui {

/// Asks for a name, and whether the thing is shared. It stays open until the store has taken it, so that what was typed
/// is not lost over a refusal.
class NameDialog final : public QDialog {
    Q_OBJECT

public:
    enum class Sharing { NotAsked, NotAllowed, Allowed };

    /// `verb` is what the button says.
    NameDialog(const QString& title, const QString& verb, const QString& name, Sharing sharing, QWidget* parent);

    /// Looked at while the name is typed: a sentence on what it would replace, or empty. The button then says
    /// "Replace".
    void setReplaced(std::function<QString(const QString& name, bool isShared)> replaced);
    void showProblem(const QString& sentence);

Q_SIGNALS:
    void confirmed(const QString& name, bool isShared);

private:
    void look();

    const QString m_verb;
    QLineEdit* m_name;
    QCheckBox* m_isShared;
    QLabel* m_hint;
    QPushButton* m_confirm;
    std::function<QString(const QString&, bool)> m_replaced;
};

}  // namespace leedswatch::ui

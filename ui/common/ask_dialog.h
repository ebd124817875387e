#pragma once

#include "base/result.h"
#include "ui/common/worker.h"

#include <QDialog>
#include <functional>

class QLabel;
class QPushButton;

namespace leedswatch::ui {

/// Asks for one thing, does something with it, and says what came of it: a sentence, one field, one button, seldom a
/// second one. What may take long is done on a worker; until it is done the dialog stays. Deletes itself when it is
/// closed.
class AskDialog final : public QDialog {
    Q_OBJECT

public:
    struct Words {
        QString title;
        QString explanation;
        QString field;    ///< the label of the field
        QString action;   ///< on the button
        QString other{};  ///< on a second button; empty: there is none
    };
    /// Makes what is to be done of what is in the field now; called on the UI thread. What it gives runs on the worker;
    /// its text, or its error, is shown.
    using Prepare = std::function<std::function<base::Result<QString>()>()>;

    /// Takes `field` as its child.
    AskDialog(const Words& words, QWidget* field, Prepare prepare, QWidget* parent);
    /// What Words::other does.
    void onOther(Prepare prepare);

Q_SIGNALS:
    /// It was done, or refused; the sentence is shown.
    void answered(bool done);

private:
    void act(const Prepare& prepare);
    void fitText();
    void show(const base::Result<QString>& answer);

    const Prepare m_prepare;
    QWidget* m_field;
    QLabel* m_answer;
    QPushButton* m_action;
    QPushButton* m_other;
    QPushButton* m_close;
    bool m_done = false;
    Worker m_worker;
};

}  // namespace leedswatch::ui

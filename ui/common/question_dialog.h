#pragma once

#include <QDialog>
#include <functional>

namespace leedswatch::ui {

/// Asks before something is done that is not undone by a key. The button says what it does; Esc and Enter do nothing of
/// it: the keyboard stands on "Cancel" at first.
class QuestionDialog final : public QDialog {
    Q_OBJECT

public:
    QuestionDialog(const QString& question, const QString& explanation, const QString& verb, QWidget* parent);
};

/// Opens one and calls `yes` if that is the answer. Returns at once.
void ask(QWidget* parent, const QString& question, const QString& explanation, const QString& verb,
         std::function<void()> yes);

}  // namespace leedswatch::ui

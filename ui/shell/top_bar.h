#pragma once

#include "access/person.h"
#include "base/clock.h"

#include <QWidget>
#include <unordered_map>

class QAction;
class QToolButton;

namespace leedswatch::ui {

class CallUp;
class CallUpDisplay;
class Commands;

/// Over the desk: layouts, call-up, clock, and who is signed in.
class TopBar final : public QWidget {
    Q_OBJECT

public:
    TopBar(const Commands& commands, CallUp& callUp, const base::Clock& clock, const access::Acting& acting,
           QWidget* parent = nullptr);

    /// Marks the layout of the wall that call-ups go to.
    void setLayout(int tiles);
    /// Says which monitor's wall call-ups go to; 1 is this window's.
    void setTarget(int monitor);
    /// Drops the drawings of all layouts down; the choice comes as `layoutChosen`.
    void chooseLayout();
    void focusCallUp();
    [[nodiscard]] bool callUpHasFocus() const;

Q_SIGNALS:
    void layoutChosen(int tiles);

private:
    [[nodiscard]] QWidget* makeLayoutButtons(const Commands& commands);
    [[nodiscard]] QWidget* makePerson(const Commands& commands, const access::Acting& acting);
    [[nodiscard]] QWidget* makeButton(QAction& action);

    CallUpDisplay* m_callUp;
    QToolButton* m_otherLayout;  ///< shows the layout of now if it has no key of its own
    std::unordered_map<int, QAction*> m_layoutActions;
    int m_layout = 0;
};

}  // namespace leedswatch::ui

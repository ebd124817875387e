#pragma once

#include "access/person.h"
#include "base/clock.h"

#include <QWidget>

class QAction;

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

    void focusCallUp();
    [[nodiscard]] bool callUpHasFocus() const;

private:
    [[nodiscard]] QWidget* makeLayoutButtons(const Commands& commands);
    [[nodiscard]] QWidget* makePerson(const Commands& commands, const access::Acting& acting);
    [[nodiscard]] QWidget* makeButton(QAction& action);

    CallUpDisplay* m_callUp;
};

}  // namespace leedswatch::ui

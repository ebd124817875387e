#pragma once

#include "ui/common/console_context.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;

namespace leedswatch::ui {

class AlarmBoard;
class AlarmMark;
class ElidedLabel;

/// The first alarm that waits for this desk, across all of it, until somebody takes it: what, where, since when, how
/// many more. Without one it takes no room. It blinks once a second, in step with the sound, for whoever cannot hear.
class AlarmBand final : public QWidget {
    Q_OBJECT

public:
    AlarmBand(ConsoleContext& context, AlarmBoard& board, QWidget* parent);

Q_SIGNALS:
    void takeRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void showFirst();
    void showAge();
    [[nodiscard]] QString othersText() const;

    ConsoleContext& m_context;
    AlarmBoard& m_board;
    AlarmMark* m_mark;
    QLabel* m_what;
    ElidedLabel* m_where;
    QLabel* m_age;
    QLabel* m_others;
    QPushButton* m_take;
    QTimer m_second;
    QColor m_colour;
    bool m_isBright = false;
};

}  // namespace leedswatch::ui

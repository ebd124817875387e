#pragma once

#include "response/alarm.h"
#include "ui/common/console_context.h"

#include <QTimer>
#include <QWidget>
#include <optional>

class QLabel;
class QListView;
class QSplitter;

namespace leedswatch::ui {

class AlarmBoard;
class AlarmModel;
class AlarmPane;
class AlarmPictures;
class WallHub;

/// Where alarms are answered: the queue at the left, the alarm in hand in the middle, its pictures at the right.
class AlarmPage final : public QWidget {
    Q_OBJECT

public:
    /// `hub`: null, if the person may not watch live pictures.
    AlarmPage(ConsoleContext& context, AlarmBoard& board, WallHub* hub, QWidget* parent);

    /// What comes next: the alarm that this person has; else the first that waits is taken; else the queue is shown.
    void goOn();
    void takeFocus();
    [[nodiscard]] AlarmPane& pane() const { return *m_pane; }
    [[nodiscard]] AlarmModel& model() const { return *m_model; }

Q_SIGNALS:
    void closed();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void makeList();
    [[nodiscard]] QWidget* makeQueue();
    void follow();
    void choose(response::AlarmId alarm);
    void showCounts();

    ConsoleContext& m_context;
    AlarmBoard& m_board;
    AlarmModel* m_model;
    QSplitter* m_splitter;
    QLabel* m_counts;
    QLabel* m_empty;
    QListView* m_list;
    AlarmPane* m_pane;
    AlarmPictures* m_pictures = nullptr;
    QTimer m_second;  ///< for the ages
};

}  // namespace leedswatch::ui

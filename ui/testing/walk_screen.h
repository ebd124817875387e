#pragma once

#include "response/walk_tests.h"
#include "ui/common/console_context.h"
#include "ui/common/feed_listener.h"
#include "ui/common/worker.h"

#include <QTimer>
#include <QWidget>
#include <optional>

class QLabel;
class QListWidget;
class QPushButton;

namespace leedswatch::ui {

class ElidedLabel;
class TestingBoard;
class ZoneGrid;

/// One walk test, to be read from two metres away: how many zones are in, what came last, every zone. What comes is
/// shown within a second; what is shown is read from the store, so that closing the desk loses nothing.
class WalkScreen final : public QWidget {
    Q_OBJECT

public:
    WalkScreen(ConsoleContext& context, TestingBoard& board, QWidget* parent);

    /// Shows it; a test that is over as it was kept.
    void open(response::WalkTestId walk);
    void takeFocus();
    [[nodiscard]] const std::optional<response::WalkProgress>& progress() const { return m_progress; }

Q_SIGNALS:
    void closed();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    [[nodiscard]] QWidget* makeHead();
    [[nodiscard]] QWidget* makeHero();
    [[nodiscard]] QWidget* makeFoot();
    void addKey(const char* keys, void (WalkScreen::*does)());
    void read();
    void take(const base::Result<response::WalkProgress>& progress);
    void show(const response::WalkProgress& progress);
    void showTime();
    void toggleOutstanding();
    void finish();
    void prolong();
    void editZones();
    void learnZones();

    ConsoleContext& m_context;
    TestingBoard& m_board;
    std::optional<response::WalkTestId> m_walk;
    std::optional<response::WalkProgress> m_progress;
    bool m_isReading = false;
    bool m_isStale = false;
    ElidedLabel* m_place;
    QLabel* m_until;
    QLabel* m_warning;
    QLabel* m_count;
    QLabel* m_newest;
    QLabel* m_newestTime;
    QListWidget* m_lines;
    ZoneGrid* m_grid;
    ElidedLabel* m_detail;
    QPushButton* m_outstanding = nullptr;
    QPushButton* m_zones = nullptr;
    QPushButton* m_learn = nullptr;
    QPushButton* m_prolong = nullptr;
    QPushButton* m_finish = nullptr;
    QTimer m_soon;
    QTimer m_second;
    FeedListener m_feed;
    Worker m_worker;
};

}  // namespace leedswatch::ui

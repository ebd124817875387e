#pragma once

#include "ui/common/console_context.h"
#include "ui/common/feed_listener.h"
#include "ui/common/worker.h"
#include "ui/review/timeline_view.h"
#include "video/player.h"

#include <QTimer>
#include <QWidget>
#include <atomic>
#include <memory>
#include <optional>

class QLabel;

namespace leedswatch::ui {

class ExportPanel;
class RecordedView;
class ReviewCommands;
class TransportBar;

/// What is recorded of one camera: a large picture marked as RECORDED, its timeline, marks and the export of what is
/// marked. Playing is checked against the right PlayRecorded and audited: once when footage is opened, and again when
/// the operator settles at a place more than ten minutes from the last one that was audited.
class ReviewPage final : public QWidget {
    Q_OBJECT

public:
    ReviewPage(ConsoleContext& context, QWidget* parent);
    ~ReviewPage() override;

    /// Shows the newest recording of the camera, at a standstill. Returns at once; the archive is read on a worker.
    void open(int cameraNumber);

    /// For whoever watches the page from outside.
    [[nodiscard]] video::PlayerState playerState() const;
    [[nodiscard]] bool isLoaded() const { return m_timeline != nullptr; }
    void seek(base::UtcTime time);

Q_SIGNALS:
    void closed();
    /// A picture or a state was shown.
    void refreshed();

protected:
    void hideEvent(QHideEvent* event) override;

private:
    struct Loaded;

    void layOut();
    QWidget* makeHeader();
    QWidget* makeMarksBar();
    void connectCommands();
    void load(int cameraNumber);
    void showLoaded(Loaded loaded);
    void showFailure(const base::Error& error);
    void reloadSoon();
    void reload();
    void takeTimeline(std::shared_ptr<const video::RecordedTimeline> timeline);
    void startPlayer();
    void wakeFromPlayer();
    void refresh();
    void showTime(std::optional<base::UtcTime> time);
    void showNotice(const video::PlayerState& state);
    void changeSpeed(int by);
    void togglePlaying();
    void goToEnd(bool last);
    void goToGap(bool next);
    void goToTyped(const QString& text);
    void markHere(bool in);
    void setMarks(const Marks& marks);
    void showMarks();
    void showExport(bool shown);
    void closeOrBack();
    void auditSoon();
    void audit();

    ConsoleContext& m_context;
    ReviewCommands* m_commands;
    QLabel* m_cameraLabel;
    QLabel* m_siteLabel;
    QLabel* m_dateLabel;
    QLabel* m_timeLabel;
    QLabel* m_markLabel;
    RecordedView* m_view;
    TimelineView* m_timelineView;
    TransportBar* m_transport;
    ExportPanel* m_export;
    QTimer m_reloadTimer;
    QTimer m_auditTimer;
    QTimer m_noticeTimer;

    int m_generation = 0;  // counts openings: what was asked for an earlier camera is not shown
    std::optional<estate::Camera> m_camera;
    std::shared_ptr<const video::RecordedTimeline> m_timeline;
    std::optional<base::UtcTime> m_audited;
    std::uint64_t m_jumpsTold = 0;
    QString m_jumpNotice;

    FeedListener m_feed;
    std::atomic<bool> m_wakePending = false;
    std::unique_ptr<video::Player> m_player;
    Worker m_worker;
};

}  // namespace leedswatch::ui

#pragma once

#include "ui/common/console_context.h"
#include "ui/review/timeline_view.h"
#include "video/player.h"

#include <QTimer>
#include <QWidget>
#include <optional>

namespace leedswatch::ui {

class ExportPanel;
class HoldAction;
class MotionFinder;
class MarksBar;
class PlaybackAudit;
class PlaybackNotice;
class RecordedView;
class RecordingLoader;
class RecordingNavigator;
class ReviewCommands;
class ReviewHeader;
class ReviewPlayer;
class SnapshotTaker;
class TransportBar;

/// What is recorded of one camera: a large picture marked as RECORDED, its timeline, what moved in it, marks and the
/// export of what is marked. Playing is checked against the right PlayRecorded and audited. The page holds the parts
/// and connects them: the loader reads, the player plays, and what they have is shown.
class ReviewPage final : public QWidget {
    Q_OBJECT

public:
    ReviewPage(ConsoleContext& context, QWidget* parent);

    /// Shows the recording of the camera at that time, or its newest, at a standstill. Returns at once; the archive is
    /// read on a worker.
    void open(int cameraNumber, std::optional<base::UtcTime> at = std::nullopt);

    /// For whoever watches the page from outside.
    [[nodiscard]] video::PlayerState playerState() const;
    [[nodiscard]] bool isLoaded() const;
    void seek(base::UtcTime time);

Q_SIGNALS:
    void closed();
    /// A picture or a state was shown.
    void refreshed();

protected:
    void hideEvent(QHideEvent* event) override;

private:
    enum class MarkEnd { In, Out };

    void layOut();
    void connectParts();
    void connectWidgets();
    void connectPlayingCommands();
    void connectPageCommands();
    void showCamera(const estate::Camera& camera);
    void showNewest();
    void showTimeline();
    void showExtended(bool first);
    void showFailure(const base::Error& error);
    void refresh();
    void showPrivacy();
    void takeSnapshot();
    void goToTyped(const QString& text);
    void markHere(MarkEnd end);
    void setMarks(const Marks& marks);
    void showExport(bool shown);
    void showSearch(bool shown);
    void closeOrBack();

    ConsoleContext& m_context;
    ReviewCommands* m_commands;
    ReviewHeader* m_header;
    RecordedView* m_view;
    TransportBar* m_transport;
    TimelineView* m_timelineView;
    MarksBar* m_marksBar;
    ExportPanel* m_export;
    RecordingLoader* m_loader;
    ReviewPlayer* m_player;
    PlaybackNotice* m_notice;
    RecordingNavigator* m_navigator;
    MotionFinder* m_motion;
    PlaybackAudit* m_audit;
    SnapshotTaker* m_snapshots;
    HoldAction* m_hold;
    QTimer m_privacyTimer;
    std::optional<base::UtcTime> m_wanted;  ///< where to go once the archive has been read
};

}  // namespace leedswatch::ui

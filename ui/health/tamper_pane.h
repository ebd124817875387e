#pragma once

#include "analytics/tamper_stills.h"
#include "analytics/tamper_views.h"
#include "estate/camera.h"
#include "ui/common/console_context.h"
#include "ui/common/feed_listener.h"
#include "ui/common/worker.h"

#include <QWidget>
#include <optional>

class QCheckBox;
class QLabel;
class QPushButton;
class QTableView;

namespace leedswatch::ui {

class StillView;
class TamperEvents;

/// What kept one camera from seeing in the last 31 days, with the pictures before and when it was certain; and what a
/// person says of it: that the view is right as it is, that it is not to be watched.
class TamperPane final : public QWidget {
    Q_OBJECT

public:
    TamperPane(ConsoleContext& context, const estate::Camera& camera, QWidget* parent);

    /// The store has been read.
    [[nodiscard]] bool isRead() const { return m_view.has_value(); }

Q_SIGNALS:
    void recordingRequested(leedswatch::base::UtcTime time);

private:
    struct State {
        base::Result<std::vector<analytics::RecordedTamper>> events;
        base::Result<analytics::TamperView> view;
    };

    void nameParts();
    void layOut();
    [[nodiscard]] QWidget* makeFoot();
    void connectParts();
    void read();
    void take(State state);
    void select(std::int64_t event);
    [[nodiscard]] const analytics::RecordedTamper* selected() const;
    void showSelected();
    void takeStills(const base::Result<analytics::TamperStills>& stills);
    void showState();
    void say(const QString& text);
    void act(std::function<base::Result<void>(analytics::TamperViews&)> change);

    ConsoleContext& m_context;
    const estate::Camera m_camera;
    FeedListener m_feed;
    FeedListener m_zones;
    TamperEvents* m_events;
    QLabel* m_status;
    QTableView* m_list;
    StillView* m_before;
    StillView* m_after;
    QLabel* m_message;
    QCheckBox* m_isWatched;
    QPushButton* m_play;
    QPushButton* m_accept;
    std::int64_t m_shown = 0;  ///< the event whose stills are shown or being read; 0: none
    bool m_isActing = false;
    bool m_hasReadFailed = false;  ///< and the message says so
    std::optional<analytics::TamperView> m_view;
    Worker m_worker;
};

}  // namespace leedswatch::ui

#pragma once

#include "base/clock.h"
#include "estate/camera.h"
#include "ui/wall/retired_views.h"
#include "ui/wall/wake_gate.h"
#include "video/live_view.h"

#include <QObject>
#include <QSize>
#include <memory>

namespace leedswatch::ui {

/// What a feed is made from, the same for all of a wall.
struct FeedSource {
    const base::Clock& clock;
    std::filesystem::path dataFolder;
    RetiredViews& retired;
};

/// A camera and its live picture, as one object: a tile shows the number, the name, the state and the picture of the
/// one feed that it holds, and changes camera by taking another feed as a whole. So a label can never stand over
/// another camera's picture. UI thread only.
class TileFeed final : public QObject {
    Q_OBJECT

public:
    TileFeed(const FeedSource& source, estate::Camera camera);
    ~TileFeed() override;

    [[nodiscard]] const estate::Camera& camera() const { return m_camera; }
    /// The camera's name or addresses were edited. Its id and number must be the same.
    void setCamera(estate::Camera camera);

    /// Runs the view at this size and stream, or changes a running one. Another stream is connected to before the one
    /// that is shown is let go, so that the picture does not go away.
    void show(QSize box, video::StreamKind kind);
    /// Lets the view go: nothing is decoded for a tile that nobody sees.
    void suspend();

    /// Null before the first picture.
    [[nodiscard]] const std::shared_ptr<const video::Frame>& picture() const { return m_picture; }
    [[nodiscard]] const video::LiveStatus& status() const { return m_status; }
    [[nodiscard]] video::StreamKind kind() const { return m_kind; }

    /// Judges anew: states change by time going by, too.
    void check();

Q_SIGNALS:
    void pictureArrived();
    /// The state, its cause or its age in seconds is another.
    void stateChanged();

private:
    struct View {
        std::shared_ptr<WakeGate> gate;
        std::unique_ptr<video::LiveView> view;
    };
    [[nodiscard]] View makeView(QSize box, video::StreamKind kind);
    void retire(View& view);
    void takePicture();
    void swapWhenReady();

    const FeedSource m_source;
    estate::Camera m_camera;
    video::StreamKind m_kind = video::StreamKind::Sub;
    View m_shown;
    View m_next;  ///< of the other stream, until it is live
    base::SteadyTime m_nextSince{};
    std::shared_ptr<const video::Frame> m_picture;
    video::LiveStatus m_status;
};

}  // namespace leedswatch::ui

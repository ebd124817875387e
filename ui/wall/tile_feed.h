#pragma once

#include "base/clock.h"
#include "estate/camera.h"
#include "ui/common/console_context.h"
#include "ui/privacy/privacy_guard.h"
#include "ui/wall/retired_views.h"
#include "ui/wall/stream_choice.h"
#include "ui/wall/tile_replay.h"
#include "ui/wall/wake_gate.h"
#include "video/live_view.h"

#include <QObject>
#include <QSize>
#include <memory>
#include <unordered_map>

namespace leedswatch::ui {

/// Of each camera that has been shown at this desk what graphics cards made of it. UI thread only.
class HardwareMemory {
public:
    [[nodiscard]] std::shared_ptr<video::HardwareExperience> of(estate::CameraId camera) {
        auto& experience = m_cameras[camera];
        if (!experience) {
            experience = std::make_shared<video::HardwareExperience>();
        }
        return experience;
    }

private:
    std::unordered_map<estate::CameraId, std::shared_ptr<video::HardwareExperience>> m_cameras;
};

/// What a feed is made from, the same for all of a desk.
struct FeedSource {
    ConsoleContext& context;
    RetiredViews& retired;
    HardwareMemory& hardware;
};

/// A camera and its picture, live or replayed, as one object: a tile shows the number, the name, the state and the
/// picture of the one feed that it holds, and changes camera by taking another feed as a whole. So a label can never
/// stand over another camera's picture. A picture that is not masked as the camera's zones are at the moment is never
/// given out. UI thread only.
class TileFeed final : public QObject {
    Q_OBJECT

public:
    TileFeed(const FeedSource& source, estate::Camera camera);
    ~TileFeed() override;

    [[nodiscard]] const estate::Camera& camera() const { return m_camera; }
    /// The camera's name or addresses were edited. Its id and number must be the same.
    void setCamera(estate::Camera camera);

    /// Runs the view at this size, or changes a running one; `streamFor` says which stream. Another one is connected to
    /// before the one that is shown is let go, so that the picture does not go away.
    void show(QSize box, TileUse use);
    /// Lets the view go: nothing is decoded for a tile that nobody sees. A replay ends.
    void suspend();

    /// Null before the first picture, and while the camera's zones are not known.
    [[nodiscard]] const std::shared_ptr<const video::Frame>& picture() const;
    [[nodiscard]] const video::LiveStatus& status() const { return m_status; }
    [[nodiscard]] video::StreamKind kind() const { return m_kind; }
    /// The view of the stream that is shown, and which that is; null while nobody sees it.
    [[nodiscard]] std::shared_ptr<video::LiveView> view() const { return m_shown.view; }
    [[nodiscard]] video::StreamKind shownKind() const { return m_shown.kind; }

    /// What part of the picture is wanted; the picture that comes next shows it.
    [[nodiscard]] const video::PictureRegion& region() const { return m_region; }
    void setRegion(const video::PictureRegion& region);
    /// Why no picture may be shown; empty if there is no such reason.
    [[nodiscard]] QString privacyProblem() const { return m_source.context.privacy.problem(m_camera.id); }

    /// Whether the streams are measured for the inspector.
    void setMeasured(bool measured);

    /// Shows what was recorded so long ago until now in place of the live picture, which goes on underneath.
    void startReplay(std::chrono::seconds back);
    void startReplay(const video::TimeRange& range);
    void endReplay();
    /// Null while the live picture is shown.
    [[nodiscard]] TileReplay* replay() const { return m_replay.get(); }

    [[nodiscard]] const FeedSource& source() const { return m_source; }

    /// Judges anew: states change by time going by, too.
    void check();

Q_SIGNALS:
    void pictureArrived();
    /// The state, its cause or its age in seconds is another.
    void stateChanged();
    /// Something that the operator is to read once.
    void noticed(const QString& text);

private:
    struct View {
        std::shared_ptr<WakeGate> gate;
        std::shared_ptr<video::LiveView> view;
        video::StreamKind kind = video::StreamKind::Sub;
    };
    [[nodiscard]] View makeView(video::StreamKind kind);
    [[nodiscard]] video::Presentation presentation() const;
    [[nodiscard]] video::StreamKind neededKind() const;
    void retire(View& view);
    void follow();
    void takeMask();
    void takePicture();
    void setPicture(std::shared_ptr<const video::Frame> picture);
    void refreshStanding();
    void swapWhenReady();

    const FeedSource m_source;
    estate::Camera m_camera;
    QSize m_box;
    TileUse m_use = TileUse::Tile;
    bool m_isMeasured = false;
    video::StreamKind m_kind = video::StreamKind::Sub;
    video::PictureRegion m_region;
    SharedMask m_mask;
    View m_shown;
    View m_next;  ///< of the other stream, until it is live
    base::SteadyTime m_nextSince{};
    std::shared_ptr<const video::Frame> m_picture;
    QSize m_subSize;  ///< of the camera's streams as last seen; empty before
    QSize m_mainSize;
    video::LiveStatus m_status;
    int m_replays = 0;
    std::unique_ptr<TileReplay> m_replay;
};

}  // namespace leedswatch::ui

#pragma once

#include "estate/camera.h"
#include "ui/common/console_context.h"
#include "ui/common/worker.h"
#include "ui/wall/retired_views.h"
#include "ui/wall/wake_gate.h"
#include "video/player.h"

#include <QObject>
#include <QString>
#include <chrono>
#include <memory>

namespace leedswatch::ui {

/// A time of a camera once more, in its tile: played from the archive, the file that is still being written included,
/// most often the last seconds up to the moment at which it was asked for. Nothing is shown before the audit log has
/// who looks at it. It ends by itself; paused, it stays. UI thread only.
class TileReplay final : public QObject {
    Q_OBJECT

public:
    TileReplay(ConsoleContext& context, RetiredViews& retired, const estate::Camera& camera,
               video::Presentation presentation, const video::TimeRange& range);
    ~TileReplay() override;

    [[nodiscard]] const std::shared_ptr<const video::Frame>& picture() const { return m_picture; }
    [[nodiscard]] std::shared_ptr<video::Player> player() const { return m_player; }
    void setPresentation(video::Presentation presentation);

    /// How long ago the picture that is shown was recorded: "−23 s", "−4 min". Empty before the first.
    [[nodiscard]] QString ageWords() const;
    /// What there is to say of it: when it was recorded, the gap that it went over. Empty before the first picture.
    [[nodiscard]] QString words() const;
    [[nodiscard]] bool isPaused() const { return m_isPaused; }
    void togglePause();
    /// By so many pictures, back if negative; it is paused then.
    void step(int pictures);

    void check();

Q_SIGNALS:
    void pictureArrived();
    void stateChanged();
    /// It is over; `notice` says why if it is not over as it should be.
    void ended(const QString& notice);

private:
    void begin(const base::Result<void>& audited);
    void take();
    void takePicture(const video::PlayerState& state);
    void endIfOver(const video::PlayerState& state);
    void end(const QString& notice);
    [[nodiscard]] QString gapWords(const video::PlayerState& state) const;
    [[nodiscard]] QString nothingWords() const;

    ConsoleContext& m_context;
    RetiredViews& m_retired;
    const estate::Camera m_camera;
    const base::UtcTime m_asked;
    const base::UtcTime m_from;
    const base::UtcTime m_until;
    video::Presentation m_presentation;
    std::uint64_t m_sought = 0;  ///< the player's number of the order to go to the beginning
    bool m_isPaused = false;
    bool m_isPast = false;  ///< the first picture there is lies behind the range: there is nothing of it
    bool m_hasEnded = false;
    QString m_gap;
    QString m_toldAge;
    std::shared_ptr<const video::Frame> m_picture;
    std::shared_ptr<WakeGate> m_gate;
    std::shared_ptr<video::Player> m_player;
    Worker m_worker;
};

}  // namespace leedswatch::ui

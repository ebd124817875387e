#pragma once

#include "ui/common/console_context.h"
#include "ui/privacy/privacy_guard.h"
#include "video/player.h"

#include <QObject>
#include <QSize>
#include <atomic>
#include <memory>

namespace leedswatch::ui {

/// The player of the camera that is looked at, for the thread of the window: brings its wakes there, any number of them
/// as one `changed`, and speaks the page's commands. While there is no player the commands do nothing.
class ReviewPlayer final : public QObject {
    Q_OBJECT

public:
    ReviewPlayer(ConsoleContext& context, QObject* parent);

    /// Errors: NotPermitted (the right PlayRecorded).
    [[nodiscard]] base::Result<void> open(estate::CameraId camera, QSize devicePixels);
    void close();
    [[nodiscard]] bool isOpen() const { return m_player != nullptr; }

    void setSize(QSize devicePixels);
    void seek(base::UtcTime time);
    void step(int pictures);
    void pause();
    void togglePlaying();
    /// To the next of the speeds.
    void slower() { changeSpeed(-1); }
    void faster() { changeSpeed(1); }

    [[nodiscard]] video::PlayerState state() const;
    /// The newest picture; null before the first, and while the camera's privacy zones are not known.
    [[nodiscard]] std::shared_ptr<const video::Frame> frame();
    /// Null while there is none.
    [[nodiscard]] std::shared_ptr<video::Player> player() const { return m_player; }

Q_SIGNALS:
    /// There is a new picture or a new state.
    void changed();
    /// Another place was asked for.
    void sought();

private:
    [[nodiscard]] video::Presentation presentation() const;
    void takeMask();
    void wake();
    void tell();
    void changeSpeed(int by);

    ConsoleContext& m_context;
    std::atomic<bool> m_wakePending = false;
    estate::CameraId m_camera;
    QSize m_size;
    SharedMask m_mask;
    std::shared_ptr<video::Player> m_player;
};

}  // namespace leedswatch::ui

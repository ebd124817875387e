#include "ui/review/review_player.h"

#include <algorithm>

namespace leedswatch::ui {

ReviewPlayer::ReviewPlayer(ConsoleContext& context, QObject* parent) : QObject{parent}, m_context{context} {
    connect(&context.privacy, &PrivacyGuard::changed, this, &ReviewPlayer::takeMask);
}

base::Result<void> ReviewPlayer::open(estate::CameraId camera, QSize devicePixels) {
    m_camera = camera;
    m_size = devicePixels;
    m_mask = m_context.privacy.maskFor(camera);
    TRY_ASSIGN(m_player, video::Player::create(m_context.archive, m_context.clock, m_context.acting, camera,
                                               presentation(), [this] { wake(); }));
    return {};
}

video::Presentation ReviewPlayer::presentation() const {
    return {{m_size.width(), m_size.height()}, m_mask, {}, video::Presentation::Fit::NeverLarger};
}

void ReviewPlayer::takeMask() {
    if (!m_player) {
        return;
    }
    m_mask = m_context.privacy.maskFor(m_camera);
    m_player->setPresentation(presentation());
    Q_EMIT changed();
}

void ReviewPlayer::close() {
    m_player.reset();
}

void ReviewPlayer::setSize(QSize devicePixels) {
    m_size = devicePixels;
    if (m_player) {
        m_player->setPresentation(presentation());
    }
}

void ReviewPlayer::seek(base::UtcTime time) {
    if (m_player) {
        Q_EMIT sought();
        m_player->seek(time);
    }
}

void ReviewPlayer::step(int pictures) {
    if (m_player) {
        m_player->step(pictures);
    }
}

void ReviewPlayer::pause() {
    if (m_player) {
        m_player->pause();
    }
}

void ReviewPlayer::togglePlaying() {
    if (m_player) {
        m_player->state().playing ? m_player->pause() : m_player->play();
    }
}

void ReviewPlayer::changeSpeed(int by) {
    if (!m_player) {
        return;
    }
    const auto& speeds = video::playerSpeeds;
    const auto now = std::ranges::find(speeds, m_player->state().speed) - speeds.begin();
    const auto wanted = std::clamp<std::ptrdiff_t>(now + by, 0, static_cast<std::ptrdiff_t>(speeds.size()) - 1);
    m_player->setSpeed(speeds[static_cast<std::size_t>(wanted)]);
}

video::PlayerState ReviewPlayer::state() const {
    return m_player ? m_player->state() : video::PlayerState{};
}

std::shared_ptr<const video::Frame> ReviewPlayer::frame() {
    auto frame = m_player ? m_player->frame() : nullptr;
    // One that was made before the zones changed is not shown any more.
    return frame && frame->presentation.mask == m_mask ? frame : nullptr;
}

void ReviewPlayer::wake() {
    if (!m_wakePending.exchange(true)) {
        QMetaObject::invokeMethod(this, &ReviewPlayer::tell, Qt::QueuedConnection);
    }
}

void ReviewPlayer::tell() {
    m_wakePending = false;
    if (m_player) {
        Q_EMIT changed();
    }
}

}  // namespace leedswatch::ui

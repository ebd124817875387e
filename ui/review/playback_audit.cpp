#include "ui/review/playback_audit.h"

#include "video/player.h"

namespace leedswatch::ui {
namespace {

using namespace std::chrono_literals;

constexpr auto distance = 10min;
constexpr auto settling = 1500ms;

}  // namespace

PlaybackAudit::PlaybackAudit(ConsoleContext& context, QObject* parent)
    : QObject{parent}, m_context{context}, m_worker{*this} {
    m_timer.setSingleShot(true);
    m_timer.setInterval(settling);
    connect(&m_timer, &QTimer::timeout, this, &PlaybackAudit::write);
}

void PlaybackAudit::begin(std::optional<estate::Camera> camera) {
    m_camera = std::move(camera);
    m_shown.reset();
    m_written.reset();
}

void PlaybackAudit::shows(base::UtcTime position) {
    m_shown = position;
    if (!m_written) {
        write();
    }
}

void PlaybackAudit::moved() {
    m_timer.start();
}

void PlaybackAudit::write() {
    const bool near = m_written && m_shown && std::chrono::abs(*m_shown - *m_written) < distance;
    if (!m_camera || !m_shown || near) {
        return;
    }
    m_written = m_shown;
    m_worker.run([&context = m_context, camera = *m_camera,
                  from = *m_shown] { return video::auditPlayback(context.database, context.acting, camera, from); },
                 [this](const base::Result<void>& written) {
                     if (!written) {
                         Q_EMIT failed(written.error());
                     }
                 });
}

}  // namespace leedswatch::ui

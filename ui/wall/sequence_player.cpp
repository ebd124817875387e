#include "ui/wall/sequence_player.h"

#include "ui/common/text.h"

#include <algorithm>
#include <utility>

namespace leedswatch::ui {

namespace {

using namespace std::chrono_literals;

constexpr auto connectAhead = 5s;
constexpr auto signalPatience = 3s;

}  // namespace

SequencePlayer::SequencePlayer(WallHub& hub, const estate::Sequence& sequence)
    : m_hub{hub},
      m_id{sequence.id},
      m_name{toQt(sequence.name)},
      m_run{sequence.content, hub.context().clock.steadyNow()} {}

SequencePlayer::Shown SequencePlayer::goTo(std::size_t position) {
    position = std::min(position, m_run.size() - 1);
    const bool isReady = m_next && m_next->position == position;
    auto feed = isReady ? std::move(m_next->feed) : makeFeed(position);
    return show(position, std::move(feed));
}

SequencePlayer::Shown SequencePlayer::goBy(int steps) {
    return goTo(steps < 0 ? m_run.before(m_run.position()) : m_run.after(m_run.position()));
}

std::optional<SequencePlayer::Shown> SequencePlayer::check(QSize room, TileUse use) {
    const auto now = m_hub.context().clock.steadyNow();
    if (std::exchange(m_isHeld, false)) {
        m_run.goTo(m_run.position(), now);
    }
    if (m_run.isPaused()) {
        m_next.reset();
        return std::nullopt;
    }
    if (!m_next && m_run.left(now) <= connectAhead) {
        prepare(m_run.after(m_run.position()));
    }
    if (m_next && m_next->feed) {
        m_next->feed->show(room, use);
    }
    return m_run.left(now) > 0ms ? std::nullopt : takeNext(now);
}

void SequencePlayer::hold() {
    m_next.reset();
    m_isHeld = true;
}

void SequencePlayer::setPaused(bool paused) {
    m_run.setPaused(paused, m_hub.context().clock.steadyNow());
}

void SequencePlayer::change(const estate::Sequence& sequence) {
    m_name = toQt(sequence.name);
    if (!(sequence.content == m_run.content())) {
        m_next.reset();
        m_run.change(sequence.content, m_hub.context().clock.steadyNow());
    }
}

QString SequencePlayer::mark() const {
    const auto now = m_hub.context().clock.steadyNow();
    const QString name = QStringLiteral("SEQUENCE %1 %2/%3 · ").arg(m_name).arg(m_run.position() + 1).arg(m_run.size());
    if (m_run.isPaused()) {
        return name + QStringLiteral("PAUSED");
    }
    if (m_run.left(now) == 0ms && m_next) {
        return name + QStringLiteral("waiting for %1").arg(m_run.step(m_next->position).camera.number);
    }
    return name + QStringLiteral("%1 s").arg(std::chrono::ceil<std::chrono::seconds>(m_run.left(now)).count());
}

std::unique_ptr<TileFeed> SequencePlayer::makeFeed(std::size_t position) const {
    auto camera = m_hub.find(m_run.step(position).camera);
    return camera ? std::make_unique<TileFeed>(m_hub.source(), std::move(*camera)) : nullptr;
}

SequencePlayer::Shown SequencePlayer::show(std::size_t position, std::unique_ptr<TileFeed> feed) {
    m_next.reset();
    m_run.goTo(position, m_hub.context().clock.steadyNow());
    return {std::move(feed), m_run.step(position).camera};
}

void SequencePlayer::prepare(std::size_t position) {
    const std::size_t first = position;
    while (position != m_run.position() && isPassedOver(position)) {
        position = m_run.after(position);
        if (position == first) {
            break;
        }
    }
    const bool isSame = m_run.step(position).camera == m_run.step(m_run.position()).camera;
    m_next = Prepared{position, isSame ? nullptr : makeFeed(position), m_hub.context().clock.steadyNow()};
}

bool SequencePlayer::isPassedOver(std::size_t position) const {
    if (!m_run.content().passesOverOffline) {
        return false;
    }
    const auto camera = m_hub.find(m_run.step(position).camera);
    const auto status = camera ? m_hub.statusOf(camera->id) : std::nullopt;
    return !camera || !camera->enabled || (status && status->state != estate::CameraState::Live);
}

std::optional<SequencePlayer::Shown> SequencePlayer::takeNext(base::SteadyTime now) {
    if (m_run.step(m_next->position).camera == m_run.step(m_run.position()).camera) {
        // It is the only one that there is to show: it stays, and its dwell begins again.
        m_run.goTo(m_next->position, now);
        m_next.reset();
        return std::nullopt;
    }
    const TileFeed* feed = m_next->feed.get();
    const bool isReady = feed == nullptr || (feed->picture() && feed->status().verdict.state == video::LiveState::Live);
    const bool isLate = m_run.overdue(now) > signalPatience && now - m_next->since > signalPatience;
    if (!isReady && !isLate) {
        return std::nullopt;
    }
    if (!isReady && m_run.content().passesOverOffline) {
        prepare(m_run.after(m_next->position));
        return std::nullopt;
    }
    return show(m_next->position, std::move(m_next->feed));
}

}  // namespace leedswatch::ui

#include "ui/wall/tile_replay.h"

#include "base/local_time.h"
#include "ui/common/text.h"
#include "ui/wall/tile_words.h"

namespace leedswatch::ui {

namespace {

using namespace std::chrono_literals;

// The picture of the first instant may be a little older than it; one that is older still lies before a gap.
constexpr auto asGoodAsThen = 1s;
// A range that ends so shortly before it is asked for is "the last seconds".
constexpr auto asGoodAsNow = 1s;

QString timeWords(base::UtcTime time) {
    return toQt(base::formatLocalTimeOfDay(time) + " " + base::localZoneAbbreviation(time));
}

}  // namespace

TileReplay::TileReplay(ConsoleContext& context, RetiredViews& retired, const estate::Camera& camera,
                       video::Presentation presentation, const video::TimeRange& range)
    : m_context{context},
      m_retired{retired},
      m_camera{camera},
      m_asked{context.clock.now()},
      m_from{range.begin},
      m_until{range.end},
      m_presentation{std::move(presentation)},
      m_gate{std::make_shared<WakeGate>(*this, [this] { take(); })},
      m_worker{*this} {
    m_worker.run([database = &context.database, acting = context.acting, camera,
                  from = m_from] { return video::auditPlayback(*database, acting, camera, from); },
                 [this](const base::Result<void>& audited) { begin(audited); });
}

TileReplay::~TileReplay() {
    m_gate->close();
    m_retired.destroy(std::move(m_player));
}

void TileReplay::begin(const base::Result<void>& audited) {
    if (!audited) {
        end(sentenceOf(audited.error()));
        return;
    }
    auto player = video::Player::create(m_context.archive, m_context.clock, m_context.acting, m_camera.id,
                                        m_presentation, [gate = m_gate] { gate->ring(); });
    if (!player) {
        end(sentenceOf(player.error()));
        return;
    }
    m_player = std::move(*player);
    m_sought = m_player->seek(m_from);
    m_player->play();
}

void TileReplay::setPresentation(video::Presentation presentation) {
    if (m_picture && m_picture->presentation.mask != presentation.mask) {
        m_picture.reset();
        Q_EMIT pictureArrived();
    }
    m_presentation = std::move(presentation);
    if (m_player) {
        m_player->setPresentation(m_presentation);
    }
}

void TileReplay::togglePause() {
    if (m_player) {
        m_isPaused = !m_isPaused;
        m_isPaused ? m_player->pause() : m_player->play();
        Q_EMIT stateChanged();
    }
}

void TileReplay::step(int pictures) {
    if (m_player) {
        m_isPaused = true;
        m_player->step(pictures);
        Q_EMIT stateChanged();
    }
}

void TileReplay::check() {
    // The age of a picture that stands grows, too.
    if (const QString age = ageWords(); age != m_toldAge) {
        m_toldAge = age;
        Q_EMIT stateChanged();
    }
}

void TileReplay::take() {
    if (!m_player || m_hasEnded) {
        return;
    }
    const video::PlayerState state = m_player->state();
    if (state.commandsDone < m_sought) {
        return;
    }
    takePicture(state);
    endIfOver(state);
    check();
}

void TileReplay::takePicture(const video::PlayerState& state) {
    auto picture = m_player->frame();
    if (!picture || picture == m_picture || picture->presentation.mask != m_presentation.mask ||
        picture->wallTime < m_from - asGoodAsThen) {
        return;
    }
    if (!m_picture && picture->wallTime > m_until) {
        m_isPast = true;
        return;
    }
    m_picture = std::move(picture);
    if (const QString gap = gapWords(state); gap != m_gap) {
        m_gap = gap;
        Q_EMIT stateChanged();
    }
    Q_EMIT pictureArrived();
}

QString TileReplay::gapWords(const video::PlayerState& state) const {
    if (state.atBegin && m_picture->wallTime > m_from + asGoodAsThen) {
        return QStringLiteral("recorded only from %1").arg(timeWords(m_picture->wallTime));
    }
    const auto& gap = state.jumped ? state.jumped : state.inGap;
    if (!gap) {
        return state.jumps == 0 && m_gap.startsWith(QStringLiteral("recorded")) ? m_gap : QString{};
    }
    return QStringLiteral("no recording %1 to %2: %3")
        .arg(toQt(base::formatLocalTimeOfDay(gap->range.begin)), timeWords(gap->range.end), toQt(gap->cause));
}

void TileReplay::endIfOver(const video::PlayerState& state) {
    if (m_isPaused) {
        return;
    }
    const bool reached = m_picture && m_picture->wallTime >= m_until;
    const bool ranOut = state.atEnd && !state.playing;
    if ((ranOut || m_isPast) && !m_picture) {
        end(nothingWords());
    } else if (!state.position && !state.problem.empty()) {
        end(toQt(state.problem));
    } else if (reached || ranOut) {
        end({});
    }
}

QString TileReplay::nothingWords() const {
    if (m_until >= m_asked - asGoodAsNow) {
        const auto back = std::chrono::round<std::chrono::seconds>(m_asked - m_from);
        return QStringLiteral("Nothing is recorded of the last %1 s").arg(back.count());
    }
    return QStringLiteral("Nothing is recorded %1 to %2")
        .arg(toQt(base::formatLocalTimeOfDay(m_from)), timeWords(m_until));
}

void TileReplay::end(const QString& notice) {
    m_hasEnded = true;
    Q_EMIT ended(notice);
}

QString TileReplay::ageWords() const {
    if (!m_picture) {
        return {};
    }
    const auto age = std::chrono::floor<std::chrono::milliseconds>(m_context.clock.now() - m_picture->wallTime);
    return QStringLiteral("\u2212") + ui::ageWords(std::max(age, 0ms));
}

QString TileReplay::words() const {
    if (!m_picture) {
        return {};
    }
    const QString time = QStringLiteral("recorded %1").arg(timeWords(m_picture->wallTime));
    const QString paused = m_isPaused ? QStringLiteral(" · paused") : QString{};
    return m_gap.isEmpty() ? time + paused : time + paused + QStringLiteral(" · ") + m_gap;
}

}  // namespace leedswatch::ui

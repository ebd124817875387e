#include "ui/wall/tile_feed.h"

namespace leedswatch::ui {

namespace {

using namespace std::chrono_literals;

// After that the other stream is shown whatever its state: the wall says what is there.
constexpr auto patienceForOther = 4s;
// A picture of a stream that runs is made anew by the next one that comes.
constexpr auto nextIsNear = 120ms;

bool saysTheSame(const video::LiveStatus& one, const video::LiveStatus& other) {
    using std::chrono::duration_cast;
    using std::chrono::seconds;
    const bool live = one.verdict.state == video::LiveState::Live;
    return one.verdict.state == other.verdict.state && one.verdict.missing == other.verdict.missing &&
           (live || duration_cast<seconds>(one.verdict.age) == duration_cast<seconds>(other.verdict.age)) &&
           one.problem.has_value() == other.problem.has_value();
}

}  // namespace

TileFeed::TileFeed(const FeedSource& source, estate::Camera camera)
    : m_source{source}, m_camera{std::move(camera)}, m_mask{source.context.privacy.maskFor(m_camera.id)} {
    connect(&source.context.privacy, &PrivacyGuard::changed, this, &TileFeed::takeMask);
}

TileFeed::~TileFeed() {
    suspend();
}

void TileFeed::setCamera(estate::Camera camera) {
    m_camera = std::move(camera);
}

void TileFeed::show(QSize box, TileUse use) {
    m_box = box;
    m_use = use;
    follow();
    check();
}

void TileFeed::setRegion(const video::PictureRegion& region) {
    if (region == m_region) {
        return;
    }
    m_region = region;
    if (m_shown.view) {
        follow();
    }
    Q_EMIT stateChanged();
}

video::Presentation TileFeed::presentation() const {
    return {{m_box.width(), m_box.height()}, m_mask, m_region};
}

video::StreamKind TileFeed::neededKind() const {
    return m_camera.subUrl.empty() ? video::StreamKind::Main
                                   : streamFor({m_box, m_region.zoom(), m_use, m_subSize, m_mainSize, m_kind});
}

/// Has the views show what is wanted now.
void TileFeed::follow() {
    const video::StreamKind kind = neededKind();
    if (!m_shown.view) {
        m_kind = kind;
        m_shown = makeView(kind);
    } else if (kind != m_kind) {
        retire(m_next);
        m_kind = kind;
        m_next = makeView(kind);
        m_nextSince = m_source.context.clock.steadyNow();
    }
    m_shown.view->setPresentation(presentation());
    if (m_next.view) {
        m_next.view->setPresentation(presentation());
    }
    if (m_replay) {
        m_replay->setPresentation(presentation());
    }
}

void TileFeed::takeMask() {
    SharedMask mask = m_source.context.privacy.maskFor(m_camera.id);
    if (mask != m_mask) {
        m_mask = std::move(mask);
        // What was masked otherwise goes at once and does not wait for the next picture.
        setPicture(nullptr);
        if (m_shown.view) {
            follow();
        }
    }
    // Also when the mask is the same: how long it is lifted may be another.
    Q_EMIT stateChanged();
}

void TileFeed::suspend() {
    endReplay();
    retire(m_shown);
    retire(m_next);
    m_picture.reset();
    m_status = {};
}

const std::shared_ptr<const video::Frame>& TileFeed::picture() const {
    return m_replay ? m_replay->picture() : m_picture;
}

void TileFeed::check() {
    swapWhenReady();
    if (!m_shown.view) {
        return;
    }
    video::LiveStatus status = m_shown.view->status();
    const bool same = saysTheSame(status, m_status);
    m_status = std::move(status);
    refreshStanding();
    if (m_replay) {
        m_replay->check();
    }
    if (!same) {
        Q_EMIT stateChanged();
    }
}

/// The picture of a camera that sends no more follows the zoom and the zones, too.
void TileFeed::refreshStanding() {
    const bool isAsWanted = m_picture ? m_picture->presentation == presentation() : m_mask == nullptr;
    const bool isStanding = !m_picture || m_source.context.clock.steadyNow() - m_picture->decodedAt > nextIsNear;
    if (!isAsWanted && isStanding && m_status.pictures > 0) {
        m_source.retired.presentAgain(m_shown.view);
    }
}

TileFeed::View TileFeed::makeView(video::StreamKind kind) {
    auto gate = std::make_shared<WakeGate>(*this, [this] { takePicture(); });
    auto view = std::make_shared<video::LiveView>(
        m_source.context.clock, video::relayAddressSource(m_source.context.dataFolder, m_camera.number, kind),
        presentation(), [gate] { gate->ring(); }, m_source.hardware.of(m_camera.id));
    view->setMeasured(m_isMeasured);
    return {std::move(gate), std::move(view), kind};
}

void TileFeed::retire(View& view) {
    if (view.gate) {
        view.gate->close();
    }
    m_source.retired.retire(std::move(view.view));
    view = {};
}

void TileFeed::takePicture() {
    check();
    if (m_shown.view) {
        setPicture(m_shown.view->takePicture());
    }
}

void TileFeed::setPicture(std::shared_ptr<const video::Frame> picture) {
    // One that was made before the zones changed came too late.
    if (picture && picture->presentation.mask != m_mask) {
        return;
    }
    if (picture == m_picture) {
        return;
    }
    m_picture = std::move(picture);
    if (m_picture) {
        (m_shown.kind == video::StreamKind::Sub ? m_subSize : m_mainSize) = {m_picture->sourceWidth,
                                                                             m_picture->sourceHeight};
    }
    Q_EMIT pictureArrived();
}

void TileFeed::swapWhenReady() {
    if (!m_next.view) {
        return;
    }
    const bool live = m_next.view->status().verdict.state == video::LiveState::Live;
    if (live || m_source.context.clock.steadyNow() - m_nextSince > patienceForOther) {
        retire(m_shown);
        m_shown = std::exchange(m_next, {});
        if (auto picture = m_shown.view->takePicture()) {
            setPicture(std::move(picture));
        }
    }
}

void TileFeed::setMeasured(bool measured) {
    m_isMeasured = measured;
    for (const View* each : {&m_shown, &m_next}) {
        if (each->view) {
            each->view->setMeasured(measured);
        }
    }
}

void TileFeed::startReplay(std::chrono::seconds back) {
    const base::UtcTime now = m_source.context.clock.now();
    startReplay(video::TimeRange{now - back, now});
}

void TileFeed::startReplay(const video::TimeRange& range) {
    if (!m_shown.view) {
        return;
    }
    endReplay();
    m_replay = std::make_unique<TileReplay>(m_source.context, m_source.retired, m_camera, presentation(), range);
    connect(m_replay.get(), &TileReplay::pictureArrived, this, &TileFeed::pictureArrived);
    connect(m_replay.get(), &TileReplay::stateChanged, this, &TileFeed::stateChanged);
    // Queued: the replay must not go while its own signal runs.
    connect(
        m_replay.get(), &TileReplay::ended, this,
        [this, which = ++m_replays](const QString& notice) {
            // Another one may have been asked for since.
            if (which == m_replays) {
                endReplay();
            }
            if (!notice.isEmpty()) {
                Q_EMIT noticed(notice);
            }
        },
        Qt::QueuedConnection);
    Q_EMIT stateChanged();
}

void TileFeed::endReplay() {
    if (!m_replay) {
        return;
    }
    m_replay.reset();
    Q_EMIT stateChanged();
}

}  // namespace leedswatch::ui

#include "ui/wall/tile_feed.h"

namespace leedswatch::ui {

namespace {

using namespace std::chrono_literals;

// After that the other stream is shown whatever its state: the wall says what is there.
constexpr auto patienceForOther = 4s;

bool saysTheSame(const video::LiveStatus& one, const video::LiveStatus& other) {
    using std::chrono::duration_cast;
    using std::chrono::seconds;
    const bool live = one.verdict.state == video::LiveState::Live;
    return one.verdict.state == other.verdict.state && one.verdict.missing == other.verdict.missing &&
           (live || duration_cast<seconds>(one.verdict.age) == duration_cast<seconds>(other.verdict.age)) &&
           one.problem.has_value() == other.problem.has_value();
}

}  // namespace

TileFeed::TileFeed(const FeedSource& source, estate::Camera camera) : m_source{source}, m_camera{std::move(camera)} {}

TileFeed::~TileFeed() {
    suspend();
}

void TileFeed::setCamera(estate::Camera camera) {
    m_camera = std::move(camera);
}

void TileFeed::show(QSize box, video::StreamKind kind) {
    if (m_camera.subUrl.empty()) {
        kind = video::StreamKind::Main;
    }
    const video::PictureSize size{box.width(), box.height()};
    if (!m_shown.view) {
        m_kind = kind;
        m_shown = makeView(box, kind);
    } else if (kind != m_kind) {
        retire(m_next);
        m_kind = kind;
        m_next = makeView(box, kind);
        m_nextSince = m_source.clock.steadyNow();
    }
    m_shown.view->setPresentation({size, video::PrivacyMask::none()});
    if (m_next.view) {
        m_next.view->setPresentation({size, video::PrivacyMask::none()});
    }
    check();
}

void TileFeed::suspend() {
    retire(m_shown);
    retire(m_next);
    m_picture.reset();
    m_status = {};
}

void TileFeed::check() {
    swapWhenReady();
    if (!m_shown.view) {
        return;
    }
    video::LiveStatus status = m_shown.view->status();
    const bool same = saysTheSame(status, m_status);
    m_status = std::move(status);
    if (!same) {
        Q_EMIT stateChanged();
    }
}

TileFeed::View TileFeed::makeView(QSize box, video::StreamKind kind) {
    auto gate = std::make_shared<WakeGate>(*this, [this] { takePicture(); });
    auto view = std::make_unique<video::LiveView>(
        m_source.clock, video::relayAddressSource(m_source.dataFolder, m_camera.number, kind),
        video::Presentation{{box.width(), box.height()}, video::PrivacyMask::none()}, [gate] { gate->ring(); });
    return {std::move(gate), std::move(view)};
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
    if (!m_shown.view) {
        return;
    }
    auto picture = m_shown.view->takePicture();
    if (picture == m_picture) {
        return;
    }
    m_picture = std::move(picture);
    Q_EMIT pictureArrived();
}

void TileFeed::swapWhenReady() {
    if (!m_next.view) {
        return;
    }
    const bool live = m_next.view->status().verdict.state == video::LiveState::Live;
    if (live || m_source.clock.steadyNow() - m_nextSince > patienceForOther) {
        retire(m_shown);
        m_shown = std::exchange(m_next, {});
        if (auto picture = m_shown.view->takePicture()) {
            m_picture = std::move(picture);
            Q_EMIT pictureArrived();
        }
    }
}

}  // namespace leedswatch::ui

#include "ui/wall/wall_place.h"

#include "ui/common/text.h"

#include <algorithm>
#include <utility>

namespace leedswatch::ui {

int WallPlace::cameraNumber() const {
    return m_tile.feed() == nullptr ? 0 : m_tile.feed()->camera().number;
}

estate::ViewTile WallPlace::content() const {
    estate::ViewTile content;
    if (m_sequence.isValid()) {
        content.sequence = m_sequence;
    } else if (const TileFeed* feed = m_tile.feed()) {
        content.camera = {feed->camera().id, feed->camera().number};
    } else {
        content.camera = m_gone;
    }
    content.isSpot = m_isSpot;
    return content;
}

void WallPlace::setContent(const estate::ViewTile& content, SpareFeeds& spare) {
    drop();
    m_isSpot = content.isSpot;
    if (content.sequence.isValid()) {
        showSequence(content.sequence);
        return;
    }
    const auto running = std::find_if(spare.begin(), spare.end(),
                                      [&](const auto& feed) { return feed && feed->camera().id == content.camera.id; });
    if (running != spare.end()) {
        m_tile.setFeed(std::move(*running));
    } else if (auto camera = m_hub.find(content.camera)) {
        m_tile.setFeed(std::make_unique<TileFeed>(m_hub.source(), std::move(*camera)));
    } else {
        m_gone = content.camera;
    }
    m_tile.setMissingCamera(m_gone.number);
    showMark();
    tellStatus();
}

bool WallPlace::showCamera(int number) {
    auto camera = m_hub.find(number);
    if (!camera) {
        const bool unknown = camera.error().code == base::ErrorCode::NotFound;
        m_tile.showNotice(unknown ? QStringLiteral("There is no camera %1").arg(number) : sentenceOf(camera.error()));
        return false;
    }
    const bool isShown = m_tile.feed() != nullptr && m_tile.feed()->camera().id == camera->id;
    if (isShown && !m_sequence.isValid()) {
        return true;
    }
    keepAsPrevious();
    // A sequence that was at this very camera is stopped, and the picture goes on.
    SpareFeeds spare;
    spare.push_back(m_tile.setFeed(nullptr));
    setContent({{camera->id, number}, {}, m_isSpot}, spare);
    run(m_isSeen);
    return true;
}

void WallPlace::showSequence(estate::SequenceId id, std::size_t position) {
    drop();
    m_isSpot = false;
    m_sequence = id;
    startSequence(position);
}

void WallPlace::startSequence(std::size_t position) {
    const estate::Sequence* sequence = m_hub.library().find(m_sequence);
    if (sequence != nullptr && !sequence->isDamaged) {
        m_player = std::make_unique<SequencePlayer>(m_hub, *sequence);
        take(m_player->goTo(position));
    } else if (m_hub.library().isLoaded()) {
        m_sequence = {};
        m_tile.showNotice(sequence == nullptr ? QStringLiteral("The sequence that was here has been deleted")
                                              : QStringLiteral("The sequence cannot be read: delete it"));
    }
    showMark();
}

bool WallPlace::showPrevious() {
    const Before before = m_previous;
    if (before.content == estate::ViewTile{}) {
        return false;
    }
    keepAsPrevious();
    if (before.content.sequence.isValid()) {
        showSequence(before.content.sequence, before.position);
    } else {
        SpareFeeds spare;
        setContent({before.content.camera, {}, m_isSpot}, spare);
    }
    run(m_isSeen);
    return true;
}

void WallPlace::keepAsPrevious() {
    Before now{content(), m_player ? m_player->position() : 0};
    now.content.isSpot = false;
    if (!(now.content == estate::ViewTile{})) {
        m_previous = now;
    }
}

void WallPlace::setSpot(bool isSpot) {
    if (isSpot && m_sequence.isValid()) {
        keepAsPrevious();
        m_player.reset();
        m_sequence = {};
    }
    m_isSpot = isSpot;
    showMark();
    run(m_isSeen);
}

void WallPlace::exchange(WallPlace& other) {
    m_tile.setFeed(other.m_tile.setFeed(m_tile.setFeed(nullptr)));
    std::swap(m_gone, other.m_gone);
    std::swap(m_sequence, other.m_sequence);
    std::swap(m_player, other.m_player);
    std::swap(m_previous, other.m_previous);
    // The spot is a place and not what is shown there.
    for (WallPlace* place : {this, &other}) {
        if (place->m_isSpot && place->m_sequence.isValid()) {
            place->m_isSpot = false;
        }
        place->m_tile.setMissingCamera(place->m_gone.number);
        place->showMark();
        place->tellStatus();
        place->run(place->m_isSeen);
    }
}

void WallPlace::clear() {
    keepAsPrevious();
    drop();
    m_isSpot = false;
    showMark();
}

std::unique_ptr<TileFeed> WallPlace::takeFeed() {
    return m_tile.setFeed(nullptr);
}

void WallPlace::toggleSequencePause() {
    if (m_player) {
        m_player->setPaused(!m_player->isPaused());
        showMark();
    }
}

void WallPlace::stepSequence(int steps) {
    if (m_player) {
        take(m_player->goBy(steps));
        run(m_isSeen);
    }
}

void WallPlace::run(bool isSeen) {
    m_isSeen = isSeen;
    if (!isSeen && m_player) {
        m_player->hold();
    }
    TileFeed* feed = m_tile.feed();
    if (feed == nullptr) {
        return;
    }
    if (isSeen) {
        feed->show(m_tile.pictureBox(), use());
    } else {
        feed->suspend();
    }
}

bool WallPlace::check() {
    if (TileFeed* feed = m_tile.feed()) {
        feed->check();
    }
    if (!m_player || !m_isSeen) {
        return false;
    }
    auto shown = m_player->check(m_tile.pictureBox(), use());
    const bool isOther = shown.has_value();
    if (shown) {
        take(std::move(*shown));
        run(m_isSeen);
    }
    showMark();
    return isOther;
}

void WallPlace::camerasChanged() {
    TileFeed* feed = m_tile.feed();
    if (feed == nullptr) {
        // One that was gone may be back.
        if (m_gone.number != 0) {
            SpareFeeds none;
            setContent(content(), none);
        }
        return;
    }
    const estate::CameraRef ref{feed->camera().id, feed->camera().number};
    auto camera = m_hub.find(ref);
    if (camera) {
        feed->setCamera(std::move(*camera));
        m_tile.update();
        return;
    }
    if (camera.error().code != base::ErrorCode::NotFound) {
        return;
    }
    // What is shown under the number now may be another camera: the picture goes, and the number stays.
    m_tile.setFeed(nullptr);
    if (!m_sequence.isValid()) {
        m_gone = ref;
    }
    m_tile.setMissingCamera(ref.number);
}

void WallPlace::tellStatus() {
    const TileFeed* feed = m_tile.feed();
    if (feed == nullptr) {
        return;
    }
    m_tile.setStationStatus(m_hub.statusOf(feed->camera().id));
    const QSize before = m_tile.pictureBox();
    m_tile.setHandRecording(m_hub.recordings().of(feed->camera().id));
    // Its line takes some of the picture's room.
    if (m_tile.pictureBox() != before) {
        run(m_isSeen);
    }
}

void WallPlace::tell(estate::CameraId camera, const QString& notice) {
    if (m_tile.feed() != nullptr && m_tile.feed()->camera().id == camera) {
        m_tile.showNotice(notice);
    }
}

void WallPlace::libraryChanged() {
    if (!m_sequence.isValid()) {
        return;
    }
    const estate::Sequence* sequence = m_hub.library().find(m_sequence);
    if (sequence != nullptr && !sequence->isDamaged && m_player) {
        m_player->change(*sequence);
        showMark();
        return;
    }
    if (!m_player) {
        startSequence(0);
        run(m_isSeen);
        return;
    }
    // Its last camera stays: nobody loses a picture because somebody else tidied up.
    m_player.reset();
    m_sequence = {};
    showMark();
    m_tile.showNotice(QStringLiteral("The sequence has been deleted"));
}

void WallPlace::drop() {
    m_tile.setFeed(nullptr);
    m_tile.setMissingCamera(0);
    m_gone = {};
    m_sequence = {};
    m_player.reset();
}

void WallPlace::take(SequencePlayer::Shown shown) {
    m_tile.setMissingCamera(shown.feed ? 0 : shown.camera.number);
    m_tile.setFeed(std::move(shown.feed));
    tellStatus();
    showMark();
}

void WallPlace::showMark() {
    m_tile.setMark(m_player               ? m_player->mark()
                   : m_sequence.isValid() ? QStringLiteral("SEQUENCE")
                   : m_isSpot             ? QStringLiteral("SPOT · the camera selected last")
                                          : QString{});
}

}  // namespace leedswatch::ui

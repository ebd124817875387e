#include "ui/wall/wall_page.h"

#include "ui/common/palette.h"
#include "ui/common/wall_drag.h"
#include "ui/wall/tile_words.h"

#include <QPainter>
#include <algorithm>

namespace leedswatch::ui {

namespace {

using namespace std::chrono_literals;

constexpr int gap = 4;
// States change by time going by; the verdicts leave this much of their three seconds to whoever looks.
constexpr auto checkEvery = 100ms;

}  // namespace

WallPage::WallPage(WallHub& hub, int number, QWidget* parent)
    : QWidget{parent},
      m_hub{hub},
      m_number{number},
      m_memory{hub.context().dataFolder, hub.context().acting.id, number},
      m_layout{WallLayout::find(m_memory.layout())},
      m_tileCommands{new TileCommands{hub.context(), *this, [this]() -> CameraTile& { return tile(m_selected); }}} {
    setObjectName(QStringLiteral("wallPage"));
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    makeTiles();
    connect(&hub, &WallHub::camerasChanged, this, [this] {
        std::for_each(m_places.begin(), m_places.end(), [](WallPlace& place) { place.camerasChanged(); });
        runViews();
    });
    connect(&hub, &WallHub::statusesChanged, this,
            [this] { std::for_each(m_places.begin(), m_places.end(), [](WallPlace& place) { place.tellStatus(); }); });
    connect(&hub.library(), &WallLibrary::changed, this, [this] {
        std::for_each(m_places.begin(), m_places.end(), [](WallPlace& place) { place.libraryChanged(); });
    });
    followHandRecordings();
    connect(&m_checkTimer, &QTimer::timeout, this, &WallPage::checkPlaces);
    m_checkTimer.setInterval(checkEvery);
    setLayoutAndContent(*m_layout, m_memory.content(tileCount()).value_or(estate::ViewContent{}), Before::Forgotten);
}

WallPage::~WallPage() {
    // The tiles outlive this body, and what their feeds need may not.
    takeFeeds().clear();
    m_places.clear();
}

void WallPage::followHandRecordings() {
    const auto& recordings = m_hub.recordings();
    connect(&recordings, &HandRecordings::changed, this,
            [this] { std::for_each(m_places.begin(), m_places.end(), [](WallPlace& place) { place.tellStatus(); }); });
    const auto tell = [this](estate::CameraId camera, const QString& notice) {
        std::for_each(m_places.begin(), m_places.end(), [&](WallPlace& place) { place.tell(camera, notice); });
    };
    connect(&recordings, &HandRecordings::began, this, [tell](estate::CameraId camera, base::UtcTime until) {
        tell(camera, QStringLiteral("Record now: on until %1").arg(hourAndMinute(until)));
    });
    connect(&recordings, &HandRecordings::ended, this,
            [tell](estate::CameraId camera) { tell(camera, QStringLiteral("Record now has ended")); });
}

void WallPage::makeTiles() {
    m_places.reserve(static_cast<std::size_t>(WallLayout::mostTiles()));
    for (int index = 0; index < WallLayout::mostTiles(); ++index) {
        auto* tile = new CameraTile{m_hub.context().clock, this};
        connect(tile, &CameraTile::pressed, this, [this, index] {
            Q_EMIT activated();
            selectTile(index);
        });
        connect(tile, &CameraTile::maximiseRequested, this, [this] { setMaximised(!m_maximised); });
        connect(tile, &CameraTile::menuRequested, this, &WallPage::showMenu);
        connect(tile, &CameraTile::dropped, this, [this, index](const WallDrag& drag) { drop(index, drag); });
        m_tiles.push_back(tile);
        m_places.emplace_back(m_hub, *tile);
    }
}

void WallPage::setTileCount(int count) {
    const WallLayout* layout = WallLayout::find(count);
    if (layout == nullptr || (layout == m_layout && !m_maximised)) {
        return;
    }
    setMaximised(false);
    if (layout == m_layout) {
        return;
    }
    remember();
    auto wanted = m_memory.content(count);
    if (!wanted) {
        wanted = content();
        if (count == 1) {
            wanted->tiles = {selected().content()};
        }
    }
    setLayoutAndContent(*layout, *wanted, Before::Forgotten);
    remember();
    announceSelection();
    Q_EMIT layoutChanged();
}

void WallPage::setLayoutAndContent(const WallLayout& layout, const estate::ViewContent& content, Before before) {
    for (WallPlace& place : m_places) {
        if (before == Before::Kept) {
            place.keepAsPrevious();
        } else {
            place.forgetPrevious();
        }
    }
    auto spare = takeFeeds();
    m_layout = &layout;
    m_selected = std::min(m_selected, tileCount() - 1);
    m_cell = layout.cellOf(m_selected);
    for (int index = 0; index < WallLayout::mostTiles(); ++index) {
        const bool isWanted = index < tileCount() && index < static_cast<int>(content.tiles.size());
        at(index).setContent(isWanted ? content.tiles[static_cast<std::size_t>(index)] : estate::ViewTile{}, spare);
    }
    markSelected();
    layOut();
}

void WallPage::open(const estate::ViewContent& view) {
    const auto& all = WallLayout::all();
    const auto layout =
        std::find_if(all.begin(), all.end(), [&](const WallLayout& each) { return each.tileCount() >= view.layout; });
    if (layout == all.end()) {
        return;
    }
    remember();
    setMaximised(false);
    setLayoutAndContent(*layout, view, Before::Kept);
    settle();
    Q_EMIT layoutChanged();
}

void WallPage::selectTile(int index) {
    if (index < 0 || index >= tileCount()) {
        return;
    }
    if (index != m_selected) {
        m_selected = index;
        m_cell = m_layout->cellOf(index);
        markSelected();
        if (m_maximised) {
            layOut();
        }
        announceSelection();
    }
    if (!selected().isSpot() && cameraNumber(m_selected) != 0) {
        Q_EMIT cameraPicked(cameraNumber(m_selected));
    }
}

void WallPage::setActive(bool active) {
    m_isActive = active;
    markSelected();
}

void WallPage::setMaximised(bool maximised) {
    if (maximised && (tileCount() == 1 || cameraNumber(m_selected) == 0)) {
        return;
    }
    if (std::exchange(m_maximised, maximised) != maximised) {
        layOut();
    }
}

void WallPage::showCamera(int number) {
    if (selected().showCamera(number)) {
        settle();
    }
}

void WallPage::showSequence(estate::SequenceId id) {
    selected().keepAsPrevious();
    selected().showSequence(id);
    runViews();
    settle();
}

void WallPage::showPrevious() {
    if (selected().showPrevious()) {
        settle();
    } else {
        tile(m_selected).showNotice(QStringLiteral("Nothing was here before"));
    }
}

void WallPage::clearTile() {
    selected().clear();
    setMaximised(false);
    settle();
}

void WallPage::toggleSequencePause() {
    selected().toggleSequencePause();
}

void WallPage::stepSequence(int steps) {
    selected().stepSequence(steps);
    announceSelection();
}

void WallPage::toggleSpot() {
    const bool becomes = !selected().isSpot();
    for (WallPlace& place : m_places) {
        if (place.isSpot()) {
            place.setSpot(false);
        }
    }
    if (becomes) {
        selected().setSpot(true);
    }
    remember();
}

void WallPage::showInSpot(int number) {
    for (int index = 0; index < tileCount(); ++index) {
        if (at(index).isSpot() && cameraNumber(index) != number) {
            at(index).showCamera(number);
            remember();
        }
    }
}

void WallPage::swapTiles(int one, int other) {
    if (one != other && one >= 0 && other >= 0 && one < tileCount() && other < tileCount()) {
        at(one).exchange(at(other));
        settle();
    }
}

estate::ViewContent WallPage::content() const {
    estate::ViewContent content{tileCount(), {}};
    for (int index = 0; index < tileCount(); ++index) {
        content.tiles.push_back(place(index).content());
    }
    return content;
}

SpareFeeds WallPage::takeFeeds() {
    SpareFeeds feeds;
    for (WallPlace& place : m_places) {
        if (auto feed = place.takeFeed()) {
            feeds.push_back(std::move(feed));
        }
    }
    return feeds;
}

void WallPage::markSelected() {
    for (int index = 0; index < WallLayout::mostTiles(); ++index) {
        tile(index).setSelected(m_isActive && index == m_selected);
    }
}

void WallPage::layOut() {
    for (int index = 0; index < WallLayout::mostTiles(); ++index) {
        const bool isThere = index < tileCount();
        const bool alone = m_maximised && index == m_selected;
        if (isThere) {
            tile(index).setGeometry(alone ? rect().adjusted(gap, gap, -gap, -gap)
                                          : m_layout->tileRect(index, size(), gap));
        }
        tile(index).setVisible(isThere && (!m_maximised || alone));
    }
    runViews();
    update();
}

void WallPage::runViews() {
    for (WallPlace& place : m_places) {
        place.run(m_isShown && place.tile().isVisible());
    }
}

void WallPage::checkPlaces() {
    for (int index = 0; index < tileCount(); ++index) {
        if (at(index).check() && index == m_selected) {
            announceSelection();
        }
    }
}

void WallPage::settle() {
    remember();
    announceSelection();
    if (!selected().isSpot() && cameraNumber(m_selected) != 0) {
        Q_EMIT cameraPicked(cameraNumber(m_selected));
    }
}

void WallPage::remember() {
    m_memory.setLayout(tileCount());
    m_memory.setContent(content());
}

void WallPage::announceSelection() {
    Q_EMIT cameraSelected(cameraNumber(m_selected));
}

void WallPage::resizeEvent(QResizeEvent* /*event*/) {
    layOut();
}

void WallPage::showEvent(QShowEvent* /*event*/) {
    m_isShown = true;
    m_checkTimer.start();
    // Shown children are not yet visible inside this event.
    QMetaObject::invokeMethod(this, &WallPage::layOut, Qt::QueuedConnection);
}

void WallPage::hideEvent(QHideEvent* /*event*/) {
    m_isShown = false;
    m_checkTimer.stop();
    runViews();
}

void WallPage::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter{this};
    painter.fillRect(rect(), palette::window);
}

}  // namespace leedswatch::ui

#include "ui/wall/wall_page.h"

#include "ui/common/palette.h"
#include "ui/common/text.h"
#include "ui/common/wall_drag.h"

#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace leedswatch::ui {

namespace {

using namespace std::chrono_literals;

constexpr int gap = 4;
// States change by time going by; the verdicts leave this much of their three seconds to whoever looks.
constexpr auto checkEvery = 100ms;
// A tile wider than this shows more than a sub stream has.
constexpr int widestForSub = 800;

int columnsOf(int tileCount) {
    return static_cast<int>(std::lround(std::sqrt(tileCount)));
}

}  // namespace

WallPage::WallPage(ConsoleContext& context, QWidget* parent)
    : QWidget{parent},
      m_context{context},
      m_source{context.clock, context.dataFolder, m_retired},
      m_memory{context.dataFolder, context.acting.id},
      m_camerasFeed{context.feed, {"cameras"}, this},
      m_statusFeed{context.feed, {"camera_status"}, this},
      m_worker{*this} {
    setObjectName(QStringLiteral("wallPage"));
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    makeTiles();
    connect(&m_camerasFeed, &FeedListener::changed, this, &WallPage::camerasChanged);
    connect(&m_statusFeed, &FeedListener::changed, this, &WallPage::statusesChanged);
    connect(&m_checkTimer, &QTimer::timeout, this, &WallPage::checkViews);
    m_checkTimer.setInterval(checkEvery);
    fill(m_memory.cameras(m_tileCount), {});
    tile(m_selected).setSelected(true);
    statusesChanged();
}

WallPage::~WallPage() {
    // The tiles outlive this body, and what their feeds need does not.
    takeFeeds().clear();
}

void WallPage::makeTiles() {
    for (int index = 0; index < mostTiles; ++index) {
        auto* tile = new CameraTile{m_context.clock, this};
        tile->setVisible(index < m_tileCount);
        connect(tile, &CameraTile::pressed, this, [this, index] { selectTile(index); });
        connect(tile, &CameraTile::maximiseRequested, this, [this] { setMaximised(!m_maximised); });
        connect(tile, &CameraTile::menuRequested, this, &WallPage::showMenu);
        connect(tile, &CameraTile::dropped, this, [this, index](const WallDrag& drag) {
            const auto place = std::find(m_tiles.begin(), m_tiles.end(), drag.from);
            if (drag.kind == WallDrag::Kind::Tile && place != m_tiles.end()) {
                swapTiles(static_cast<int>(place - m_tiles.begin()), index);
                selectTile(index);
            }
        });
        m_tiles.push_back(tile);
    }
}

void WallPage::setTileCount(int count) {
    if (count != 1 && count != 4 && count != 9 && count != mostTiles) {
        return;
    }
    if (count == m_tileCount && !m_maximised) {
        return;
    }
    setMaximised(false);
    remember();
    QList<int> wanted = m_memory.cameras(count);
    if (wanted.isEmpty()) {
        wanted = numbers();
        if (count == 1) {
            wanted = {cameraNumber(m_selected)};
        }
    }
    auto spare = takeFeeds();
    m_tileCount = count;
    m_selected = std::min(m_selected, count - 1);
    fill(wanted, std::move(spare));
    for (int index = 0; index < mostTiles; ++index) {
        tile(index).setSelected(index == m_selected);
    }
    layOut();
    remember();
    announceSelection();
}

void WallPage::selectTile(int index) {
    if (index < 0 || index >= m_tileCount || index == m_selected) {
        return;
    }
    tile(m_selected).setSelected(false);
    m_selected = index;
    tile(m_selected).setSelected(true);
    if (m_maximised) {
        layOut();
    }
    announceSelection();
}

void WallPage::showCamera(int number) {
    auto feed = makeFeed(number);
    if (!feed) {
        return;
    }
    if (cameraNumber(m_selected) == number) {
        return;
    }
    tile(m_selected).setFeed(std::move(feed));
    tellTiles();
    runViews();
    remember();
    announceSelection();
}

void WallPage::clearTile() {
    tile(m_selected).setFeed(nullptr);
    setMaximised(false);
    remember();
    announceSelection();
}

void WallPage::swapTiles(int one, int other) {
    if (one == other || one >= m_tileCount || other >= m_tileCount || one < 0 || other < 0) {
        return;
    }
    tile(one).setFeed(tile(other).setFeed(tile(one).setFeed(nullptr)));
    tellTiles();
    runViews();
    remember();
    announceSelection();
}

void WallPage::setMaximised(bool maximised) {
    if (maximised && (m_tileCount == 1 || cameraNumber(m_selected) == 0)) {
        return;
    }
    if (std::exchange(m_maximised, maximised) != maximised) {
        layOut();
    }
}

int WallPage::cameraNumber(int index) const {
    const TileFeed* feed = tile(index).feed();
    return feed == nullptr ? 0 : feed->camera().number;
}

QList<int> WallPage::numbers() const {
    QList<int> all;
    for (int index = 0; index < m_tileCount; ++index) {
        all.append(cameraNumber(index));
    }
    return all;
}

std::unique_ptr<TileFeed> WallPage::makeFeed(int number) {
    auto camera = m_context.cameras.find(number);
    if (!camera) {
        const bool unknown = camera.error().code == base::ErrorCode::NotFound;
        tile(m_selected)
            .showNotice(unknown ? QStringLiteral("There is no camera %1").arg(number) : sentenceOf(camera.error()));
        return nullptr;
    }
    return std::make_unique<TileFeed>(m_source, std::move(*camera));
}

std::vector<std::unique_ptr<TileFeed>> WallPage::takeFeeds() {
    std::vector<std::unique_ptr<TileFeed>> feeds;
    for (CameraTile* tile : m_tiles) {
        if (auto feed = tile->setFeed(nullptr)) {
            feeds.push_back(std::move(feed));
        }
    }
    return feeds;
}

void WallPage::fill(const QList<int>& wanted, std::vector<std::unique_ptr<TileFeed>> spare) {
    // A camera that is on the wall already keeps its running view.
    for (int index = 0; index < std::min<int>(m_tileCount, static_cast<int>(wanted.size())); ++index) {
        const int number = wanted[index];
        const auto running = std::find_if(
            spare.begin(), spare.end(), [number](const auto& feed) { return feed && feed->camera().number == number; });
        if (running != spare.end()) {
            tile(index).setFeed(std::move(*running));
        } else if (auto camera =
                       number == 0 ? base::fail(base::ErrorCode::NotFound, {}) : m_context.cameras.find(number)) {
            tile(index).setFeed(std::make_unique<TileFeed>(m_source, std::move(*camera)));
        }
    }
    tellTiles();
}

void WallPage::layOut() {
    const int columns = columnsOf(m_tileCount);
    const auto edge = [](int length, int part, int parts) { return gap + (length - gap) * part / parts; };
    for (int index = 0; index < mostTiles; ++index) {
        const bool alone = m_maximised && index == m_selected;
        const int left = edge(width(), index % columns, columns);
        const int top = edge(height(), index / columns, columns);
        const int right = edge(width(), index % columns + 1, columns) - gap;
        const int bottom = edge(height(), index / columns + 1, columns) - gap;
        tile(index).setGeometry(alone ? rect().adjusted(gap, gap, -gap, -gap)
                                      : QRect{left, top, right - left, bottom - top});
        tile(index).setVisible(index < m_tileCount && (!m_maximised || alone));
    }
    runViews();
    update();
}

void WallPage::runViews() {
    for (CameraTile* tile : m_tiles) {
        if (tile->feed() == nullptr) {
            continue;
        }
        if (!isVisible() || !tile->isVisible()) {
            tile->feed()->suspend();
            continue;
        }
        const QSize box = tile->pictureBox();
        const bool large = m_maximised || m_tileCount <= 4 || box.width() > widestForSub;
        tile->feed()->show(box, large ? video::StreamKind::Main : video::StreamKind::Sub);
    }
}

void WallPage::checkViews() {
    for (CameraTile* tile : m_tiles) {
        if (tile->feed() != nullptr) {
            tile->feed()->check();
        }
    }
}

void WallPage::remember() {
    m_memory.setCameras(m_tileCount, numbers());
}

void WallPage::announceSelection() {
    Q_EMIT cameraSelected(cameraNumber(m_selected));
}

void WallPage::camerasChanged() {
    for (CameraTile* tile : m_tiles) {
        if (TileFeed* feed = tile->feed()) {
            auto camera = m_context.cameras.find(feed->camera().number);
            // A number that was given to another camera is another camera: the tile takes it as a whole.
            if (camera && camera->id == feed->camera().id) {
                feed->setCamera(std::move(*camera));
                tile->update();
            } else if (camera) {
                tile->setFeed(std::make_unique<TileFeed>(m_source, std::move(*camera)));
            } else if (camera.error().code == base::ErrorCode::NotFound) {
                tile->setFeed(nullptr);
            }
        }
    }
    tellTiles();
    runViews();
}

void WallPage::statusesChanged() {
    m_worker.run([&cameras = m_context.cameras] { return cameras.statuses(); },
                 [this](base::Result<std::vector<estate::CameraStatus>> statuses) {
                     if (!statuses) {
                         return;
                     }
                     m_statuses.clear();
                     for (estate::CameraStatus& status : *statuses) {
                         m_statuses.insert_or_assign(status.camera, std::move(status));
                     }
                     tellTiles();
                 });
}

void WallPage::tellTiles() {
    for (CameraTile* tile : m_tiles) {
        if (tile->feed() == nullptr) {
            continue;
        }
        const auto status = m_statuses.find(tile->feed()->camera().id);
        tile->setStationStatus(status == m_statuses.end() ? std::nullopt : std::optional{status->second});
    }
}

std::optional<int> WallPage::selectionAfter(int key) const {
    const int columns = columnsOf(m_tileCount);
    const int row = m_selected / columns;
    switch (key) {
        case Qt::Key_Left: return std::max(m_selected - 1, 0);
        case Qt::Key_Right: return std::min(m_selected + 1, m_tileCount - 1);
        case Qt::Key_Up: return row > 0 ? m_selected - columns : m_selected;
        case Qt::Key_Down: return row < columns - 1 ? m_selected + columns : m_selected;
        default: return std::nullopt;
    }
}

void WallPage::keyPressEvent(QKeyEvent* event) {
    if (const auto selection = selectionAfter(event->key())) {
        selectTile(*selection);
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        setMaximised(!m_maximised);
    } else if (event->key() == Qt::Key_Escape && m_maximised) {
        setMaximised(false);
    } else if (event->key() == Qt::Key_Delete) {
        clearTile();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void WallPage::showMenu(const QPoint& globalPosition) {
    const int number = cameraNumber(m_selected);
    if (number == 0) {
        return;
    }
    auto* menu = new QMenu{this};
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(QStringLiteral("Recordings of camera %1").arg(number), this,
                    [this, number] { Q_EMIT playbackRequested(number); });
    if (m_tileCount > 1) {
        menu->addAction(m_maximised ? QStringLiteral("Back to the wall") : QStringLiteral("Enlarge"), this,
                        [this] { setMaximised(!m_maximised); });
    }
    menu->addAction(QStringLiteral("Empty this tile"), this, &WallPage::clearTile);
    menu->popup(globalPosition);
}

void WallPage::resizeEvent(QResizeEvent* /*event*/) {
    layOut();
}

void WallPage::showEvent(QShowEvent* /*event*/) {
    m_checkTimer.start();
    // Shown children are not yet visible inside this event.
    QMetaObject::invokeMethod(this, &WallPage::layOut, Qt::QueuedConnection);
}

void WallPage::hideEvent(QHideEvent* /*event*/) {
    m_checkTimer.stop();
    runViews();
}

void WallPage::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter{this};
    painter.fillRect(rect(), palette::window);
}

}  // namespace leedswatch::ui

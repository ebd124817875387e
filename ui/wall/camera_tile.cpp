#include "ui/wall/camera_tile.h"

#include "ui/common/wall_drag.h"
#include "ui/wall/tile_words.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QDrag>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QMouseEvent>

namespace leedswatch::ui {

namespace {

using namespace std::chrono_literals;

constexpr auto noticeFor = 5s;

}  // namespace

CameraTile::CameraTile(const base::Clock& clock, QWidget* parent) : QWidget{parent}, m_clock{clock} {
    setObjectName(QStringLiteral("cameraTile"));
    // Every pixel is painted here, so that Qt need not paint what lies behind at every picture.
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAttribute(Qt::WA_NoSystemBackground);
    setAcceptDrops(true);
    m_noticeTimer.setSingleShot(true);
    m_noticeTimer.setInterval(noticeFor);
    connect(&m_noticeTimer, &QTimer::timeout, this, [this] {
        m_notice.clear();
        update();
    });
}

std::unique_ptr<TileFeed> CameraTile::setFeed(std::unique_ptr<TileFeed> feed) {
    if (m_feed) {
        m_feed->disconnect(this);
    }
    std::swap(m_feed, feed);
    m_station.reset();
    m_notice.clear();
    if (m_feed) {
        // A picture dirties only the picture: the strip is painted again when what it says is another.
        connect(m_feed.get(), &TileFeed::pictureArrived, this, [this] { update(pictureRect()); });
        connect(m_feed.get(), &TileFeed::stateChanged, this, [this] { update(); });
    }
    update();
    return feed;
}

void CameraTile::setSelected(bool selected) {
    if (std::exchange(m_selected, selected) != selected) {
        update();
    }
}

void CameraTile::setStationStatus(std::optional<estate::CameraStatus> status) {
    m_station = std::move(status);
    update();
}

void CameraTile::setMark(const QString& text) {
    if (m_mark != text) {
        m_mark = text;
        update();
    }
}

void CameraTile::setMissingCamera(int number) {
    if (std::exchange(m_missingCamera, number) != number) {
        update();
    }
}

void CameraTile::showNotice(const QString& text) {
    m_notice = text;
    m_noticeTimer.start();
    update();
}

QSize CameraTile::pictureBox() const {
    const QSizeF size = QSizeF{pictureRect().size()} * devicePixelRatioF();
    return size.toSize().expandedTo({16, 16});
}

QString CameraTile::stateText() const {
    return m_feed ? stateAndAge(knownVerdict(m_feed->status(), m_station)) : QString{};
}

QString CameraTile::causeText() const {
    return m_feed ? causeWords(m_feed->status(), m_station) : QString{};
}

bool CameraTile::isLive() const {
    return m_feed && m_feed->status().verdict.state == video::LiveState::Live;
}

void CameraTile::mousePressEvent(QMouseEvent* event) {
    Q_EMIT pressed();
    m_pressedAt = event->button() == Qt::LeftButton ? std::optional{event->pos()} : std::nullopt;
    // The wall takes the focus, and with it the keys.
    event->ignore();
}

void CameraTile::mouseMoveEvent(QMouseEvent* event) {
    const bool pulled = m_pressedAt && (event->buttons() & Qt::LeftButton) != 0 &&
                        (event->pos() - *m_pressedAt).manhattanLength() >= QApplication::startDragDistance();
    if (!pulled || !m_feed) {
        return;
    }
    m_pressedAt.reset();
    auto* drag = new QDrag{this};
    drag->setMimeData(mimeOfTile());
    drag->setPixmap(grab(stripRect()));
    drag->exec(Qt::MoveAction | Qt::CopyAction, Qt::MoveAction);
}

void CameraTile::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) {
        Q_EMIT maximiseRequested();
    }
}

void CameraTile::contextMenuEvent(QContextMenuEvent* event) {
    Q_EMIT pressed();
    Q_EMIT menuRequested(event->globalPos());
}

void CameraTile::dragEnterEvent(QDragEnterEvent* event) {
    if (isWallDrag(*event) && event->source() != this) {
        m_dropTarget = true;
        event->acceptProposedAction();
        update();
    }
}

void CameraTile::dragMoveEvent(QDragMoveEvent* event) {
    // Ctrl may be pressed and let go on the way.
    event->acceptProposedAction();
}

void CameraTile::dragLeaveEvent(QDragLeaveEvent* /*event*/) {
    m_dropTarget = false;
    update();
}

void CameraTile::dropEvent(QDropEvent* event) {
    m_dropTarget = false;
    update();
    if (isWallDrag(*event)) {
        event->acceptProposedAction();
        Q_EMIT dropped(wallDragOf(*event));
    }
}

}  // namespace leedswatch::ui

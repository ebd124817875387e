#include "ui/wall/camera_tile.h"

#include "ui/common/wall_drag.h"
#include "ui/wall/tile_words.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QDrag>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QMouseEvent>
#include <algorithm>
#include <cmath>

namespace leedswatch::ui {

namespace {

using namespace std::chrono_literals;

constexpr auto noticeFor = 5s;
constexpr auto readingTime = 100ms;  // of a letter
constexpr auto inspectEvery = 1000ms;
constexpr double zoomPerStep = 1.25;

}  // namespace

CameraTile::CameraTile(const base::Clock& clock, QWidget* parent) : QWidget{parent}, m_clock{clock} {
    setObjectName(QStringLiteral("cameraTile"));
    // Every pixel is painted here, so that Qt need not paint what lies behind at every picture.
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAttribute(Qt::WA_NoSystemBackground);
    setAcceptDrops(true);
    m_noticeTimer.setSingleShot(true);
    m_inspectorTimer.setInterval(inspectEvery);
    connect(&m_inspectorTimer, &QTimer::timeout, this, [this] {
        readStationMeasures();
        update(pictureRect());
    });
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
    m_recording.reset();
    m_notice.clear();
    m_pannedFrom.reset();
    m_paintedAfter.reset();
    if (feed) {
        feed->setMeasured(false);
    }
    if (m_feed) {
        m_feed->setMeasured(m_inspected);
        // A picture dirties only the picture: the strip is painted again when what it says is another.
        connect(m_feed.get(), &TileFeed::pictureArrived, this, [this] { update(pictureRect()); });
        connect(m_feed.get(), &TileFeed::stateChanged, this, [this] { update(); });
        connect(m_feed.get(), &TileFeed::noticed, this, &CameraTile::showNotice);
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

void CameraTile::setHandRecording(std::optional<HandRecordings::Recording> recording) {
    if (std::exchange(m_recording, recording) != recording) {
        update();
    }
}

QString CameraTile::recordingMark() const {
    if (!m_recording) {
        return {};
    }
    const QString until = QStringLiteral("REC until %1").arg(hourAndMinute(m_recording->until));
    return m_recording->isWritten ? until : until + QStringLiteral(" · nothing is recorded yet");
}

void CameraTile::setMissingCamera(int number) {
    if (std::exchange(m_missingCamera, number) != number) {
        update();
    }
}

void CameraTile::showNotice(const QString& text) {
    m_notice = text;
    // What is longer takes longer to read.
    m_noticeTimer.start(std::max<std::chrono::milliseconds>(noticeFor, text.size() * readingTime));
    update();
}

QSize CameraTile::pictureBox() const {
    const QSizeF size = QSizeF{pictureRect().size()} * devicePixelRatioF();
    return size.toSize().expandedTo({16, 16});
}

QString CameraTile::stateText() const {
    if (m_feed && m_feed->replay() != nullptr) {
        return QStringLiteral("REPLAY %1").arg(m_feed->replay()->ageWords()).trimmed();
    }
    return m_feed ? stateAndAge(knownVerdict(m_feed->status(), m_station)) : QString{};
}

QString CameraTile::causeText() const {
    return m_feed ? causeWords(m_feed->status(), m_station) : QString{};
}

bool CameraTile::isLive() const {
    return m_feed && m_feed->status().verdict.state == video::LiveState::Live;
}

bool CameraTile::isZoomed() const {
    return m_feed && !m_feed->region().isWhole();
}

void CameraTile::zoomBy(double factor) {
    if (m_feed && m_feed->picture()) {
        m_feed->setRegion(m_feed->region().zoomedBy(factor, 0.5, 0.5));
    }
}

void CameraTile::pan(double right, double down) {
    if (isZoomed()) {
        m_feed->setRegion(m_feed->region().movedBy(right, down));
    }
}

void CameraTile::resetZoom() {
    if (m_feed) {
        m_feed->setRegion({});
    }
}

void CameraTile::setInspected(bool inspected) {
    m_inspected = inspected;
    m_paintedAfter.reset();
    if (m_feed) {
        m_feed->setMeasured(inspected);
    }
    inspected ? m_inspectorTimer.start() : m_inspectorTimer.stop();
    update();
}

void CameraTile::readStationMeasures() {
    if (!m_feed) {
        return;
    }
    if (!m_worker) {
        m_worker = std::make_unique<Worker>(*this);
    }
    m_worker->run(
        [database = &m_feed->source().context.database, camera = m_feed->camera().id] {
            StationMeasures found{camera, {}, {}};
            estate::StreamMeasurements measurements{*database};
            // What cannot be read is not known.
            for (const auto& stream : measurements.streams().value_or(std::vector<estate::StreamMeasurement>{})) {
                if (stream.camera == camera) {
                    found.streams.push_back(stream);
                }
            }
            for (const auto& clock : measurements.clocks().value_or(std::vector<estate::ClockOffset>{})) {
                if (clock.camera == camera) {
                    found.clock = clock;
                }
            }
            return found;
        },
        [this](StationMeasures found) { m_stationMeasures = std::move(found); });
}

QStringList CameraTile::inspectorLines() const {
    if (!m_feed) {
        return {};
    }
    InspectorFacts facts;
    facts.isSub = m_feed->shownKind() == video::StreamKind::Sub;
    facts.status = m_feed->status();
    facts.measure = m_feed->view() ? m_feed->view()->measure() : std::nullopt;
    facts.paintedAfter = m_paintedAfter;
    if (m_stationMeasures.camera == m_feed->camera().id) {
        facts.clock = m_stationMeasures.clock;
        for (const auto& stream : m_stationMeasures.streams) {
            if (stream.isSub == facts.isSub) {
                facts.station = stream;
            }
        }
    }
    return ui::inspectorLines(facts);
}

void CameraTile::wheelEvent(QWheelEvent* event) {
    if (!m_feed || !m_feed->picture() || !pictureRect().contains(event->position().toPoint())) {
        event->ignore();
        return;
    }
    const QRectF shown = shownPictureRect();
    const QPointF place = event->position() - shown.topLeft();
    const double x = std::clamp(place.x() / shown.width(), 0.0, 1.0);
    const double y = std::clamp(place.y() / shown.height(), 0.0, 1.0);
    const double factor = std::pow(zoomPerStep, event->angleDelta().y() / 120.0);
    m_feed->setRegion(m_feed->region().zoomedBy(factor, x, y));
    event->accept();
}

void CameraTile::panTo(const QPoint& position) {
    const QRect shown = shownPictureRect();
    const QPoint by = *m_pannedFrom - position;
    m_pannedFrom = position;
    pan(static_cast<double>(by.x()) / std::max(shown.width(), 1),
        static_cast<double>(by.y()) / std::max(shown.height(), 1));
}

void CameraTile::mousePressEvent(QMouseEvent* event) {
    Q_EMIT pressed();
    // A zoomed picture is moved by hand; the tile itself is still dragged by its strip.
    const bool isLeft = event->button() == Qt::LeftButton;
    const bool movesPicture = isLeft && isZoomed() && m_feed->picture() && pictureRect().contains(event->pos());
    m_pannedFrom = movesPicture ? std::optional{event->pos()} : std::nullopt;
    m_pressedAt = isLeft && !movesPicture ? std::optional{event->pos()} : std::nullopt;
    // The wall takes the focus, and with it the keys.
    event->ignore();
}

void CameraTile::mouseReleaseEvent(QMouseEvent* event) {
    m_pannedFrom.reset();
    QWidget::mouseReleaseEvent(event);
}

void CameraTile::mouseMoveEvent(QMouseEvent* event) {
    if (m_pannedFrom && m_feed && m_feed->picture()) {
        panTo(event->pos());
        return;
    }
    const bool pulled = m_pressedAt && (event->buttons() & Qt::LeftButton) != 0 &&
                        (event->pos() - *m_pressedAt).manhattanLength() >= QApplication::startDragDistance();
    if (!pulled || !m_feed) {
        return;
    }
    startTileDrag();
}

void CameraTile::startTileDrag() {
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

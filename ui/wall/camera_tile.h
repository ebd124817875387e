#pragma once

#include "estate/camera.h"
#include "estate/stream_measurements.h"
#include "ui/common/worker.h"
#include "ui/wall/hand_recordings.h"
#include "ui/wall/tile_feed.h"

#include <QImage>
#include <QString>
#include <QStringList>
#include <QTimer>
#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

namespace leedswatch::ui {

struct WallDrag;

/// One place on the wall. It shows what its feed says and nothing else: the camera's number and name, the picture in
/// its true shape, and whether that picture is live. A picture that is not live stays, dimmed, hatched and dated.
class CameraTile final : public QWidget {
    Q_OBJECT

public:
    CameraTile(const base::Clock& clock, QWidget* parent);

    /// The feed as a whole; null empties the tile. What was there before is returned.
    std::unique_ptr<TileFeed> setFeed(std::unique_ptr<TileFeed> feed);
    [[nodiscard]] const TileFeed* feed() const { return m_feed.get(); }
    [[nodiscard]] TileFeed* feed() { return m_feed.get(); }

    void setSelected(bool selected);
    [[nodiscard]] bool isSelected() const { return m_selected; }
    /// What the station says of the feed's camera.
    void setStationStatus(std::optional<estate::CameraStatus> status);
    /// What the tile is besides a camera's place, in a line under its strip: "SPOT", or "SEQUENCE", name, place and
    /// time left. Empty: nothing.
    void setMark(const QString& text);
    [[nodiscard]] const QString& mark() const { return m_mark; }
    /// That somebody has the camera recorded by hand: a red mark in the same line, or an amber one while nothing is
    /// written.
    void setHandRecording(std::optional<HandRecordings::Recording> recording);
    /// "REC until 03:14", or why not yet; empty: nobody has.
    [[nodiscard]] QString recordingMark() const;
    /// For a tile without a feed: the number of a camera that it is kept for and that the estate no longer has; 0:
    /// none.
    void setMissingCamera(int number);
    [[nodiscard]] int missingCamera() const { return m_missingCamera; }
    /// A message over the strip that goes by itself after some seconds; the picture goes on below.
    void showNotice(const QString& text);
    [[nodiscard]] const QString& notice() const { return m_notice; }

    /// The digital zoom, about the middle of what is shown; true to the pixel while a picture stands. Nothing happens
    /// without a picture.
    void zoomBy(double factor);
    /// By shares of what is shown.
    void pan(double right, double down);
    void resetZoom();
    /// Codec, rates, losses and times of the stream, as an overlay.
    void setInspected(bool inspected);
    [[nodiscard]] bool isInspected() const { return m_inspected; }
    /// What the inspector says: a name and its value, tab between them, in each line.
    [[nodiscard]] QStringList inspectorLines() const;

    /// The room for the picture, in pixels of the screen.
    [[nodiscard]] QSize pictureBox() const;
    /// "OFFLINE 2 min", "REPLAY −23 s": as painted.
    [[nodiscard]] QString stateText() const;
    [[nodiscard]] QString causeText() const;

Q_SIGNALS:
    void pressed();
    void maximiseRequested();
    void menuRequested(const QPoint& globalPosition);
    void dropped(const leedswatch::ui::WallDrag& drag);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    [[nodiscard]] int numberSize() const;
    [[nodiscard]] QRect stripRect() const;
    [[nodiscard]] QRect markRect() const;
    [[nodiscard]] QRect pictureRect() const;
    [[nodiscard]] QRect shownPictureRect() const;
    [[nodiscard]] bool isLive() const;
    [[nodiscard]] bool isZoomed() const;
    void startTileDrag();
    void panTo(const QPoint& position);
    /// How the marks of the tile are set, made once for its font.
    [[nodiscard]] int captionSize() const;

    void paintStrip(QPainter& painter) const;
    [[nodiscard]] QString chipWord() const;
    [[nodiscard]] QFont chipFont() const;
    [[nodiscard]] QRect chipRect() const;
    [[nodiscard]] QRect nameRect() const;
    struct NameLines {
        QStringList lines;
        QFont font;
        bool isWhole = true;  ///< nothing of it is left out
    };
    [[nodiscard]] NameLines nameLines(const QString& words, QFont::Weight weight) const;
    [[nodiscard]] bool isNoticeInStrip() const;
    void paintChip(QPainter& painter) const;
    void paintName(QPainter& painter) const;
    void paintNotice(QPainter& painter) const;
    void paintMark(QPainter& painter) const;
    [[nodiscard]] int paintRecording(QPainter& painter, const QRect& room) const;
    void paintPicture(QPainter& painter, const QRegion& dirty) const;
    void paintNotLive(QPainter& painter) const;
    void paintBanner(QPainter& painter) const;
    void paintOverlays(QPainter& painter) const;
    void paintReplay(QPainter& painter) const;
    [[nodiscard]] int unmaskedHeight() const;
    void paintUnmasked(QPainter& painter) const;
    void paintZoom(QPainter& painter) const;
    void paintNoPicture(QPainter& painter) const;
    void paintInspector(QPainter& painter) const;
    void paintEmpty(QPainter& painter) const;
    void paintFrame(QPainter& painter) const;

    const base::Clock& m_clock;
    std::unique_ptr<TileFeed> m_feed;
    std::optional<estate::CameraStatus> m_station;
    std::optional<HandRecordings::Recording> m_recording;
    bool m_selected = false;
    bool m_dropTarget = false;
    QString m_mark;
    int m_missingCamera = 0;
    QString m_notice;
    QTimer m_noticeTimer;
    std::optional<QPoint> m_pressedAt;
    std::optional<QPoint> m_pannedFrom;  ///< the zoomed picture hangs on the pointer
    bool m_inspected = false;
    /// What the station measured of the camera, for the inspector.
    struct StationMeasures {
        estate::CameraId camera;
        std::vector<estate::StreamMeasurement> streams;
        std::optional<estate::ClockOffset> clock;
    };
    void readStationMeasures();

    QTimer m_inspectorTimer;
    StationMeasures m_stationMeasures;
    // How long ago the last byte of the picture was here when it was painted.
    mutable std::optional<std::chrono::microseconds> m_paintedAfter;
    mutable std::int64_t m_paintedNumber = 0;
    std::unique_ptr<Worker> m_worker;  ///< reads for the inspector; null until that is first asked for
};

}  // namespace leedswatch::ui

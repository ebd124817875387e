#pragma once

#include "estate/camera.h"
#include "ui/wall/tile_feed.h"

#include <QImage>
#include <QString>
#include <QTimer>
#include <QWidget>
#include <memory>
#include <optional>

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
    /// For a tile without a feed: the number of a camera that it is kept for and that the estate no longer has; 0:
    /// none.
    void setMissingCamera(int number);
    [[nodiscard]] int missingCamera() const { return m_missingCamera; }
    /// A message over the strip that goes by itself after some seconds; the picture goes on below.
    void showNotice(const QString& text);
    [[nodiscard]] const QString& notice() const { return m_notice; }

    /// The room for the picture, in pixels of the screen.
    [[nodiscard]] QSize pictureBox() const;
    /// "OFFLINE 2 min": as painted.
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

    void paintStrip(QPainter& painter) const;
    void paintChip(QPainter& painter, const QRect& strip, int& right) const;
    void paintName(QPainter& painter, const QRect& room) const;
    void paintMark(QPainter& painter) const;
    void paintPicture(QPainter& painter, const QRegion& dirty) const;
    void paintNotLive(QPainter& painter) const;
    void paintBanner(QPainter& painter) const;
    void paintEmpty(QPainter& painter) const;
    void paintFrame(QPainter& painter) const;

    const base::Clock& m_clock;
    std::unique_ptr<TileFeed> m_feed;
    std::optional<estate::CameraStatus> m_station;
    bool m_selected = false;
    bool m_dropTarget = false;
    QString m_mark;
    int m_missingCamera = 0;
    QString m_notice;
    QTimer m_noticeTimer;
    std::optional<QPoint> m_pressedAt;
};

}  // namespace leedswatch::ui

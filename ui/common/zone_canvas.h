#pragma once

#include "estate/privacy_zone.h"

#include <QImage>
#include <QPointF>
#include <QString>
#include <QWidget>
#include <optional>
#include <utility>
#include <vector>

namespace leedswatch::ui {

/// What a zone says of the part of the picture in it: that it is hidden, that it counts (green), or that it is ignored
/// (red and hatched).
enum class ZoneLook { Hidden, Counts, Ignored };

struct CanvasZone {
    std::vector<estate::ZonePoint> corners;
    ZoneLook look = ZoneLook::Hidden;
    bool operator==(const CanvasZone&) const = default;
};

/// A person who stands in the picture, drawn as tall as is asked for; what lies on the head can be dragged.
struct CanvasFigure {
    estate::ZonePoint foot;
    int height = 0;  ///< ten-thousandths of the picture's height
    QString name;
};

/// A still picture on which zones are drawn by hand: a click sets a corner, a double click or Enter closes the zone, a
/// corner or a figure's head is dragged, Delete takes the chosen zone away, Backspace the last corner of the one that
/// is being drawn, Esc all of it. By keyboard: the arrows move a cross (with Shift by little), Space clicks there, and
/// what it picks up goes with the cross until Space sets it down.
class ZoneCanvas final : public QWidget {
    Q_OBJECT

public:
    explicit ZoneCanvas(QWidget* parent);

    void setStill(const QImage& still);
    [[nodiscard]] const QImage& still() const { return m_still; }
    /// What is said where there is no still.
    void setEmptyText(const QString& text);
    void setZones(std::vector<CanvasZone> zones);
    [[nodiscard]] const std::vector<CanvasZone>& zones() const { return m_zones; }
    /// The next click sets the first corner of a zone of that look, even inside another zone. Without it a click in a
    /// zone chooses it, and one beside all zones begins a zone of the look that was wanted last.
    void beginZone(ZoneLook look);
    /// The first corner is waited for.
    [[nodiscard]] bool isBeginning() const { return m_isBeginning; }
    /// A zone that has been begun and not closed.
    [[nodiscard]] bool isDrawing() const { return !m_drawn.corners.empty(); }
    void closeDrawn();
    void removeChosen();
    [[nodiscard]] const std::optional<std::size_t>& chosen() const { return m_chosen; }
    void setFigures(std::vector<CanvasFigure> figures);
    [[nodiscard]] const std::vector<CanvasFigure>& figures() const { return m_figures; }
    /// Where a corner is painted.
    [[nodiscard]] QPointF toWidget(const estate::ZonePoint& point) const;
    [[nodiscard]] QPointF headOf(const CanvasFigure& figure) const;
    [[nodiscard]] QSize sizeHint() const override { return {960, 540}; }

Q_SIGNALS:
    /// A zone, the one being drawn, or which one is chosen.
    void zonesChanged();
    /// It keeps its height until it is set.
    void figureDragged(int figure, int height);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    struct CornerPlace {
        std::size_t zone;
        std::size_t corner;
    };
    [[nodiscard]] QRectF stillRect() const;
    [[nodiscard]] estate::ZonePoint toZone(const QPointF& point) const;
    [[nodiscard]] QPolygonF outlineOf(const CanvasZone& zone) const;
    [[nodiscard]] std::optional<CornerPlace> cornerAt(const QPointF& point) const;
    [[nodiscard]] std::optional<std::size_t> zoneAt(const QPointF& point) const;
    [[nodiscard]] std::optional<std::size_t> figureAt(const QPointF& point) const;
    void pressAt(const QPointF& place);
    void moveTo(const QPointF& place);
    void putDown();
    bool keyWhileDrawing(int key);
    void moveCross(int key, bool isFine);
    void clickAtCross();
    void changed();
    void paintZone(QPainter& painter, std::size_t index) const;
    void paintDrawn(QPainter& painter) const;
    void paintFigure(QPainter& painter, const CanvasFigure& figure) const;
    void paintCross(QPainter& painter) const;

    QImage m_still;
    QString m_emptyText;
    std::vector<CanvasZone> m_zones;
    std::vector<CanvasFigure> m_figures;
    CanvasZone m_drawn;
    bool m_isBeginning = false;
    std::optional<std::size_t> m_chosen;
    std::optional<CornerPlace> m_dragged;
    std::optional<std::size_t> m_draggedFigure;
    QPointF m_pointer;
    std::optional<estate::ZonePoint> m_cross;  ///< while the keyboard draws
};

}  // namespace leedswatch::ui

#pragma once

#include "estate/privacy_zone.h"

#include <QImage>
#include <QPointF>
#include <QWidget>
#include <optional>
#include <utility>
#include <vector>

namespace leedswatch::ui {

/// A still picture on which zones are drawn by hand: a click sets a corner, a double click or Enter closes the zone, a
/// corner is dragged, Delete takes the chosen zone away, Backspace the last corner of the one that is being drawn.
class ZoneCanvas final : public QWidget {
    Q_OBJECT

public:
    explicit ZoneCanvas(QWidget* parent);

    void setStill(const QImage& still);
    [[nodiscard]] const QImage& still() const { return m_still; }
    void setZones(std::vector<estate::PrivacyZone> zones);
    [[nodiscard]] const std::vector<estate::PrivacyZone>& zones() const { return m_zones; }
    /// A zone that has been begun and not closed.
    [[nodiscard]] bool isDrawing() const { return !m_drawn.corners.empty(); }
    void closeDrawn();
    void removeChosen();
    [[nodiscard]] bool hasChosen() const { return m_chosen.has_value(); }
    /// Where a corner is painted.
    [[nodiscard]] QPointF toWidget(const estate::ZonePoint& point) const;
    [[nodiscard]] QSize sizeHint() const override { return {960, 540}; }

Q_SIGNALS:
    void zonesChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct CornerPlace {
        std::size_t zone;
        std::size_t corner;
    };
    [[nodiscard]] QRectF stillRect() const;
    [[nodiscard]] estate::ZonePoint toZone(const QPointF& point) const;
    [[nodiscard]] std::optional<CornerPlace> cornerAt(const QPointF& point) const;
    [[nodiscard]] std::optional<std::size_t> zoneAt(const QPointF& point) const;
    void paintZone(QPainter& painter, const estate::PrivacyZone& zone, bool isChosen) const;

    QImage m_still;
    std::vector<estate::PrivacyZone> m_zones;
    estate::PrivacyZone m_drawn;
    std::optional<std::size_t> m_chosen;
    std::optional<CornerPlace> m_dragged;
    QPointF m_pointer;
};

}  // namespace leedswatch::ui

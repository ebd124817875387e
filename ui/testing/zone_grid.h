#pragma once

#include "response/zone_tally.h"

#include <QAbstractScrollArea>
#include <optional>
#include <vector>

namespace leedswatch::ui {

/// All zones of a walk test as tiles, to be read from where the telephone stands: what is in is light with a tick, what
/// is outstanding is hollow, what nobody expected is amber. The arrows move from zone to zone. Several hundred fit by
/// scrolling.
class ZoneGrid final : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit ZoneGrid(QWidget* parent);

    void setZones(std::vector<response::TalliedZone> zones);
    /// Only those that have not come, and those that nobody expected.
    void showOutstandingOnly(bool only);
    [[nodiscard]] int shownCount() const { return static_cast<int>(m_shown.size()); }
    /// What the tile under the keyboard says; empty: there is none.
    [[nodiscard]] QString currentText() const;

    /// What a tile says, for people and for screen readers: "Zone 12, Hall: in at 14:03:22, 2 times, restored".
    [[nodiscard]] static QString textOf(const response::TalliedZone& zone);

Q_SIGNALS:
    void currentChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void choose();
    void layOut();
    void moveTo(int index);
    [[nodiscard]] int columns() const;
    [[nodiscard]] QSize tileSize() const;
    [[nodiscard]] QRect tileRect(int index) const;
    void paintTile(QPainter& painter, const QRect& tile, const response::TalliedZone& zone, bool isCurrent) const;

    std::vector<response::TalliedZone> m_zones;
    std::vector<std::size_t> m_shown;  ///< of m_zones
    bool m_onlyOutstanding = false;
    int m_current = 0;
};

}  // namespace leedswatch::ui

#pragma once

#include "analytics/quality_history.h"
#include "video/segment.h"

#include <QWidget>
#include <optional>
#include <vector>

namespace leedswatch::ui {

struct QualityFigure;

/// The readings of a camera's picture over a period: a lane for each figure, on one axis of time. The pointer, or the
/// arrow keys, go from reading to reading; without them the newest is told, and what is usual.
class QualityChart final : public QWidget {
    Q_OBJECT

public:
    explicit QualityChart(QWidget* parent);

    /// In the order of time.
    void show(std::vector<analytics::QualityReading> readings, const video::TimeRange& period);
    /// What stands in its place: it is being read, or why it cannot be.
    void showText(const QString& text);
    [[nodiscard]] const std::vector<analytics::QualityReading>& readings() const { return m_readings; }
    /// Of the reading under the cursor; none: there is no cursor.
    [[nodiscard]] std::optional<std::size_t> cursor() const { return m_cursor; }

    [[nodiscard]] QSize minimumSizeHint() const override { return {480, 300}; }

Q_SIGNALS:
    void cursorMoved();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] QRect plot() const;
    [[nodiscard]] QRect lane(int number) const;
    [[nodiscard]] int xOf(base::UtcTime time) const;
    void setCursorAt(std::optional<std::size_t> reading);
    void paintDays(QPainter& painter) const;
    void paintLane(QPainter& painter, int number) const;
    void paintLine(QPainter& painter, const QRect& room, const QualityFigure& figure, double top) const;

    std::vector<analytics::QualityReading> m_readings;
    video::TimeRange m_period;
    QString m_text;
    std::optional<std::size_t> m_cursor;
};

}  // namespace leedswatch::ui

#pragma once

#include "base/local_date.h"
#include "response/planned_tests.h"

#include <QWidget>
#include <map>

namespace leedswatch::ui {

/// A month as a sheet, Monday first, with what is planned, outstanding and done on each day. The arrows move from day
/// to day, Page Up and Page Down from month to month, Home comes back to today.
class MonthView final : public QWidget {
    Q_OBJECT

public:
    MonthView(const base::LocalDate& today, QWidget* parent);

    void setToday(const base::LocalDate& today);
    void setDays(std::map<base::LocalDate, response::PlannedDay> days);
    void choose(const base::LocalDate& day);
    [[nodiscard]] const base::LocalDate& chosen() const { return m_chosen; }
    /// The days that are shown: six weeks from a Monday.
    [[nodiscard]] base::LocalDate first() const;
    [[nodiscard]] base::LocalDate end() const;

    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void chosenChanged();
    void monthChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    [[nodiscard]] QRectF cell(int index) const;
    void paintDay(QPainter& painter, const QRectF& place, const base::LocalDate& day) const;

    base::LocalDate m_today;
    base::LocalDate m_chosen;
    std::map<base::LocalDate, response::PlannedDay> m_days;
};

}  // namespace leedswatch::ui

#pragma once

#include "analytics/motion_search.h"

#include <QAbstractTableModel>
#include <QTableView>
#include <vector>

namespace leedswatch::ui {

/// The moments that a search found: when, how long, and how much of the region moved. UI thread.
class MotionResults final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { When, Length, Share, columns };

    using QAbstractTableModel::QAbstractTableModel;

    /// `fields`: how many the region has. `withDays`: the moments are of more than one day.
    void show(std::vector<analytics::MotionMoment> moments, int fields, bool withDays);
    [[nodiscard]] const std::vector<analytics::MotionMoment>& moments() const { return m_moments; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString textOf(const analytics::MotionMoment& moment, Column column) const;

    std::vector<analytics::MotionMoment> m_moments;
    int m_fields = 1;
    bool m_withDays = false;
};

/// Their list. The keys that move in a list are its own while it has the focus; the page has other uses for them.
class MotionResultList final : public QTableView {
    Q_OBJECT

public:
    explicit MotionResultList(QWidget* parent);

protected:
    bool event(QEvent* event) override;
};

}  // namespace leedswatch::ui

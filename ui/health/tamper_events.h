#pragma once

#include "analytics/tamper_journal.h"

#include <QAbstractTableModel>
#include <optional>
#include <vector>

namespace leedswatch::ui {

/// What kept one camera from seeing: what, since when, for how long, how it ended; the newest first. UI thread.
class TamperEvents final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { What, Since, Length, End, columns };

    using QAbstractTableModel::QAbstractTableModel;

    void show(std::vector<analytics::RecordedTamper> events);
    /// None: there is no such row.
    [[nodiscard]] const analytics::RecordedTamper* at(int row) const;
    [[nodiscard]] std::optional<int> rowOf(std::int64_t event) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<analytics::RecordedTamper> m_events;
};

}  // namespace leedswatch::ui

#pragma once

#include "response/alarm_queue.h"

#include <QAbstractListModel>
#include <vector>

namespace leedswatch::ui {

/// The open alarms as rows: those that wait, then those in hand, put off and held. Holds values; never talks to the
/// user.
class AlarmModel final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { IdRole = Qt::UserRole + 1 };

    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

    void setQueue(const response::QueueSnapshot& queue);
    [[nodiscard]] const response::Alarm& alarm(int row) const { return m_alarms.at(static_cast<std::size_t>(row)); }
    /// −1: it is not among them.
    [[nodiscard]] int rowOf(response::AlarmId id) const;

private:
    std::vector<response::Alarm> m_alarms;
};

}  // namespace leedswatch::ui

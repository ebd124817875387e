#include "ui/alarms/alarm_model.h"

#include "ui/alarms/alarm_text.h"
#include "ui/common/text.h"

#include <algorithm>

namespace leedswatch::ui {

int AlarmModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_alarms.size());
}

QVariant AlarmModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) {
        return {};
    }
    const response::Alarm& alarm = this->alarm(index.row());
    switch (role) {
        case IdRole: return QVariant::fromValue<qint64>(alarm.id.value());
        case Qt::DisplayRole: return QStringLiteral("%1: %2").arg(titleOf(alarm), toQt(alarm.place));
        case Qt::AccessibleTextRole:
            return QStringLiteral("%1, %2, %3, %4")
                .arg(titleOf(alarm), toQt(alarm.place), toQt(alarm.what), stateText(alarm));
        case Qt::ToolTipRole: return QStringLiteral("%1\n%2").arg(toQt(alarm.place), toQt(alarm.what));
        default: return {};
    }
}

void AlarmModel::setQueue(const response::QueueSnapshot& queue) {
    std::vector<response::Alarm> alarms;
    for (const auto* part : {&queue.waiting, &queue.inHand, &queue.parked, &queue.held}) {
        alarms.insert(alarms.end(), part->begin(), part->end());
    }
    const bool areTheSameRows = std::ranges::equal(alarms, m_alarms, {}, &response::Alarm::id, &response::Alarm::id);
    if (areTheSameRows) {
        m_alarms = std::move(alarms);
        if (!m_alarms.empty()) {
            Q_EMIT dataChanged(index(0), index(rowCount() - 1));
        }
        return;
    }
    beginResetModel();
    m_alarms = std::move(alarms);
    endResetModel();
}

int AlarmModel::rowOf(response::AlarmId id) const {
    const auto found = std::ranges::find(m_alarms, id, &response::Alarm::id);
    return found == m_alarms.end() ? -1 : static_cast<int>(found - m_alarms.begin());
}

}  // namespace leedswatch::ui

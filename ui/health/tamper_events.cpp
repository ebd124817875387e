#include "ui/health/tamper_events.h"

#include "base/local_time.h"
#include "ui/common/palette.h"
#include "ui/common/text.h"
#include "ui/common/time_text.h"
#include "ui/health/tamper_text.h"

#include <QBrush>
#include <algorithm>

namespace leedswatch::ui {
namespace {

QString textOf(const analytics::RecordedTamper& event, TamperEvents::Column column) {
    switch (column) {
        case TamperEvents::What: return tamperKindText(event.kind);
        case TamperEvents::Since: return toQt(base::formatLocal(event.from));
        case TamperEvents::Length: return event.until ? durationText(*event.until - event.from) : QString{};
        case TamperEvents::End: return tamperEndText(event);
        case TamperEvents::columns: break;
    }
    return {};
}

}  // namespace

void TamperEvents::show(std::vector<analytics::RecordedTamper> events) {
    std::ranges::sort(events, std::ranges::greater{}, &analytics::RecordedTamper::from);
    beginResetModel();
    m_events = std::move(events);
    endResetModel();
}

const analytics::RecordedTamper* TamperEvents::at(int row) const {
    return row >= 0 && row < rowCount() ? &m_events[static_cast<std::size_t>(row)] : nullptr;
}

std::optional<int> TamperEvents::rowOf(std::int64_t event) const {
    const auto found = std::ranges::find(m_events, event, &analytics::RecordedTamper::id);
    return found != m_events.end() ? std::optional{static_cast<int>(found - m_events.begin())} : std::nullopt;
}

int TamperEvents::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_events.size());
}

int TamperEvents::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(columns);
}

QVariant TamperEvents::data(const QModelIndex& index, int role) const {
    const analytics::RecordedTamper* event = at(index.row());
    if (event == nullptr) {
        return {};
    }
    switch (role) {
        case Qt::DisplayRole: return textOf(*event, static_cast<Column>(index.column()));
        case Qt::ForegroundRole:
            return QBrush{!event->until ? palette::red : index.column() == What ? palette::text : palette::textDim};
        default: return {};
    }
}

QVariant TamperEvents::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return role == Qt::TextAlignmentRole ? QVariant::fromValue(Qt::Alignment{Qt::AlignVCenter | Qt::AlignLeft})
                                             : QVariant{};
    }
    switch (static_cast<Column>(section)) {
        case What: return QStringLiteral("What");
        case Since: return QStringLiteral("Since");
        case Length: return QStringLiteral("For");
        case End: return QStringLiteral("How it ended");
        case columns: break;
    }
    return {};
}

}  // namespace leedswatch::ui

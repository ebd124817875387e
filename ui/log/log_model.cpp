#include "ui/log/log_model.h"

#include "base/local_time.h"
#include "ui/common/text.h"
#include "ui/log/incident_type_list.h"

#include <algorithm>
#include <utility>

namespace leedswatch::ui {

namespace {

QString cameraText(const incident::LogLine& entry) {
    return entry.cameraNumber ? QStringLiteral("%1 %2").arg(*entry.cameraNumber).arg(toQt(entry.cameraName)).trimmed()
                              : QString{};
}

bool sameEntries(std::vector<incident::LogLine>::const_iterator begin,
                 std::vector<incident::LogLine>::const_iterator end,
                 std::vector<incident::LogLine>::const_iterator other) {
    return std::equal(begin, end, other, [](const auto& left, const auto& right) { return left.id == right.id; });
}

}  // namespace

LogModel::LogModel(const base::Clock& clock, const IncidentTypeList& types, QObject* parent)
    : QAbstractListModel{parent}, m_clock{clock}, m_types{types} {}

int LogModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant LogModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const incident::LogLine& entry = m_entries[static_cast<std::size_t>(index.row())];
    switch (role) {
        case Qt::DisplayRole:
        case TextRole: return toQt(entry.text);
        case Qt::AccessibleTextRole:
            return QStringLiteral("%1, %2: %3").arg(timeOf(entry), m_types.nameOf(entry.type), toQt(entry.text));
        case IdRole: return static_cast<qlonglong>(entry.id.value());
        case TimeRole: return timeOf(entry);
        case ReferenceRole:
            return entry.reference.empty() ? QStringLiteral("line %1").arg(entry.id.value()) : toQt(entry.reference);
        case CategoryRole: return m_types.nameOf(entry.type);
        case CameraRole: return cameraText(entry);
        case AuthorRole: return toQt(entry.author);
        default: return {};
    }
}

void LogModel::setEntries(std::vector<incident::LogLine> entries) {
    const auto overlap =
        m_entries.empty() ? entries.cend() : std::find_if(entries.cbegin(), entries.cend(), [this](const auto& entry) {
            return entry.id == m_entries.front().id;
        });
    const auto kept = static_cast<std::size_t>(entries.cend() - overlap);
    if (kept == 0 || kept > m_entries.size() || !sameEntries(overlap, entries.cend(), m_entries.cbegin())) {
        beginResetModel();
        m_entries = std::move(entries);
        endResetModel();
        return;
    }
    // The list has a limit: what comes in at the top may have pushed the oldest out at the end.
    if (kept < m_entries.size()) {
        beginRemoveRows({}, static_cast<int>(kept), static_cast<int>(m_entries.size()) - 1);
        m_entries.resize(kept);
        endRemoveRows();
    }
    if (const auto added = static_cast<int>(overlap - entries.cbegin()); added > 0) {
        beginInsertRows({}, 0, added - 1);
        m_entries = std::move(entries);
        endInsertRows();
    }
}

void LogModel::addNewest(const incident::LogLine& entry) {
    const bool known = std::any_of(m_entries.begin(), m_entries.end(),
                                   [&](const incident::LogLine& other) { return other.id == entry.id; });
    if (known) {
        return;
    }
    beginInsertRows({}, 0, 0);
    m_entries.insert(m_entries.begin(), entry);
    endInsertRows();
}

QString LogModel::timeOf(const incident::LogLine& entry) const {
    const QString time = toQt(base::formatLocalTimeOfDay(entry.at));
    const std::string date = base::formatLocalDate(entry.at);
    return date == base::formatLocalDate(m_clock.now()) ? time : QStringLiteral("%1 %2").arg(toQt(date), time);
}

}  // namespace leedswatch::ui

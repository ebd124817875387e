#include "ui/cameras/camera_list_model.h"

#include "ui/common/text.h"
#include "ui/common/wall_drag.h"

#include <QRegularExpression>
#include <algorithm>

namespace leedswatch::ui {

CameraListModel::CameraListModel(QObject* parent) : QAbstractListModel{parent} {}

int CameraListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant CameraListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
        case Qt::DisplayRole:
        case Qt::AccessibleTextRole:
            return QStringLiteral("%1 %2, %3").arg(row.number).arg(row.name, nameOf(row.condition));
        case Qt::ToolTipRole:
            return QStringList{QStringLiteral("%1 %2").arg(row.number).arg(row.name), row.site, row.message}
                .filter(QRegularExpression{QStringLiteral(".")})
                .join(QLatin1Char('\n'));
        case NumberRole: return row.number;
        case NameRole: return row.name;
        case SiteRole: return row.site;
        case ConditionRole: return static_cast<int>(row.condition);
        case MessageRole: return row.message;
        case SearchRole: return row.search;
        default: return {};
    }
}

Qt::ItemFlags CameraListModel::flags(const QModelIndex& index) const {
    const Qt::ItemFlags flags = QAbstractListModel::flags(index);
    return index.isValid() ? flags | Qt::ItemIsDragEnabled : flags;
}

QStringList CameraListModel::mimeTypes() const {
    return camerasMimeTypes();
}

QMimeData* CameraListModel::mimeData(const QModelIndexList& indexes) const {
    QList<int> numbers;
    for (const QModelIndex& index : indexes) {
        numbers.append(index.data(NumberRole).toInt());
    }
    // A selection comes in the order in which it was made; tiles are filled in the order of the list.
    std::sort(numbers.begin(), numbers.end());
    return mimeOfCameras(numbers);
}

void CameraListModel::setCameras(const std::vector<estate::Camera>& cameras) {
    beginResetModel();
    m_rows.clear();
    m_rows.reserve(cameras.size());
    for (const estate::Camera& camera : cameras) {
        Row row;
        row.id = camera.id;
        row.number = camera.number;
        row.enabled = camera.enabled;
        row.name = toQt(camera.name);
        row.site = toQt(camera.site);
        row.search = QStringLiteral("%1 %2 %3").arg(row.number).arg(row.name, row.site).toLower();
        m_rows.push_back(std::move(row));
    }
    endResetModel();
}

CameraListModel::Condition CameraListModel::conditionOf(const Row& row, const estate::CameraStatus* status) {
    if (!row.enabled) {
        return Condition::Disabled;
    }
    if (status == nullptr) {
        return Condition::Unknown;
    }
    switch (status->state) {
        case estate::CameraState::Connecting: return Condition::Connecting;
        case estate::CameraState::Live: return Condition::Live;
        case estate::CameraState::Frozen: return Condition::Frozen;
        case estate::CameraState::Offline: return Condition::Offline;
        case estate::CameraState::Disabled: return Condition::Disabled;
    }
    return Condition::Unknown;
}

void CameraListModel::setStatuses(const CameraDirectory& directory) {
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        Row& row = m_rows[i];
        const estate::CameraStatus* status = directory.statusOf(row.id);
        const Condition condition = conditionOf(row, status);
        const QString message = status == nullptr ? QString{} : toQt(status->message);
        if (condition != row.condition || message != row.message) {
            row.condition = condition;
            row.message = message;
            const QModelIndex changed = index(static_cast<int>(i));
            Q_EMIT dataChanged(changed, changed);
        }
    }
}

QString CameraListModel::nameOf(Condition condition) {
    switch (condition) {
        case Condition::Unknown: return QStringLiteral("state not known");
        case Condition::Connecting: return QStringLiteral("connecting");
        case Condition::Live: return QStringLiteral("live");
        case Condition::Frozen: return QStringLiteral("frozen");
        case Condition::Offline: return QStringLiteral("offline");
        case Condition::Disabled: return QStringLiteral("disabled");
    }
    return {};
}

CameraFilterModel::CameraFilterModel(QObject* parent) : QSortFilterProxyModel{parent} {
    sort(0);
}

void CameraFilterModel::setWords(const QString& text) {
    m_words = text.toLower().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    bool isNumber = false;
    text.trimmed().toInt(&isNumber);
    m_number = isNumber ? text.trimmed() : QString{};
    invalidate();
}

void CameraFilterModel::setOnlyNotLive(bool only) {
    m_onlyNotLive = only;
    invalidateFilter();
}

bool CameraFilterModel::filterAcceptsRow(int row, const QModelIndex& parent) const {
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    if (m_onlyNotLive) {
        using Condition = CameraListModel::Condition;
        const auto condition = static_cast<Condition>(index.data(CameraListModel::ConditionRole).toInt());
        if (condition == Condition::Live || condition == Condition::Disabled) {
            return false;
        }
    }
    const QString search = index.data(CameraListModel::SearchRole).toString();
    return std::all_of(m_words.begin(), m_words.end(), [&](const QString& word) { return search.contains(word); });
}

int CameraFilterModel::rankOf(const QModelIndex& index) const {
    if (m_number.isEmpty()) {
        return 0;
    }
    const QString number = QString::number(index.data(CameraListModel::NumberRole).toInt());
    if (number == m_number) {
        return 0;
    }
    return number.startsWith(m_number) ? 1 : 2;
}

bool CameraFilterModel::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    const int leftRank = rankOf(left);
    const int rightRank = rankOf(right);
    if (leftRank != rightRank) {
        return leftRank < rightRank;
    }
    return left.data(CameraListModel::NumberRole).toInt() < right.data(CameraListModel::NumberRole).toInt();
}

}  // namespace leedswatch::ui

#include "ui/review/motion_results.h"

#include "base/local_time.h"
#include "ui/common/palette.h"
#include "ui/common/plain_table.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/common/time_text.h"

#include <QDate>
#include <QKeyEvent>
#include <QLocale>
#include <algorithm>

namespace leedswatch::ui {
namespace {

bool movesInAList(int key) {
    return key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_PageUp || key == Qt::Key_PageDown ||
           key == Qt::Key_Home || key == Qt::Key_End;
}

/// "Sun 22 Nov "
QString dayText(base::UtcTime time) {
    const QDate date = QDate::fromString(toQt(base::formatLocal(time)).left(10), Qt::ISODate);
    return QLocale{QLocale::English, QLocale::UnitedKingdom}.toString(date, QStringLiteral("ddd d MMM "));
}

}  // namespace

void MotionResults::show(std::vector<analytics::MotionMoment> moments, int fields, bool withDays) {
    beginResetModel();
    m_moments = std::move(moments);
    m_fields = std::max(1, fields);
    m_withDays = withDays;
    endResetModel();
}

int MotionResults::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_moments.size());
}

int MotionResults::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(columns);
}

QString MotionResults::textOf(const analytics::MotionMoment& moment, Column column) const {
    switch (column) {
        case When: return (m_withDays ? dayText(moment.from) : QString{}) + timelineTime(moment.from, false);
        case Length: {
            const base::Microseconds length = moment.until - moment.from;
            return length < std::chrono::minutes{1}
                       ? QStringLiteral("%1 s").arg(std::chrono::duration_cast<std::chrono::seconds>(length).count())
                       : durationText(length);
        }
        case Share: return QStringLiteral("%1 %").arg(std::max(1, moment.mostCells * 100 / m_fields));
        case columns: break;
    }
    return {};
}

QVariant MotionResults::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) {
        return {};
    }
    const analytics::MotionMoment& moment = m_moments[static_cast<std::size_t>(index.row())];
    const auto column = static_cast<Column>(index.column());
    switch (role) {
        case Qt::DisplayRole: return textOf(moment, column);
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(
                Qt::Alignment{Qt::AlignVCenter | (column == When ? Qt::AlignLeft : Qt::AlignRight)});
        case Qt::FontRole: return theme::numbers(12);
        case Qt::ForegroundRole: return QBrush{column == When ? palette::text : palette::textDim};
        case Qt::ToolTipRole:
            return QStringLiteral("%1 to %2, busiest at %3")
                .arg(toQt(base::formatLocal(moment.from)), timelineTime(moment.until, false),
                     timelineTime(moment.busiest, false));
        default: return {};
    }
}

QVariant MotionResults::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(
            Qt::Alignment{Qt::AlignVCenter | (section == When ? Qt::AlignLeft : Qt::AlignRight)});
    }
    if (role == Qt::ToolTipRole && section == Share) {
        return QStringLiteral("How much of what is searched moved at once, at most");
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (static_cast<Column>(section)) {
        case When: return QStringLiteral("From");
        case Length: return QStringLiteral("For");
        case Share: return QStringLiteral("Part");
        case columns: break;
    }
    return {};
}

MotionResultList::MotionResultList(QWidget* parent) : QTableView{parent} {
    setObjectName(QStringLiteral("motionResultList"));
    setAccessibleName(QStringLiteral("Moments that were found"));
    makePlainTable(*this);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

bool MotionResultList::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && movesInAList(static_cast<QKeyEvent*>(event)->key())) {
        event->accept();
        return true;
    }
    return QTableView::event(event);
}

}  // namespace leedswatch::ui

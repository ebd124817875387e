#include "ui/convert/job_row_delegate.h"

#include "ui/common/palette.h"
#include "ui/common/theme.h"
#include "ui/convert/job_model.h"

#include <QPainter>

namespace leedswatch::ui {

namespace {

using transcode::JobState;

constexpr int rowHeight = 60;
constexpr int barHeight = 4;

JobState stateOf(const QModelIndex& index) {
    return static_cast<JobState>(index.data(JobModel::StateRole).toInt());
}

QColor colourOf(const QModelIndex& index) {
    switch (stateOf(index)) {
        case JobState::Running: return palette::text;
        case JobState::Failed: return palette::red.lighter(115);
        case JobState::Done: return index.data(JobModel::DamageRole).toBool() ? palette::amber : palette::text;
        case JobState::New:
        case JobState::Waiting:
        case JobState::Stopped: return palette::textDim;
    }
    return palette::textDim;
}

void paintBackground(QPainter& painter, const QStyleOptionViewItem& option) {
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool focused = option.state.testFlag(QStyle::State_HasFocus) && option.state.testFlag(QStyle::State_Active);
    if (!selected && !focused && !option.state.testFlag(QStyle::State_MouseOver)) {
        return;
    }
    painter.setPen(focused ? QPen{palette::accent, 2} : QPen{Qt::NoPen});
    painter.setBrush(selected ? palette::hover : palette::raised);
    painter.drawRoundedRect(QRectF{option.rect}.adjusted(5, 1, -5, -1), 6, 6);
}

/// What it is at stands at the right, whole; the name has the rest.
void paintHead(QPainter& painter, const QRect& line, const QModelIndex& index) {
    const QFont wordsFont = theme::font(theme::TextSize::Body, QFont::Medium);
    const QString words = index.data(JobModel::WordsRole).toString();
    const int wordsWidth = QFontMetrics{wordsFont}.horizontalAdvance(words);
    painter.setFont(wordsFont);
    painter.setPen(colourOf(index));
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, words);
    const QFont nameFont = theme::font(theme::TextSize::Body, QFont::DemiBold);
    const QRect name = line.adjusted(0, 0, -wordsWidth - 16, 0);
    painter.setFont(nameFont);
    painter.setPen(palette::text);
    painter.drawText(
        name, Qt::AlignLeft | Qt::AlignVCenter,
        QFontMetrics{nameFont}.elidedText(index.data(JobModel::NameRole).toString(), Qt::ElideMiddle, name.width()));
}

void paintPlace(QPainter& painter, const QRect& line, const QModelIndex& index) {
    const QFont font = theme::font(theme::TextSize::Caption);
    const bool hasFailed = stateOf(index) == JobState::Failed;
    painter.setFont(font);
    painter.setPen(palette::textDim);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics{font}.elidedText(index.data(JobModel::PlaceRole).toString(),
                                                   hasFailed ? Qt::ElideRight : Qt::ElideMiddle, line.width()));
}

/// Begun and not over: it has a bar.
bool isUnderway(const QModelIndex& index) {
    const JobState state = stateOf(index);
    return state == JobState::Running || (index.data(JobModel::ShareRole).toInt() > 0 && state != JobState::Done);
}

void paintBar(QPainter& painter, const QRectF& area, const QModelIndex& index) {
    const int share = index.data(JobModel::ShareRole).toInt();
    const JobState state = stateOf(index);
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette::line);
    painter.drawRoundedRect(area, 2, 2);
    painter.setBrush(state == JobState::Running ? palette::accent : palette::textDim);
    painter.drawRoundedRect(QRectF{area.left(), area.top(), std::max(4.0, area.width() * share / 1000), area.height()},
                            2, 2);
}

}  // namespace

QSize JobRowDelegate::sizeHint(const QStyleOptionViewItem& /*option*/, const QModelIndex& /*index*/) const {
    return {320, rowHeight};
}

void JobRowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintBackground(*painter, option);
    const bool hasBar = isUnderway(index);
    const QRect area = option.rect.adjusted(16, hasBar ? 8 : 13, -16, -8);
    paintHead(*painter, {area.left(), area.top(), area.width(), 18}, index);
    paintPlace(*painter, {area.left(), area.top() + 20, area.width(), 14}, index);
    if (hasBar) {
        paintBar(*painter, {QPointF(area.left(), area.top() + 39), QSizeF(area.width(), barHeight)}, index);
    }
    painter->restore();
}

}  // namespace leedswatch::ui

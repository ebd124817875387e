#include "ui/convert/job_row_delegate.h"

#include "ui/common/palette.h"
#include "ui/common/row_painting.h"
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

/// What it is at stands at the right, whole; the name has the rest.
void paintHead(QPainter& painter, const QRect& line, const QModelIndex& index) {
    const int width = paintRowEnd(painter, line, theme::font(theme::TextSize::Body, QFont::Medium), colourOf(index),
                                  index.data(JobModel::WordsRole).toString());
    paintRowLine(painter, line.adjusted(0, 0, -width - 16, 0), theme::font(theme::TextSize::Body, QFont::DemiBold),
                 palette::text, index.data(JobModel::NameRole).toString(), Qt::ElideMiddle);
}

void paintPlace(QPainter& painter, const QRect& line, const QModelIndex& index) {
    paintRowLine(painter, line, theme::font(theme::TextSize::Caption), palette::textDim,
                 index.data(JobModel::PlaceRole).toString(),
                 stateOf(index) == JobState::Failed ? Qt::ElideRight : Qt::ElideMiddle);
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
    paintRowGround(*painter, option);
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

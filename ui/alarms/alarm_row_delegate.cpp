#include "ui/alarms/alarm_row_delegate.h"

#include "ui/alarms/alarm_mark.h"
#include "ui/alarms/alarm_model.h"
#include "ui/common/palette.h"
#include "ui/common/row_painting.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"

namespace leedswatch::ui {

namespace {

using response::Alarm;
using response::AlarmState;

constexpr int rowHeight = 74;
constexpr int rowMarkSize = 14;

/// What is not waiting needs nobody now: it is there, and dimmer.
QColor headColour(const Alarm& alarm) {
    return alarm.state == AlarmState::Waiting ? palette::text : palette::textDim;
}

QString footText(const Alarm& alarm) {
    QString foot = stateText(alarm);
    if (alarm.signals > 1) {
        foot += QStringLiteral(" · %1 signals").arg(withThousands(alarm.signals));
    }
    return foot;
}

}  // namespace

QSize AlarmRowDelegate::sizeHint(const QStyleOptionViewItem& /*option*/, const QModelIndex& /*index*/) const {
    return {240, rowHeight};
}

void AlarmRowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const auto* model = qobject_cast<const AlarmModel*>(index.model());
    if (model == nullptr) {
        return;
    }
    const Alarm& alarm = model->alarm(index.row());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintRowGround(*painter, option);
    const QRect area = option.rect.adjusted(16, 8, -16, -8);
    paintShape(*painter, QRectF(area.left(), area.top() + 2, rowMarkSize, rowMarkSize), shapeOf(alarm.alarmClass),
               alarm.state == AlarmState::Waiting ? colourOf(alarm) : palette::textDim);
    const QString age = ageText(m_clock.now() - alarm.raised);
    const int ageWidth = paintRowEnd(*painter, {area.left(), area.top(), area.width(), 18},
                                     theme::numbers(13, QFont::DemiBold), headColour(alarm), age);
    const int left = area.left() + rowMarkSize + 8;
    paintRowLine(*painter, {left, area.top(), area.right() - left - ageWidth - 8, 18},
                 theme::font(theme::TextSize::Body, QFont::DemiBold), headColour(alarm), titleOf(alarm));
    paintRowLine(*painter, {area.left(), area.top() + 21, area.width(), 18}, theme::font(theme::TextSize::Body),
                 headColour(alarm), toQt(alarm.place));
    paintRowLine(*painter, {area.left(), area.top() + 41, area.width(), 16}, theme::font(theme::TextSize::Caption),
                 palette::textDim, footText(alarm));
    painter->restore();
}

}  // namespace leedswatch::ui

#include "ui/cameras/camera_row_delegate.h"

#include "ui/cameras/camera_list_model.h"
#include "ui/common/palette.h"
#include "ui/common/theme.h"

#include <QPainter>

namespace leedswatch::ui {

namespace {

using Condition = CameraListModel::Condition;

constexpr int rowHeight = 44;

QColor colourOf(Condition condition) {
    switch (condition) {
        case Condition::Live: return palette::live;
        case Condition::Frozen:
        case Condition::Connecting: return palette::amber;
        case Condition::Offline: return palette::red;
        case Condition::Unknown:
        case Condition::Disabled: return palette::textDim;
    }
    return palette::textDim;
}

QString wordsOf(Condition condition) {
    switch (condition) {
        case Condition::Frozen: return QStringLiteral("FROZEN");
        case Condition::Offline: return QStringLiteral("OFFLINE");
        case Condition::Connecting: return QStringLiteral("CONNECTING");
        case Condition::Disabled: return QStringLiteral("DISABLED");
        case Condition::Live:
        case Condition::Unknown: return {};
    }
    return {};
}

void paintBackground(QPainter& painter, const QStyleOptionViewItem& option) {
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool focused = option.state.testFlag(QStyle::State_HasFocus) && option.state.testFlag(QStyle::State_Active);
    if (!selected && !option.state.testFlag(QStyle::State_MouseOver)) {
        return;
    }
    const QRectF area = QRectF{option.rect}.adjusted(5, 1, -5, -1);
    painter.setPen(selected && focused ? QPen{palette::accent, 2} : QPen{Qt::NoPen});
    painter.setBrush(selected ? palette::hover : palette::raised);
    painter.drawRoundedRect(area, 6, 6);
}

/// A full dot is a state that the station vouches for; a ring is one that nobody does. Shape and colour both tell.
void paintDot(QPainter& painter, QPointF centre, Condition condition) {
    const QColor colour = colourOf(condition);
    if (condition == Condition::Unknown || condition == Condition::Disabled) {
        painter.setPen(QPen{colour, 1.5});
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(centre, 3.5, 3.5);
        return;
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    if (condition == Condition::Live) {
        painter.drawEllipse(centre, 4, 4);
    } else {
        painter.drawRect(QRectF{centre - QPointF{4, 4}, QSizeF{8, 8}});
    }
}

void paintName(QPainter& painter, const QRect& area, const QModelIndex& index, Condition condition) {
    const bool isAlone = index.data(CameraListModel::SiteRole).toString().isEmpty() && wordsOf(condition).isEmpty();
    const QRect line = isAlone ? area : QRect{area.topLeft(), QSize{area.width(), 18}};
    const QFont font = theme::font(theme::TextSize::Body, QFont::Medium);
    painter.setFont(font);
    painter.setPen(condition == Condition::Disabled ? palette::textDim : palette::text);
    painter.drawText(
        line, Qt::AlignLeft | Qt::AlignVCenter,
        QFontMetrics{font}.elidedText(index.data(CameraListModel::NameRole).toString(), Qt::ElideRight, line.width()));
}

/// Under the name: what is wrong, if anything is, and the site. The name has the whole width to itself.
void paintPlace(QPainter& painter, const QRect& area, const QModelIndex& index, Condition condition) {
    QRect line{area.left(), area.top() + 18, area.width(), 14};
    if (const QString words = wordsOf(condition); !words.isEmpty()) {
        const QFont font = theme::font(theme::TextSize::Caption, QFont::DemiBold);
        painter.setFont(font);
        painter.setPen(colourOf(condition));
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, words);
        line.setLeft(line.left() + QFontMetrics{font}.horizontalAdvance(words) + 8);
    }
    const QFont font = theme::font(theme::TextSize::Caption);
    painter.setFont(font);
    painter.setPen(palette::textDim);
    painter.drawText(
        line, Qt::AlignLeft | Qt::AlignVCenter,
        QFontMetrics{font}.elidedText(index.data(CameraListModel::SiteRole).toString(), Qt::ElideRight, line.width()));
}

}  // namespace

QSize CameraRowDelegate::sizeHint(const QStyleOptionViewItem& /*option*/, const QModelIndex& /*index*/) const {
    return {200, rowHeight};
}

void CameraRowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const auto condition = static_cast<Condition>(index.data(CameraListModel::ConditionRole).toInt());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintBackground(*painter, option);
    const QRect area = option.rect.adjusted(16, 0, -16, 0);
    paintDot(*painter, QPointF{area.left() + 4.0, area.center().y() + 0.5}, condition);

    const QFont numberFont = theme::numbers(14, QFont::Bold);
    const int numberWidth = QFontMetrics{numberFont}.horizontalAdvance(QStringLiteral("00000"));
    const QRect numberArea{area.left() + 16, area.top(), numberWidth, area.height()};
    painter->setFont(numberFont);
    painter->setPen(condition == Condition::Disabled ? palette::textDim : palette::text);
    painter->drawText(numberArea, Qt::AlignRight | Qt::AlignVCenter,
                      QString::number(index.data(CameraListModel::NumberRole).toInt()));

    const QRect textArea = area.adjusted(16 + numberWidth + 10, 6, 0, -6);
    paintName(*painter, textArea, index, condition);
    paintPlace(*painter, textArea, index, condition);
    painter->restore();
}

}  // namespace leedswatch::ui

#include "ui/log/log_row_delegate.h"

#include "ui/common/palette.h"
#include "ui/common/theme.h"
#include "ui/log/log_model.h"

#include <QAbstractScrollArea>
#include <QPainter>
#include <QPainterPath>
#include <QTextLayout>
#include <cmath>

namespace leedswatch::ui {

namespace {

constexpr int sideMargin = 16;
constexpr int topMargin = 12;
constexpr int headHeight = 20;
constexpr int footHeight = 16;
constexpr int gap = 4;
constexpr int bottomMargin = 12;

QTextOption wrapping() {
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    return option;
}

/// Lays the text out in lines of `width`; returns its height.
int layOut(QTextLayout& layout, int width) {
    layout.setFont(theme::font(theme::TextSize::Body));
    layout.setTextOption(wrapping());
    layout.beginLayout();
    qreal height = 0;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        line.setPosition({0, height});
        height += std::ceil(line.height()) + 2;
    }
    layout.endLayout();
    return static_cast<int>(height);
}

QString textOf(const QModelIndex& index) {
    // A line break inside the text is a line of its own in a QTextLayout only as this character.
    return index.data(LogModel::TextRole).toString().replace(QLatin1Char('\n'), QChar::LineSeparator);
}

QList<QTextLayout::FormatRange> marksIn(const QString& text, const QRegularExpression& words) {
    QList<QTextLayout::FormatRange> marks;
    if (words.pattern().isEmpty()) {
        return marks;
    }
    QTextCharFormat format;
    format.setBackground(palette::accent);
    format.setForeground(palette::window);
    auto matches = words.globalMatch(text);
    while (matches.hasNext()) {
        const auto match = matches.next();
        marks.append({static_cast<int>(match.capturedStart()), static_cast<int>(match.capturedLength()), format});
    }
    return marks;
}

void paintHead(QPainter& painter, const QRect& area, const QModelIndex& index) {
    const QFont timeFont = theme::numbers(12, QFont::Bold);
    const QString time = index.data(LogModel::TimeRole).toString();
    painter.setFont(timeFont);
    painter.setPen(palette::text);
    painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter, time);

    const QFont referenceFont = theme::numbers(11);
    const QString reference = index.data(LogModel::ReferenceRole).toString();
    painter.setFont(referenceFont);
    painter.setPen(palette::textDim);
    painter.drawText(area, Qt::AlignRight | Qt::AlignVCenter, reference);

    const QFont chipFont = theme::font(theme::TextSize::Caption, QFont::DemiBold);
    const int left = area.left() + QFontMetrics{timeFont}.horizontalAdvance(time) + 12;
    const int room = area.right() - QFontMetrics{referenceFont}.horizontalAdvance(reference) - 12 - left;
    const QString category =
        QFontMetrics{chipFont}.elidedText(index.data(LogModel::CategoryRole).toString(), Qt::ElideRight, room - 16);
    const QRect chip{left, area.top() + 1, QFontMetrics{chipFont}.horizontalAdvance(category) + 16, area.height() - 2};
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette::line);
    painter.drawRoundedRect(chip, 9, 9);
    painter.setFont(chipFont);
    painter.setPen(palette::text);
    painter.drawText(chip, Qt::AlignCenter, category);
}

void paintFoot(QPainter& painter, const QRect& area, const QModelIndex& index) {
    const QString camera = index.data(LogModel::CameraRole).toString();
    const QString author = index.data(LogModel::AuthorRole).toString();
    const QFont font = theme::font(theme::TextSize::Caption);
    painter.setFont(font);
    painter.setPen(palette::textDim);
    painter.drawText(area, Qt::AlignRight | Qt::AlignVCenter, author);
    const int room = area.width() - QFontMetrics{font}.horizontalAdvance(author) - 12;
    painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics{font}.elidedText(camera.isEmpty() ? QString{} : QStringLiteral("Camera ") + camera,
                                                   Qt::ElideRight, room));
}

void paintBackground(QPainter& painter, const QStyleOptionViewItem& option) {
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool focused = option.state.testFlag(QStyle::State_HasFocus) && option.state.testFlag(QStyle::State_Active);
    if (selected && focused) {
        painter.setPen(QPen{palette::accent, 2});
        painter.setBrush(palette::raised);
        painter.drawRoundedRect(QRectF{option.rect}.adjusted(5, 2, -5, -3), 6, 6);
    }
    painter.setPen(palette::line);
    painter.drawLine(option.rect.left() + sideMargin, option.rect.bottom(), option.rect.right() - sideMargin,
                     option.rect.bottom());
}

}  // namespace

void LogRowDelegate::setWords(const QString& words) {
    QStringList patterns;
    for (const QString& word : words.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        patterns.append(QRegularExpression::escape(word));
    }
    m_marked.setPattern(patterns.isEmpty() ? QString{}
                                           : QStringLiteral("(?<!\\w)(?:%1)").arg(patterns.join(QLatin1Char('|'))));
    m_marked.setPatternOptions(QRegularExpression::CaseInsensitiveOption |
                               QRegularExpression::UseUnicodePropertiesOption);
}

QSize LogRowDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const auto* view = qobject_cast<const QAbstractScrollArea*>(option.widget);
    const int width = (view != nullptr ? view->viewport()->width() : option.rect.width());
    if (width != m_width) {
        m_width = width;
        m_textHeights.clear();
    }
    const qlonglong id = index.data(LogModel::IdRole).toLongLong();
    auto height = m_textHeights.constFind(id);
    if (height == m_textHeights.constEnd()) {
        QTextLayout layout{textOf(index)};
        height = m_textHeights.insert(id, layOut(layout, width - 2 * sideMargin));
    }
    return {width, topMargin + headHeight + gap + *height + gap + footHeight + bottomMargin};
}

void LogRowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintBackground(*painter, option);
    const QRect area = option.rect.adjusted(sideMargin, topMargin, -sideMargin, -bottomMargin);
    paintHead(*painter, QRect{area.topLeft(), QSize{area.width(), headHeight}}, index);

    QTextLayout layout{textOf(index)};
    layOut(layout, area.width());
    painter->setPen(palette::text);
    layout.draw(painter, QPointF{area.left() + 0.0, area.top() + headHeight + gap + 0.0},
                marksIn(layout.text(), m_marked));
    paintFoot(*painter, QRect{area.left(), area.bottom() - footHeight + 1, area.width(), footHeight}, index);
    painter->restore();
}

}  // namespace leedswatch::ui

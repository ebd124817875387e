#include "ui/review/recorded_view.h"

#include "ui/common/palette.h"
#include "ui/common/theme.h"

#include <QPainter>
#include <QResizeEvent>
#include <algorithm>

namespace leedswatch::ui {

RecordedView::RecordedView(QWidget* parent) : QWidget{parent} {
    setObjectName(QStringLiteral("recordedView"));
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMinimumSize(240, 160);
    setAccessibleName(QStringLiteral("Recorded picture"));
}

void RecordedView::setFrame(std::shared_ptr<const video::Frame> frame) {
    if (m_frame != frame) {
        m_frame = std::move(frame);
        update();
    }
}

void RecordedView::setEmptyText(const QString& title, const QString& text) {
    m_emptyTitle = title;
    m_emptyText = text;
    update();
}

void RecordedView::setNotice(const QString& text, Tone tone) {
    if (m_notice != text || m_tone != tone) {
        m_notice = text;
        m_tone = tone;
        update();
    }
}

QRectF RecordedView::pictureRect() const {
    const QSizeF size = QSizeF(m_frame->width, m_frame->height).scaled(QSizeF(this->size()), Qt::KeepAspectRatio);
    return {(width() - size.width()) / 2, (height() - size.height()) / 2, size.width(), size.height()};
}

void RecordedView::paintEvent(QPaintEvent*) {
    QPainter painter{this};
    painter.fillRect(rect(), palette::window);
    if (!m_frame) {
        paintEmpty(painter);
        return;
    }
    const QRectF picture = pictureRect();
    const QImage image{reinterpret_cast<const uchar*>(m_frame->pixels.data()), m_frame->width, m_frame->height,
                       m_frame->stride, QImage::Format_RGB32};
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(picture, image);
    painter.setRenderHint(QPainter::Antialiasing);
    // A live picture never has this frame.
    painter.setPen(QPen{palette::text, 2});
    painter.drawRect(picture.adjusted(1, 1, -1, -1));
    paintBadge(painter, picture);
    if (!m_notice.isEmpty()) {
        paintNotice(painter, picture);
    }
}

void RecordedView::paintBadge(QPainter& painter, const QRectF& picture) const {
    const QString text = QStringLiteral("RECORDED");
    QFont font = theme::font(theme::TextSize::Title, QFont::Bold);
    font.setLetterSpacing(QFont::AbsoluteSpacing, 1.5);
    painter.setFont(font);
    const double width = painter.fontMetrics().horizontalAdvance(text) + 24;
    const QRectF badge{picture.left() + 12, picture.top() + 12, width, 28};
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette::text);
    painter.drawRoundedRect(badge, 4, 4);
    painter.setPen(palette::window);
    painter.drawText(badge, Qt::AlignCenter, text);
}

void RecordedView::paintNotice(QPainter& painter, const QRectF& picture) const {
    painter.setFont(theme::font(theme::TextSize::Body, QFont::Medium));
    const double most = picture.width() - 24;
    const QRectF bounds = painter.fontMetrics().boundingRect(QRect(0, 0, static_cast<int>(most - 32), 400),
                                                             Qt::AlignLeft | Qt::TextWordWrap, m_notice);
    const QSizeF size{std::min(most, bounds.width() + 34), bounds.height() + 16};
    const QRectF box{picture.center().x() - size.width() / 2, picture.bottom() - 12 - size.height(), size.width(),
                     size.height()};
    QColor ground = palette::window;
    ground.setAlpha(235);
    painter.setPen(QPen{m_tone == Tone::Warning ? palette::amber : palette::line, 1});
    painter.setBrush(ground);
    painter.drawRoundedRect(box, 6, 6);
    painter.setPen(palette::text);
    painter.drawText(box.adjusted(17, 8, -16, -8), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap, m_notice);
}

void RecordedView::paintEmpty(QPainter& painter) const {
    painter.setRenderHint(QPainter::Antialiasing);
    const double centre = height() / 2.0;
    painter.setPen(palette::text);
    painter.setFont(theme::font(theme::TextSize::Heading, QFont::DemiBold));
    painter.drawText(QRectF(24, centre - 44, width() - 48, 32), Qt::AlignCenter, m_emptyTitle);
    painter.setPen(palette::textDim);
    painter.setFont(theme::font(theme::TextSize::Body));
    painter.drawText(QRectF(24, centre - 4, width() - 48, 80), Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap,
                     m_emptyText);
}

void RecordedView::resizeEvent(QResizeEvent* event) {
    Q_EMIT resized(event->size() * devicePixelRatioF());
}

}  // namespace leedswatch::ui

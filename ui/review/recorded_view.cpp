#include "ui/review/recorded_view.h"

#include "ui/common/palette.h"
#include "ui/common/theme.h"

#include <QPainter>
#include <QResizeEvent>
#include <algorithm>
#include <cmath>

namespace leedswatch::ui {
namespace {

constexpr int mountWidth = 3;
constexpr int mountTop = 24;
constexpr int noticeHeight = 40;

}  // namespace

RecordedView::RecordedView(QWidget* parent) : QWidget{parent} {
    setObjectName(QStringLiteral("recordedView"));
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMinimumSize(240, 160);
    setAccessibleName(QStringLiteral("Recorded picture"));
}

void RecordedView::setFrame(std::shared_ptr<const video::Frame> frame) {
    if (m_frame != frame) {
        m_frame = std::move(frame);
        placeOverlay();
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

void RecordedView::setUnmasked(const QString& text) {
    if (m_unmasked != text) {
        m_unmasked = text;
        update();
    }
}

void RecordedView::setOverlay(QWidget* overlay) {
    m_overlay = overlay;
    m_overlay->setParent(this);
    placeOverlay();
}

void RecordedView::showOverlay(bool shown) {
    m_showsOverlay = shown;
    placeOverlay();
}

void RecordedView::placeOverlay() {
    if (m_overlay == nullptr) {
        return;
    }
    const bool isWanted = m_showsOverlay && m_frame;
    if (isWanted) {
        m_overlay->setGeometry(pictureRect().toRect());
    }
    if (m_overlay->isHidden() == isWanted) {
        m_overlay->setVisible(isWanted);
    }
}

QRectF RecordedView::pictureRect() const {
    const QRectF room = QRectF(rect()).adjusted(mountWidth, mountTop, -mountWidth, -(mountWidth + noticeHeight));
    const QSizeF size = QSizeF(m_frame->width, m_frame->height).scaled(room.size(), Qt::KeepAspectRatio);
    return {std::round(room.center().x() - size.width() / 2), std::round(room.center().y() - size.height() / 2),
            std::round(size.width()), std::round(size.height())};
}

void RecordedView::paintEvent(QPaintEvent*) {
    QPainter painter{this};
    painter.fillRect(rect(), palette::window);
    if (!m_frame) {
        paintEmpty(painter);
        paintNotice(painter);
        return;
    }
    const QRectF picture = pictureRect();
    const QImage image{reinterpret_cast<const uchar*>(m_frame->pixels.data()), m_frame->width, m_frame->height,
                       m_frame->stride, QImage::Format_RGB32};
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    paintMount(painter, picture);
    painter.drawImage(picture, image);
    paintNotice(painter);
}

/// A live picture never has this.
void RecordedView::paintMount(QPainter& painter, const QRectF& picture) const {
    const QRectF mount = picture.adjusted(-mountWidth, -mountTop, mountWidth, mountWidth);
    painter.fillRect(mount, m_unmasked.isEmpty() ? palette::text : palette::unmasked);
    QFont font = theme::font(theme::TextSize::Body, QFont::Bold);
    font.setLetterSpacing(QFont::AbsoluteSpacing, 2);
    painter.setFont(font);
    painter.setPen(palette::window);
    const QRectF line{mount.left() + 10, mount.top(), mount.width() - 20, mountTop};
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, QStringLiteral("RECORDED"));
    painter.setFont(theme::font(theme::TextSize::Body, QFont::DemiBold));
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter,
                     m_unmasked.isEmpty() ? QStringLiteral("not live") : m_unmasked + QStringLiteral(" · not live"));
}

void RecordedView::paintNotice(QPainter& painter) const {
    if (m_notice.isEmpty()) {
        return;
    }
    painter.setFont(theme::font(theme::TextSize::Body, QFont::Medium));
    const QRectF strip{16, static_cast<double>(height() - noticeHeight), static_cast<double>(width() - 32),
                       static_cast<double>(noticeHeight)};
    const int flags = Qt::AlignCenter | Qt::TextWordWrap;
    const QRectF text = painter.boundingRect(strip, flags, m_notice);
    if (m_tone == Tone::Warning) {
        painter.fillRect(QRectF(text.left() - 12, strip.top() + 6, 4, strip.height() - 12), palette::amber);
    }
    painter.setPen(m_tone == Tone::Warning ? palette::text : palette::textDim);
    painter.drawText(strip, flags, m_notice);
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
    placeOverlay();
    Q_EMIT resized(event->size() * devicePixelRatioF());
}

}  // namespace leedswatch::ui

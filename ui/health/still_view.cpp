#include "ui/health/still_view.h"

#include "ui/common/palette.h"
#include "ui/common/theme.h"

#include <QPainter>

namespace leedswatch::ui {
namespace {

constexpr int captionHeight = 24;
constexpr int textMargin = 16;

}  // namespace

StillView::StillView(const QString& caption, QWidget* parent) : QWidget{parent} {
    setCaption(caption);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void StillView::setCaption(const QString& caption) {
    m_caption = caption;
    setAccessibleName(caption);
    update();
}

void StillView::showStill(const QImage& still) {
    m_still = still;
    m_text.clear();
    update();
}

void StillView::showText(const QString& text) {
    m_still = {};
    m_text = text;
    update();
}

void StillView::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter{this};
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.setFont(theme::font(theme::TextSize::Body));
    painter.setPen(palette::textDim);
    painter.drawText(QRect{0, 0, width(), captionHeight}, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(m_caption, Qt::ElideRight, width()));
    const QRect room = rect().adjusted(0, captionHeight, 0, 0);
    painter.fillRect(room, palette::window);
    if (m_still.isNull()) {
        painter.drawText(room.adjusted(textMargin, textMargin, -textMargin, -textMargin),
                         Qt::AlignCenter | Qt::TextWordWrap, m_text);
        return;
    }
    QRect place{{}, m_still.size().scaled(room.size(), Qt::KeepAspectRatio)};
    place.moveCenter(room.center());
    painter.drawImage(place, m_still);
}

}  // namespace leedswatch::ui

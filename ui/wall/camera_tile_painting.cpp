#include "ui/common/palette.h"
#include "ui/common/text.h"
#include "ui/wall/camera_tile.h"
#include "ui/wall/tile_painting.h"
#include "ui/wall/tile_words.h"

#include <QPaintEvent>
#include <QPainter>
#include <algorithm>

// How a tile looks. The strip with number, name and state stands above the picture, never on it; what is not live is
// hatched, and says since when and why on a band along the lower edge.

namespace leedswatch::ui {

namespace {

constexpr int frameWidth = tileFrame;

QImage wrapped(const video::Frame& frame) {
    return QImage{reinterpret_cast<const uchar*>(frame.pixels.data()), frame.width, frame.height, frame.stride,
                  QImage::Format_RGB32};
}

void hatch(QPainter& painter, const QRect& area, const QColor& colour) {
    constexpr int step = 24;
    constexpr int width = 3;
    painter.save();
    painter.setClipRect(area, Qt::IntersectClip);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen{withAlpha(colour, 150), width});
    // From the origin of the area, so that a part painted alone continues the lines of the whole.
    for (int x = area.left() - area.height(); x < area.right(); x += step) {
        painter.drawLine(x, area.bottom() + 1, x + area.height(), area.top());
    }
    painter.restore();
}

}  // namespace

int CameraTile::numberSize() const {
    // Five digits take four times their size, and must be whole in the narrowest tile of a wall of 36.
    return std::clamp(std::min(std::max(height() / 11, 20), width() / 5), 14, 44);
}

QRect CameraTile::stripRect() const {
    return {frameWidth, frameWidth, width() - 2 * frameWidth, numberSize() * 13 / 10 + 4};
}

QRect CameraTile::markRect() const {
    const QRect strip = stripRect();
    const int height = m_mark.isEmpty() && !m_recording ? 0 : std::clamp(numberSize() * 8 / 10, 16, 26) + 4;
    return {strip.left(), strip.bottom() + 1, strip.width(), height};
}

QRect CameraTile::pictureRect() const {
    const int top = markRect().bottom() + 1;
    return {frameWidth, top, width() - 2 * frameWidth, height() - top - frameWidth};
}

QRect CameraTile::shownPictureRect() const {
    const auto& picture = m_feed->picture();
    const QRect box = pictureRect();
    // Made for this box it fits to the pixel; made for another it is stretched until the next comes.
    const QSizeF own = QSizeF(picture->width, picture->height) / devicePixelRatioF();
    const bool fits = std::abs(own.width() - box.width()) < 1 || std::abs(own.height() - box.height()) < 1;
    const bool inside = own.width() <= box.width() + 1 && own.height() <= box.height() + 1;
    const QSize size = fits && inside ? own.toSize() : own.scaled(QSizeF{box.size()}, Qt::KeepAspectRatio).toSize();
    return {box.left() + (box.width() - size.width()) / 2, box.top() + (box.height() - size.height()) / 2, size.width(),
            size.height()};
}

void CameraTile::paintEvent(QPaintEvent* event) {
    QPainter painter{this};
    if (!m_feed) {
        paintEmpty(painter);
        paintFrame(painter);
        return;
    }
    paintPicture(painter, event->region());
    if (pictureRect().contains(event->rect())) {
        return;
    }
    paintStrip(painter);
    paintFrame(painter);
}

void CameraTile::paintPicture(QPainter& painter, const QRegion& dirty) const {
    const QRect box = pictureRect();
    if (!dirty.intersects(box)) {
        return;
    }
    const auto& picture = m_feed->picture();
    const QRect shown = picture ? shownPictureRect() : QRect{};
    for (const QRect& edge : QRegion{box} - shown) {
        painter.fillRect(edge, Qt::black);
    }
    if (picture) {
        const QImage image = wrapped(*picture);
        if (shown.size() == image.size() && devicePixelRatioF() == 1.0) {
            painter.drawImage(shown.topLeft(), image);
        } else {
            painter.setRenderHint(QPainter::SmoothPixmapTransform);
            painter.drawImage(shown, image);
        }
    }
    if (m_feed->replay() != nullptr) {
        paintReplay(painter);
    } else if (!m_feed->privacyProblem().isEmpty()) {
        paintNoPicture(painter);
    } else if (!isLive()) {
        paintNotLive(painter);
    }
    paintOverlays(painter);
}

void CameraTile::paintNotLive(QPainter& painter) const {
    const QRect box = pictureRect();
    const auto& verdict = m_feed->status().verdict;
    painter.save();
    painter.setClipRect(box, Qt::IntersectClip);
    const bool lost = verdict.state == video::LiveState::Frozen || verdict.state == video::LiveState::Offline;
    painter.fillRect(box, QColor{0, 0, 0, lost ? 110 : 60});
    if (lost) {
        hatch(painter, box, stateColour(verdict.state));
        paintBanner(painter);
    } else if (verdict.state == video::LiveState::Late) {
        painter.setPen(QPen{palette::amber, 4});
        painter.drawRect(box.adjusted(2, 2, -3, -3));
    } else if (!m_feed->picture()) {
        painter.setPen(palette::textDim);
        painter.setFont(sized(font(), std::max(13, numberSize() * 6 / 10)));
        painter.drawText(box, Qt::AlignCenter, QStringLiteral("Connecting …"));
    }
    painter.restore();
}

void CameraTile::paintBanner(QPainter& painter) const {
    const QRect box = pictureRect();
    const int room = box.width() - 2 * tilePadding - 6;
    const video::LiveVerdict verdict = knownVerdict(m_feed->status(), m_station);
    const auto [state, large] = stateLines(font(), stateText(), room, std::clamp(numberSize() * 9 / 10, 18, 36));
    const QFont small = sized(font(), std::clamp(numberSize() * 6 / 10, 12, 20));
    const QFontMetrics largeMetrics{large};
    const QFontMetrics smallMetrics{small};
    const QString since = sinceWords(verdict.since, m_clock.now());
    const int stateHeight = static_cast<int>(state.size()) * largeMetrics.height();
    // A long sentence takes a second line where that leaves two thirds of the picture to be seen.
    const int most = std::clamp((box.height() / 3 - stateHeight - tilePadding) / smallMetrics.height(), 1, 2);
    const QStringList cause = wrapped(causeText(), small, room, most);
    const int height = stateHeight + static_cast<int>(cause.size()) * smallMetrics.height() + tilePadding;
    const QRect band{box.left(), box.bottom() + 1 - height, box.width(), height};
    painter.fillRect(band, withAlpha(palette::window, 235));
    painter.fillRect(QRect{band.left(), band.top(), 4, band.height()}, stateColour(verdict.state));
    QRect line = band.adjusted(tilePadding + 6, tilePadding / 2, -tilePadding, 0);
    line.setHeight(largeMetrics.height());
    painter.setFont(small);
    painter.setPen(palette::text);
    if (largeMetrics.horizontalAdvance(state.first()) + smallMetrics.horizontalAdvance(since) + tilePadding <= room) {
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, since);
    }
    const auto draw = [&](const QStringList& lines, const QFont& lineFont, const QColor& colour) {
        painter.setFont(lineFont);
        painter.setPen(colour);
        line.setHeight(QFontMetrics{lineFont}.height());
        for (const QString& words : lines) {
            painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, words);
            line.translate(0, line.height());
        }
    };
    draw(state, large, stateColour(verdict.state));
    draw(cause, small, palette::text);
}

void CameraTile::paintEmpty(QPainter& painter) const {
    const QRect area = rect().adjusted(frameWidth, frameWidth, -frameWidth, -frameWidth);
    painter.fillRect(area, palette::panel);
    const QFont titleFont = sized(font(), std::clamp(numberSize() * 7 / 10, 15, 24), QFont::DemiBold);
    const QFont hintFont = sized(font(), std::clamp(numberSize() * 5 / 10, 12, 16));
    const int titleHeight = QFontMetrics{titleFont}.height();
    QRect line{area.left() + tilePadding, area.center().y() - titleHeight, area.width() - 2 * tilePadding, titleHeight};
    painter.setFont(titleFont);
    const bool isGone = m_missingCamera != 0;
    painter.setPen(isGone ? palette::text : palette::textDim);
    painter.drawText(line, Qt::AlignCenter, isGone ? QString::number(m_missingCamera) : QStringLiteral("No camera"));
    line.translate(0, titleHeight + 2);
    line.setHeight(area.bottom() - line.top());
    if (width() < narrowTile && !isGone && !m_selected) {
        paintMark(painter);
        paintNotice(painter);
        return;
    }
    painter.setFont(hintFont);
    painter.setPen(palette::textDim);
    painter.drawText(line, Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap,
                     isGone       ? QStringLiteral("This camera is no longer in the estate")
                     : m_selected ? QStringLiteral("Type its number and press Enter")
                                  : QStringLiteral("Select this tile, then type a number"));
    paintMark(painter);
    paintNotice(painter);
}

void CameraTile::paintFrame(QPainter& painter) const {
    const QColor colour = m_dropTarget ? palette::text : m_selected ? palette::accent : palette::line;
    for (int i = 0; i < frameWidth; ++i) {
        painter.setPen(i == 0 || m_selected || m_dropTarget ? colour : palette::panel);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(i, i, -i - 1, -i - 1));
    }
}

}  // namespace leedswatch::ui

#include "ui/common/palette.h"
#include "ui/common/text.h"
#include "ui/privacy/privacy_guard.h"
#include "ui/wall/camera_tile.h"
#include "ui/wall/tile_painting.h"
#include "ui/wall/tile_words.h"

#include <QPainter>
#include <algorithm>

// What lies on the picture of a tile: the replay's frame and band, the map of the zoom, the inspector, and that privacy
// zones are lifted.

namespace leedswatch::ui {

namespace {

constexpr int replayFrame = 4;
constexpr int leastWordSize = 10;

}  // namespace

/// What lies on the picture, live or not.
void CameraTile::paintOverlays(QPainter& painter) const {
    if (m_feed->picture() && isZoomed()) {
        paintZoom(painter);
    }
    if (m_inspected) {
        paintInspector(painter);
    }
    paintUnmasked(painter);
    paintNotice(painter);
}

/// A small table along the left edge, which leaves the middle of the picture to be seen.
void CameraTile::paintInspector(QPainter& painter) const {
    // The first time that it is painted: a standing picture is painted again and again.
    if (const auto& picture = m_feed->picture();
        picture && isLive() && m_feed->replay() == nullptr && picture->number != m_paintedNumber) {
        m_paintedNumber = picture->number;
        m_paintedAfter =
            std::chrono::duration_cast<std::chrono::microseconds>(m_clock.steadyNow() - picture->arrivedAt);
    }
    const QRect box = pictureRect();
    const QFont words = sized(font(), std::clamp(box.height() / 24, 10, 14));
    const QFontMetrics metrics{words};
    const int top = box.top() + unmaskedHeight();
    const QStringList lines = inspectorLines();
    int nameWidth = 0;
    int valueWidth = 0;
    for (const QString& line : lines) {
        nameWidth = std::max(nameWidth, metrics.horizontalAdvance(line.section(QLatin1Char{'\t'}, 0, 0)));
        valueWidth = std::max(valueWidth, metrics.horizontalAdvance(line.section(QLatin1Char{'\t'}, 1)));
    }
    const int fitting = std::min<int>(static_cast<int>(lines.size()), (box.bottom() - top - 6) / metrics.height());
    const QRect table{box.left(), top, std::min(nameWidth + valueWidth + 22, box.width()),
                      fitting * metrics.height() + 6};
    painter.fillRect(table, withAlpha(palette::window, 215));
    painter.setFont(words);
    QRect line{table.left() + 6, table.top() + 3, table.width() - 10, metrics.height()};
    for (int i = 0; i < fitting; ++i) {
        painter.setPen(palette::textDim);
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, lines[i].section(QLatin1Char{'\t'}, 0, 0));
        painter.setPen(palette::text);
        painter.drawText(line.adjusted(nameWidth + 10, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                         lines[i].section(QLatin1Char{'\t'}, 1));
        line.translate(0, metrics.height());
    }
}

int CameraTile::captionSize() const {
    return std::clamp(numberSize() * 6 / 10, 12, 20);
}

/// Seconds ago: a frame of its own colour, and a band that says how old the picture is.
void CameraTile::paintReplay(QPainter& painter) const {
    const TileReplay& replay = *m_feed->replay();
    const QRect box = pictureRect();
    painter.save();
    painter.setClipRect(box, Qt::IntersectClip);
    painter.setPen(QPen{palette::replay, replayFrame});
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(box.adjusted(replayFrame / 2, replayFrame / 2, -replayFrame / 2 - 1, -replayFrame / 2 - 1));
    const int room = box.width() - 2 * tilePadding;
    const QString state = stateText();
    const QFont large =
        fitted(font(), state, room, std::clamp(numberSize() * 8 / 10, 15, 30), leastWordSize, QFont::Bold);
    const QFont small = sized(font(), captionSize());
    const QFontMetrics largeMetrics{large};
    const int stateWidth = largeMetrics.horizontalAdvance(state) + 2 * tilePadding;
    const bool isNarrow = stateWidth + QFontMetrics{small}.horizontalAdvance(replay.words()) > room;
    const QStringList lines = wrapped(replay.words(), small, isNarrow ? room : room - stateWidth, 2);
    const int lineHeight = QFontMetrics{small}.height();
    const int linesHeight = static_cast<int>(lines.size()) * lineHeight;
    const int height =
        (isNarrow ? largeMetrics.height() + linesHeight : std::max(largeMetrics.height(), linesHeight)) + 4;
    const QRect band{box.left(), box.bottom() + 1 - height, box.width(), height};
    painter.fillRect(band, palette::replay);
    painter.setPen(palette::window);
    painter.setFont(large);
    QRect line = band.adjusted(tilePadding, 2, -tilePadding, 0);
    line.setHeight(isNarrow ? largeMetrics.height() : height - 4);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, state);
    painter.setFont(small);
    line.translate(0, isNarrow ? largeMetrics.height() : (height - 4 - linesHeight) / 2);
    line.setHeight(lineHeight);
    for (const QString& words : lines) {
        painter.drawText(line, Qt::AlignVCenter | (isNarrow ? Qt::AlignLeft : Qt::AlignRight), words);
        line.translate(0, lineHeight);
    }
    painter.restore();
}

/// A picture is kept back: that is said where it would be.
void CameraTile::paintNoPicture(QPainter& painter) const {
    const QRect box = pictureRect().adjusted(tilePadding, tilePadding, -tilePadding, -tilePadding);
    const QFont large = sized(font(), std::max(14, captionSize()), QFont::DemiBold);
    const QFont small = sized(font(), captionSize() * 9 / 10);
    const int lineHeight = QFontMetrics{large}.height();
    QRect line{box.left(), box.center().y() - lineHeight, box.width(), lineHeight};
    painter.setFont(large);
    painter.setPen(palette::amber);
    painter.drawText(line, Qt::AlignCenter, QStringLiteral("No picture is shown"));
    line = {box.left(), line.bottom() + 4, box.width(), box.bottom() - line.bottom() - 4};
    painter.setFont(small);
    painter.setPen(palette::text);
    painter.drawText(line, Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap,
                     m_feed->privacyProblem() + QStringLiteral(" An administrator can draw the zones anew."));
}

/// Of the band that says that zones are lifted; 0 while they hide.
int CameraTile::unmaskedHeight() const {
    const bool isLifted = m_feed->source().context.privacy.liftedFor(m_feed->camera().id).has_value();
    return isLifted ? QFontMetrics{sized(font(), captionSize(), QFont::Bold)}.height() + 4 : 0;
}

void CameraTile::paintUnmasked(QPainter& painter) const {
    const auto left = m_feed->source().context.privacy.liftedFor(m_feed->camera().id);
    if (!left) {
        return;
    }
    const QRect box = pictureRect();
    const QRect band{box.left(), box.top(), box.width(), unmaskedHeight()};
    const QRect line = band.adjusted(tilePadding, 0, -tilePadding, 0);
    const QString state = QStringLiteral("UNMASKED %1").arg(minutesAndSeconds(*left));
    const QFont words = fitted(font(), state, line.width(), captionSize(), leastWordSize, QFont::Bold);
    painter.fillRect(band, palette::unmasked);
    painter.setFont(words);
    painter.setPen(palette::window);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, state);
    const QString hint = QStringLiteral("U hides again");
    if (QFontMetrics{words}.horizontalAdvance(QStringLiteral("UNMASKED 00:00  ") + hint) < line.width()) {
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, hint);
    }
}

/// How far, and where in the picture that is: a small map in the corner that is seldom looked at.
void CameraTile::paintZoom(QPainter& painter) const {
    const auto& region = m_feed->picture()->presentation.region;
    const QRect box = pictureRect();
    const QRect shown = shownPictureRect();
    const int mapWidth = std::clamp(box.width() / 7, 44, 120);
    const int mapHeight = std::max(1, mapWidth * shown.height() / std::max(shown.width(), 1));
    const QFont words = sized(font(), std::clamp(captionSize() * 9 / 10, 12, 16), QFont::Bold);
    const int textHeight = QFontMetrics{words}.height();
    const int top = box.top() + 6 + unmaskedHeight();
    const QRect map{box.right() - mapWidth - 6, top, mapWidth, mapHeight};
    const QRect all = map.adjusted(-4, -4, 4, textHeight + 4);
    painter.fillRect(all, withAlpha(palette::window, 200));
    painter.setBrush(Qt::NoBrush);
    painter.setPen(palette::textDim);
    painter.drawRect(map.adjusted(0, 0, -1, -1));
    const QRectF here{map.left() + region.left * map.width(), map.top() + region.top * map.height(),
                      region.extent * map.width(), region.extent * map.height()};
    painter.fillRect(here.toAlignedRect().intersected(map), palette::text);
    painter.setFont(words);
    painter.setPen(palette::text);
    painter.drawText(QRect{map.left(), map.bottom() + 1, map.width(), textHeight + 2}, Qt::AlignCenter,
                     zoomWords(region.zoom()));
}

}  // namespace leedswatch::ui

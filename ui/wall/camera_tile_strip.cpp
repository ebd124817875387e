#include "ui/common/palette.h"
#include "ui/common/text.h"
#include "ui/wall/camera_tile.h"
#include "ui/wall/tile_painting.h"
#include "ui/wall/tile_words.h"

#include <QPainter>
#include <algorithm>

// What stands above a tile's picture: number, name and state, the line of what the tile is besides, and messages.

namespace leedswatch::ui {

QString CameraTile::chipWord() const {
    return m_feed->replay() != nullptr ? QStringLiteral("REPLAY") : stateWord(m_feed->status().verdict.state);
}

QFont CameraTile::chipFont() const {
    return sized(font(), std::clamp(numberSize() * 11 / 20, 12, 20), QFont::Bold);
}

/// In a narrow tile the name needs the room more than the word does: the chip is the dot of the camera list, round for
/// live. What is lost says so in words over the picture.
QRect CameraTile::chipRect() const {
    const QRect strip = stripRect();
    const bool isDot = width() < narrowTile;
    const QFontMetrics metrics{chipFont()};
    const int height = isDot ? 10 : metrics.height() + 4;
    const int length = isDot ? height : metrics.horizontalAdvance(chipWord()) + 2 * tilePadding;
    const int right = strip.right() - (isDot ? tilePadding / 2 : tilePadding);
    return {right - length + 1, strip.center().y() - height / 2, length, height};
}

/// Between the number and the chip.
QRect CameraTile::nameRect() const {
    const QRect strip = stripRect();
    const bool isNarrow = width() < narrowTile;
    const QString number = QString::number(m_feed->camera().number);
    const int left = strip.left() + (isNarrow ? tilePadding / 2 : tilePadding) + tilePadding +
                     QFontMetrics{sized(font(), numberSize(), QFont::Bold)}.horizontalAdvance(number);
    const int right = chipRect().left() - (isNarrow ? tilePadding / 2 : tilePadding) - tilePadding / 2;
    return {left, strip.top(), std::max(right - left, 0), strip.height()};
}

void CameraTile::paintStrip(QPainter& painter) const {
    const QRect strip = stripRect();
    painter.fillRect(strip, palette::panel);
    paintChip(painter);
    const int edge = width() < narrowTile ? tilePadding / 2 : tilePadding;
    painter.setFont(sized(font(), numberSize(), QFont::Bold));
    painter.setPen(palette::text);
    painter.drawText(strip.adjusted(edge, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip,
                     QString::number(m_feed->camera().number));
    paintName(painter);
    paintMark(painter);
}

/// What is too long for one line takes two smaller ones.
CameraTile::NameLines CameraTile::nameLines(const QString& words, QFont::Weight weight) const {
    const QRect room = nameRect();
    const QFont large = sized(font(), std::clamp(numberSize() * 6 / 10, 13, 22), weight);
    if (QFontMetrics{large}.horizontalAdvance(words) <= room.width()) {
        return {{words}, large, true};
    }
    const QFont small = sized(font(), std::clamp(room.height() * 2 / 5, 10, 16), weight);
    const int most = QFontMetrics{small}.height() * 2 <= room.height() + 4 ? 2 : 1;
    const QStringList all = wrapped(words, small, room.width(), 9);
    const bool isWhole = all.size() <= most && std::ranges::all_of(all, [&](const QString& line) {
                             return QFontMetrics{small}.horizontalAdvance(line) <= room.width();
                         });
    return {isWhole ? all : wrapped(words, small, room.width(), most), small, isWhole};
}

/// A message stands in the place of the name, where it is whole there: whose picture this is, and its state, are still
/// said.
bool CameraTile::isNoticeInStrip() const {
    return m_feed && !m_notice.isEmpty() && nameLines(m_notice, QFont::DemiBold).isWhole;
}

void CameraTile::paintName(QPainter& painter) const {
    const QRect room = nameRect();
    if (room.width() < 2 * tilePadding) {
        return;
    }
    const bool noticed = isNoticeInStrip();
    const NameLines name =
        noticed ? nameLines(m_notice, QFont::DemiBold) : nameLines(toQt(m_feed->camera().name), QFont::Normal);
    if (noticed) {
        painter.fillRect(room.adjusted(-4, 2, 4, -2), palette::amber);
    }
    painter.save();
    painter.setFont(name.font);
    painter.setPen(noticed ? palette::window : palette::textDim);
    const int count = static_cast<int>(name.lines.size());
    const int height = std::min(QFontMetrics{name.font}.height(), room.height() / count);
    QRect line{room.left(), room.top() + (room.height() - height * count) / 2, room.width(), height};
    // The lines themselves may touch.
    painter.setClipRect(room.adjusted(0, -2, 0, 2));
    for (const QString& text : name.lines) {
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip,
                         QFontMetrics{name.font}.elidedText(text, Qt::ElideRight, room.width()));
        line.translate(0, height);
    }
    painter.restore();
}

/// A message that the strip has no room for: a band below it, over the picture, for as long as it stands.
void CameraTile::paintNotice(QPainter& painter) const {
    if (m_notice.isEmpty() || isNoticeInStrip()) {
        return;
    }
    const QRect box = m_feed ? pictureRect() : rect().adjusted(tileFrame, tileFrame, -tileFrame, -tileFrame);
    const QFont words = sized(font(), std::clamp(numberSize() * 6 / 10, 11, 20), QFont::DemiBold);
    const QFontMetrics metrics{words};
    const int edge = width() < narrowTile ? tilePadding / 2 : tilePadding;
    const QStringList lines =
        wrapped(m_notice, words, box.width() - 2 * edge, std::max(1, (box.height() - 4) / metrics.height()));
    painter.fillRect(QRect{box.left(), box.top(), box.width(), static_cast<int>(lines.size()) * metrics.height() + 4},
                     palette::amber);
    painter.setFont(words);
    painter.setPen(palette::window);
    QRect line{box.left() + edge, box.top() + 2, box.width() - 2 * edge, metrics.height()};
    for (const QString& text : lines) {
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, text);
        line.translate(0, line.height());
    }
}

void CameraTile::paintMark(QPainter& painter) const {
    const QRect area = markRect();
    if (area.height() <= 0) {
        return;
    }
    painter.fillRect(area, palette::hover);
    const QFont markFont = sized(font(), std::clamp(area.height() - 8, 11, 16), QFont::DemiBold);
    painter.setFont(markFont);
    const QRect room = area.adjusted(tilePadding / 2 + 2, 0, -tilePadding / 2, 0);
    const int taken = m_recording ? paintRecording(painter, room) : 0;
    const QRect left = room.adjusted(0, 0, -taken, 0);
    painter.setPen(palette::text);
    painter.drawText(left, Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics{markFont}.elidedText(m_mark, Qt::ElideMiddle, left.width()));
}

/// At the right of the line, as much of it as there is room for; returns how much it took.
int CameraTile::paintRecording(QPainter& painter, const QRect& room) const {
    const QFontMetrics metrics{painter.font()};
    const int dot = metrics.ascent() * 6 / 10;
    QString words = recordingMark();
    const int most = m_mark.isEmpty() ? room.width() : room.width() * 6 / 10;
    const QString until = hourAndMinute(m_recording->until);
    for (const QString& shorter :
         {QStringLiteral("REC until ") + until, QStringLiteral("REC ") + until, QStringLiteral("REC")}) {
        if (metrics.horizontalAdvance(words) + dot + tilePadding / 2 <= most) {
            break;
        }
        words = shorter;
    }
    const int length = metrics.horizontalAdvance(words);
    const QColor colour = m_recording->isWritten ? palette::red : palette::amber;
    const int right = m_mark.isEmpty() ? room.left() + dot + tilePadding / 2 + length : room.right();
    painter.setPen(m_recording->isWritten ? palette::text : palette::amber);
    painter.drawText(QRect{right - length, room.top(), length + 1, room.height()}, Qt::AlignVCenter, words);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawEllipse(QRect{right - length - tilePadding / 2 - dot, room.center().y() - dot / 2, dot, dot});
    painter.setRenderHint(QPainter::Antialiasing, false);
    return length + dot + tilePadding;
}

void CameraTile::paintChip(QPainter& painter) const {
    const auto state = m_feed->status().verdict.state;
    const QRect chip = chipRect();
    const bool isDot = width() < narrowTile;
    const int dotCorner = state == video::LiveState::Live ? chip.height() / 2 : 0;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_feed->replay() != nullptr ? palette::replay : stateColour(state));
    painter.drawRoundedRect(chip, isDot ? dotCorner : 3, isDot ? dotCorner : 3);
    painter.setRenderHint(QPainter::Antialiasing, false);
    if (!isDot) {
        painter.setFont(chipFont());
        painter.setPen(palette::window);
        painter.drawText(chip, Qt::AlignCenter, chipWord());
    }
}

}  // namespace leedswatch::ui

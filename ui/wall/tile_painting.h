#pragma once

#include <QColor>
#include <QFont>
#include <QString>
#include <QStringList>

// What the files that paint a tile share.

namespace leedswatch::ui {

inline constexpr int tilePadding = 8;
inline constexpr int tileFrame = 2;
/// A tile narrower than this has room for its number and a few letters of its name.
inline constexpr int narrowTile = 200;

[[nodiscard]] inline QFont sized(const QFont& base, int pixels, QFont::Weight weight = QFont::Normal) {
    QFont font{base};
    font.setPixelSize(pixels);
    font.setWeight(weight);
    return font;
}

/// The largest size up to `wanted` at which the words are whole in so many pixels: a state is never cut. In a tile that
/// has no room for them at `least`, `least`.
[[nodiscard]] QFont fitted(const QFont& base, const QString& words, int width, int wanted, int least,
                           QFont::Weight weight);

/// How a state and its age are set in so many pixels: in one line, or, where that would be too small to be read across
/// the desk, the word above the age.
struct StateLines {
    QStringList lines;
    QFont font;
};
[[nodiscard]] StateLines stateLines(const QFont& base, const QString& state, int width, int wanted);

[[nodiscard]] inline QColor withAlpha(QColor colour, int alpha) {
    colour.setAlpha(alpha);
    return colour;
}

}  // namespace leedswatch::ui

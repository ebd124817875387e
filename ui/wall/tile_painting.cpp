#include "ui/wall/tile_painting.h"

#include <QFontMetrics>

namespace leedswatch::ui {

namespace {

constexpr int leastInOneLine = 14;
constexpr int leastInTwo = 10;

}  // namespace

QFont fitted(const QFont& base, const QString& words, int width, int wanted, int least, QFont::Weight weight) {
    int size = wanted;
    while (size > least && QFontMetrics{sized(base, size, weight)}.horizontalAdvance(words) > width) {
        --size;
    }
    return sized(base, size, weight);
}

StateLines stateLines(const QFont& base, const QString& state, int width, int wanted) {
    const auto widthOf = [&](const QString& words) {
        return QFontMetrics{sized(base, leastInOneLine, QFont::DemiBold)}.horizontalAdvance(words);
    };
    const qsizetype space = state.indexOf(QLatin1Char{' '});
    if (space < 0 || widthOf(state) <= width) {
        return {{state}, fitted(base, state, width, wanted, leastInTwo, QFont::DemiBold)};
    }
    const QString word = state.left(space);
    const QString age = state.mid(space + 1);
    const QString& longer = widthOf(word) > widthOf(age) ? word : age;
    return {{word, age}, fitted(base, longer, width, wanted, leastInTwo, QFont::DemiBold)};
}

}  // namespace leedswatch::ui

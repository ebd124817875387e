#include "transcode/border_finder.h"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <numeric>

namespace leedswatch::transcode {
namespace {

constexpr int kWidestShare = 25;
constexpr int kBlack = 22;    // blanking is 16, and compression moves it a little
constexpr int kFlat = 6;      // how far pixels of blanking are from their mean, on average
constexpr int kLitMean = 45;  // of what is beside an edge, for the edge to be told from it
constexpr int kFewestLit = 5;
constexpr int kFewestPairs = 10;
constexpr int kWholeRowsAbove = 8;  // that must be quiet above the torn ones

int evenUp(int number) {
    return number + number % 2;
}

/// Mean of pixels, and how far they are from it on average.
struct Strip {
    int mean = 0;
    int spread = 0;
};

Strip stripOf(int count, const std::function<int(int)>& pixel) {
    int sum = 0;
    for (int i = 0; i < count; ++i) {
        sum += pixel(i);
    }
    const int mean = sum / count;
    int away = 0;
    for (int i = 0; i < count; ++i) {
        away += std::abs(pixel(i) - mean);
    }
    return {mean, away / count};
}

std::int64_t medianOf(std::vector<std::int64_t> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

std::int64_t differenceOfRows(const std::uint8_t* a, const std::uint8_t* b, int count) {
    std::int64_t sum = 0;
    for (int x = 0; x < count; ++x) {
        sum += std::abs(a[x] - b[x]);
    }
    return sum;
}

}  // namespace

void BorderFinder::begin(const Luma& picture) {
    const auto columns = static_cast<std::size_t>(picture.width() / kWidestShare + 1);
    const auto rows = static_cast<std::size_t>(picture.height() / kWidestShare + 1);
    m_width = picture.width();
    m_left.edges.resize(columns);
    m_right.edges.resize(columns);
    m_top.edges.resize(2 * rows);
    m_bottom.edges.resize(2 * rows);
    m_changes.resize(static_cast<std::size_t>(picture.height()));
    m_steps.resize(static_cast<std::size_t>(picture.height()));
}

void BorderFinder::add(const Luma& picture) {
    if (m_width == 0) {
        begin(picture);
    }
    addColumns(picture, m_left, false);
    addColumns(picture, m_right, true);
    addRows(picture, m_top, false);
    addRows(picture, m_bottom, true);
    if (m_before) {
        addTears(picture, *m_before);
    }
    m_before = picture.share();
}

void BorderFinder::addColumns(const Luma& picture, Side& side, bool isRight) {
    const auto column = [&](std::size_t inwards) {
        const int x = isRight ? picture.width() - 1 - static_cast<int>(inwards) : static_cast<int>(inwards);
        return stripOf(picture.height(), [&](int y) { return int{picture.row(y)[x]}; });
    };
    if (column(2 * side.edges.size()).mean < kLitMean) {
        return;
    }
    ++side.lit;
    for (std::size_t i = 0; i < side.edges.size(); ++i) {
        const Strip strip = column(i);
        side.edges[i].add(strip.mean, strip.spread);
    }
}

void BorderFinder::addRows(const Luma& picture, Side& side, bool isBottom) {
    const int half = picture.width() / 2;
    const auto halfRow = [&](std::size_t inwards) {
        const int line = static_cast<int>(inwards / 2);
        const std::uint8_t* row = picture.row(isBottom ? picture.height() - 1 - line : line);
        return stripOf(half, [row, from = inwards % 2 != 0 ? half : 0](int x) { return int{row[from + x]}; });
    };
    const std::size_t beside = 2 * side.edges.size();
    if (halfRow(beside).mean < kLitMean || halfRow(beside + 1).mean < kLitMean) {
        return;
    }
    ++side.lit;
    for (std::size_t i = 0; i < side.edges.size(); ++i) {
        const Strip strip = halfRow(i);
        side.edges[i].add(strip.mean, strip.spread);
    }
}

void BorderFinder::addTears(const Luma& picture, const Luma& before) {
    // The edges are left out: blanking does not move, and would hide how much the rest does.
    const int inset = m_width / kWidestShare;
    const int count = m_width - 2 * inset;
    for (int y = picture.height() * 3 / 4; y < picture.height(); ++y) {
        const std::uint8_t* row = picture.row(y) + inset;
        m_changes[static_cast<std::size_t>(y)] += differenceOfRows(row, before.row(y) + inset, count);
        m_steps[static_cast<std::size_t>(y)] += differenceOfRows(row, picture.row(y - 2) + inset, count);
    }
    ++m_pairs;
}

void BorderFinder::Edge::add(int mean, int spread) {
    brightest = std::max(brightest, mean);
    hasDetail = hasDetail || spread > kFlat;
}

bool BorderFinder::isBlank(const Edge& edge) {
    return edge.brightest <= kBlack && !edge.hasDetail;
}

int BorderFinder::tornRows() const {
    const int height = static_cast<int>(m_changes.size());
    const int most = height / kWidestShare;
    if (m_pairs < kFewestPairs || height / 4 <= most + 2 * kWholeRowsAbove) {
        return 0;
    }
    const auto rowsOf = [](const std::vector<std::int64_t>& rows, int begin, int end) {
        return std::vector<std::int64_t>{rows.begin() + begin, rows.begin() + end};
    };
    const std::int64_t level = std::int64_t{m_width} * m_pairs;  // one for each pixel: what is there without a reason
    int torn = 0;
    while (torn < most) {
        const int y = height - 1 - torn;
        const auto above = medianOf(rowsOf(m_changes, height - most - 2 * kWholeRowsAbove, height - most));
        if (m_changes[static_cast<std::size_t>(y)] < 3 * above + level) {
            break;
        }
        ++torn;
    }
    if (torn == 0 || torn == most) {
        return 0;  // what tears further up than heads are changed is something else
    }
    // Something that moves there is whole in itself; torn lines do not fit the ones above them.
    const auto whole = medianOf(rowsOf(m_steps, height - most - 2 * kWholeRowsAbove, height - most));
    return medianOf(rowsOf(m_steps, height - torn, height)) > whole * 3 / 2 + level / 2 ? torn : 0;
}

Borders BorderFinder::borders() const {
    const int fewest = std::min(kFewestLit, m_pairs + 1);
    // An edge that is black as far as was looked is a letterbox or a wall.
    const auto columns = [&](const Side& side) {
        const auto first = std::ranges::find_if_not(side.edges, isBlank);
        const bool isSure = side.lit >= fewest && first != side.edges.end();
        return isSure ? evenUp(static_cast<int>(first - side.edges.begin())) : 0;
    };
    const auto rows = [&](const Side& side) {
        for (std::size_t line = 0; side.lit >= fewest && 2 * line < side.edges.size(); ++line) {
            if (!isBlank(side.edges[2 * line]) && !isBlank(side.edges[2 * line + 1])) {
                return evenUp(static_cast<int>(line));
            }
        }
        return 0;
    };
    return {columns(m_left), columns(m_right), rows(m_top), std::max(rows(m_bottom), evenUp(tornRows()))};
}

}  // namespace leedswatch::transcode

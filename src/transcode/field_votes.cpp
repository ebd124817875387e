#include "transcode/field_votes.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <vector>

namespace leedswatch::transcode {
namespace {

constexpr int kBlock = 16;
// Movement of a block, mean of its pixels: more than that of quiet blocks, times and plus this.
constexpr int kNoiseTimes = 2;
constexpr int kMovementFloor = 2 * kBlock * kBlock;
// How much one explanation must fit better than the others, of the largest comb and for each pixel.
constexpr int kMarginShare = 8;
constexpr int kMarginFloor = kBlock * kBlock;
constexpr int kFewestVotes = 3;

struct Movement {
    int before = 0;
    int behind = 0;
    [[nodiscard]] int lesser() const { return std::min(before, behind); }
};

/// Sums over a block of what sticks out of the lines above and below: with the field of the picture itself, and with
/// those of its neighbours that are nearest in time if the top field, or the bottom field, is the first.
struct Combs {
    int own = 0;
    int ifTop = 0;
    int ifBottom = 0;
};

int differenceOf(const std::uint8_t* a, const std::uint8_t* b) {
    int sum = 0;
    for (int x = 0; x < kBlock; ++x) {
        sum += std::abs(a[x] - b[x]);
    }
    return sum;
}

int combOf(const std::uint8_t* above, const std::uint8_t* line, const std::uint8_t* below) {
    int sum = 0;
    for (int x = 0; x < kBlock; ++x) {
        sum += std::abs(above[x] + below[x] - 2 * line[x]);
    }
    return sum;
}

Movement movementOf(const Luma& before, const Luma& picture, const Luma& behind, int left, int top) {
    Movement movement;
    for (int y = top; y < top + kBlock; ++y) {
        movement.before += differenceOf(picture.row(y) + left, before.row(y) + left);
        movement.behind += differenceOf(picture.row(y) + left, behind.row(y) + left);
    }
    return movement;
}

Combs combsOf(const Luma& before, const Luma& picture, const Luma& behind, int left, int top) {
    Combs combs;
    for (int y = top; y < top + kBlock; ++y) {
        const std::uint8_t* above = picture.row(y - 1) + left;
        const std::uint8_t* below = picture.row(y + 1) + left;
        const int withBefore = combOf(above, before.row(y) + left, below);
        const int withBehind = combOf(above, behind.row(y) + left, below);
        combs.own += combOf(above, picture.row(y) + left, below);
        // The lines around an odd one are the top field: if that is the first, the bottom field before it is near.
        const bool isBottomLine = y % 2 != 0;
        combs.ifTop += isBottomLine ? withBefore : withBehind;
        combs.ifBottom += isBottomLine ? withBehind : withBefore;
    }
    return combs;
}

void addVote(const Combs& combs, FieldVotes& votes) {
    const int least = kMarginFloor + std::max(combs.ifTop, combs.ifBottom) / kMarginShare;
    // Noise and changing light stick out of both neighbours alike; only what moves between the fields is lopsided.
    const int together = std::min(combs.ifTop, combs.ifBottom) - combs.own;
    const int lopsided = std::abs(combs.ifTop - combs.ifBottom);
    if (lopsided >= least && 2 * lopsided >= together) {
        (combs.ifTop < combs.ifBottom ? votes.topFirst : votes.bottomFirst) += 1;
    } else if (together >= least) {
        ++votes.progressive;
    }
}

/// What the quiet blocks of a picture move by: noise, and nothing else.
int quietOf(std::vector<int> movements) {
    const auto quarter = movements.begin() + static_cast<std::ptrdiff_t>(movements.size() / 4);
    std::nth_element(movements.begin(), quarter, movements.end());
    return *quarter;
}

}  // namespace

std::string_view nameOf(FieldOrder order) {
    switch (order) {
        case FieldOrder::Unknown: return "unknown";
        case FieldOrder::Progressive: return "progressive";
        case FieldOrder::TopFirst: return "top field first";
        case FieldOrder::BottomFirst: return "bottom field first";
    }
    return "";
}

FieldOrder FieldVotes::verdict() const {
    const int most = std::max(topFirst, bottomFirst);
    const int least = std::min(topFirst, bottomFirst);
    if (all() < kFewestVotes) {
        return FieldOrder::Unknown;
    }
    if (most >= kFewestVotes && most >= 3 * least && 7 * (most - least) >= all()) {
        return topFirst > bottomFirst ? FieldOrder::TopFirst : FieldOrder::BottomFirst;
    }
    return 2 * progressive >= all() ? FieldOrder::Progressive : FieldOrder::Unknown;
}

FieldVotes voteOnFields(const Luma& before, const Luma& picture, const Luma& behind) {
    const int columns = picture.width() / kBlock;
    const int rows = (picture.height() - 4) / kBlock;
    FieldVotes votes;
    if (columns < 1 || rows < 1) {
        return votes;
    }
    std::vector<int> movements;
    movements.reserve(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            movements.push_back(movementOf(before, picture, behind, column * kBlock, 2 + row * kBlock).lesser());
        }
    }
    const int least = kNoiseTimes * quietOf(movements) + kMovementFloor;
    const auto asked = [&](int movement) { return movement >= least; };
    // Where all of a picture moves (a camera that is turned), no block is quiet.
    const bool allMove = std::none_of(movements.begin(), movements.end(), asked);
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            const int movement = movements[static_cast<std::size_t>(row * columns + column)];
            if (asked(movement) || (allMove && movement >= kMovementFloor)) {
                addVote(combsOf(before, picture, behind, column * kBlock, 2 + row * kBlock), votes);
            }
        }
    }
    return votes;
}

}  // namespace leedswatch::transcode

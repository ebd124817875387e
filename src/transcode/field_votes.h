#pragma once

#include "transcode/luma.h"

#include <string_view>

namespace leedswatch::transcode {

/// What the two fields of pictures are to each other.
enum class FieldOrder {
    Unknown,      ///< nothing has moved that would tell
    Progressive,  ///< of one moment
    TopFirst,     ///< the even lines, counted from 0, are the earlier
    BottomFirst,
};

[[nodiscard]] std::string_view nameOf(FieldOrder order);

/// How many blocks of a picture speak for what: only those that move say anything.
struct FieldVotes {
    int progressive = 0;
    int topFirst = 0;
    int bottomFirst = 0;

    [[nodiscard]] int all() const { return progressive + topFirst + bottomFirst; }
    /// What most of them say; Unknown if they are too few, or do not agree.
    [[nodiscard]] FieldOrder verdict() const;
};

/// Asks the blocks of 16x16 of a picture, of which the one before and the one behind are known. All of one size.
///
/// Where something moves, lines of two moments woven together make a comb. If the fields of a picture are of one moment
/// it has none, and its lines woven with those of its neighbours have one. If they are of two, it has as much of one as
/// with that neighbour's field which is as near in time, and with the other's, three times as far, there is more. A
/// block is asked only if it moves on both sides, by more than the noise of the whole picture: a thing that has just
/// begun to move, or a picture that is there twice, would look like a field order.
[[nodiscard]] FieldVotes voteOnFields(const Luma& before, const Luma& picture, const Luma& behind);

}  // namespace leedswatch::transcode

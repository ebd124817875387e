#pragma once

#include "transcode/field_votes.h"

#include <cstdint>
#include <deque>
#include <vector>

namespace leedswatch::transcode {

/// Pictures from `begin`, counted from 0, to the next stretch.
struct Stretch {
    std::int64_t begin = 0;
    FieldOrder order = FieldOrder::Unknown;
    bool operator==(const Stretch&) const = default;
};

/// What the pictures of a recording are, from the votes of each: by the votes of the second around it. One around which
/// nothing moves is as those nearest to it. At least one stretch; a single one that is Unknown if nothing ever moves.
[[nodiscard]] std::vector<Stretch> stretchesOf(const std::vector<FieldVotes>& votes);
[[nodiscard]] FieldOrder orderAt(const std::vector<Stretch>& stretches, std::int64_t picture);

/// The same for live pictures, of which the ones to come are not known: by the votes of the last fifty that had some.
/// What was found stays until it is found otherwise, so a scene that comes to rest changes nothing. One thread.
class LiveFieldOrder {
public:
    void add(const FieldVotes& votes);
    [[nodiscard]] FieldOrder order() const { return m_order; }

private:
    std::deque<FieldVotes> m_recent;
    FieldVotes m_sum;
    FieldOrder m_order = FieldOrder::Unknown;
};

}  // namespace leedswatch::transcode

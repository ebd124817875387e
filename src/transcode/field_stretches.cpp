#include "transcode/field_stretches.h"

#include <algorithm>

namespace leedswatch::transcode {
namespace {

constexpr std::int64_t kPicturesAround = 25;
constexpr std::size_t kLivePictures = 50;
// What moves for real gives as many in a picture or two; noise and compression give one now and then.
constexpr int kFewestVotesTogether = 20;
// A picture that moves all over says no more than one in which something crosses the road.
constexpr int kMostVotes = 100;

FieldVotes bounded(const FieldVotes& votes) {
    if (votes.all() <= kMostVotes) {
        return votes;
    }
    const auto share = [&](int part) { return part * kMostVotes / votes.all(); };
    return {share(votes.progressive), share(votes.topFirst), share(votes.bottomFirst)};
}

FieldVotes operator+(const FieldVotes& a, const FieldVotes& b) {
    return {a.progressive + b.progressive, a.topFirst + b.topFirst, a.bottomFirst + b.bottomFirst};
}

FieldVotes operator-(const FieldVotes& a, const FieldVotes& b) {
    return {a.progressive - b.progressive, a.topFirst - b.topFirst, a.bottomFirst - b.bottomFirst};
}

FieldOrder verdictOf(const FieldVotes& together) {
    return together.all() < kFewestVotesTogether ? FieldOrder::Unknown : together.verdict();
}

std::vector<FieldOrder> ordersOf(const std::vector<FieldVotes>& votes) {
    std::vector<FieldVotes> sums(votes.size() + 1);
    for (std::size_t i = 0; i < votes.size(); ++i) {
        sums[i + 1] = sums[i] + bounded(votes[i]);
    }
    const auto count = static_cast<std::int64_t>(votes.size());
    std::vector<FieldOrder> orders;
    orders.reserve(votes.size());
    for (std::int64_t i = 0; i < count; ++i) {
        const auto begin = static_cast<std::size_t>(std::max<std::int64_t>(0, i - kPicturesAround));
        const auto end = static_cast<std::size_t>(std::min(count, i + kPicturesAround + 1));
        orders.push_back(verdictOf(sums[end] - sums[begin]));
    }
    const bool isAnyKnown = std::ranges::any_of(orders, [](FieldOrder order) { return order != FieldOrder::Unknown; });
    if (!isAnyKnown) {
        std::ranges::fill(orders, sums.back().verdict());  // little moves, but always the same way
    }
    return orders;
}

/// Gives each that is not known what the nearest known one is.
void fillIn(std::vector<FieldOrder>& orders) {
    const auto count = orders.size();
    std::vector<std::size_t> behind(count, count);
    for (std::size_t i = count; i-- > 0;) {
        behind[i] = orders[i] != FieldOrder::Unknown ? i : (i + 1 < count ? behind[i + 1] : count);
    }
    std::size_t before = count;
    for (std::size_t i = 0; i < count; ++i) {
        if (behind[i] == i) {
            before = i;
        } else if (before < count && (behind[i] == count || i - before <= behind[i] - i)) {
            orders[i] = orders[before];
        } else if (behind[i] < count) {
            orders[i] = orders[behind[i]];
        }
    }
}

/// A second of another kind is more likely a mistake than a cut.
void dropShortOnes(std::vector<Stretch>& stretches, std::int64_t pictures) {
    for (std::size_t i = 0; stretches.size() > 1 && i < stretches.size();) {
        const std::int64_t end = i + 1 < stretches.size() ? stretches[i + 1].begin : pictures;
        if (end - stretches[i].begin > kPicturesAround) {
            ++i;
            continue;
        }
        stretches.erase(stretches.begin() + static_cast<std::ptrdiff_t>(i));
        stretches.front().begin = 0;
        // What stood before and behind it may be of one kind.
        if (i > 0 && i < stretches.size() && stretches[i - 1].order == stretches[i].order) {
            stretches.erase(stretches.begin() + static_cast<std::ptrdiff_t>(i));
        }
        i = 0;
    }
}

}  // namespace

std::vector<Stretch> stretchesOf(const std::vector<FieldVotes>& votes) {
    auto orders = ordersOf(votes);
    fillIn(orders);
    std::vector<Stretch> stretches;
    for (std::size_t i = 0; i < orders.size(); ++i) {
        if (stretches.empty() || stretches.back().order != orders[i]) {
            stretches.push_back({static_cast<std::int64_t>(i), orders[i]});
        }
    }
    dropShortOnes(stretches, static_cast<std::int64_t>(orders.size()));
    return stretches.empty() ? std::vector<Stretch>{{}} : stretches;
}

FieldOrder orderAt(const std::vector<Stretch>& stretches, std::int64_t picture) {
    const auto next = std::ranges::upper_bound(stretches, picture, {}, &Stretch::begin);
    return next == stretches.begin() ? FieldOrder::Unknown : std::prev(next)->order;
}

void LiveFieldOrder::add(const FieldVotes& votes) {
    if (votes.all() == 0) {
        return;
    }
    m_recent.push_back(bounded(votes));
    m_sum = m_sum + m_recent.back();
    if (m_recent.size() > kLivePictures) {
        m_sum = m_sum - m_recent.front();
        m_recent.pop_front();
    }
    if (const FieldOrder found = verdictOf(m_sum); found != FieldOrder::Unknown) {
        m_order = found;
    }
}

}  // namespace leedswatch::transcode

#include "simulator/answer_times.h"

#include <algorithm>
#include <cmath>

namespace leedswatch::simulator {
namespace {

// Each bucket ends two per cent above the one before; the last ones are hours.
constexpr double least = 0.01;  // ms
constexpr double growth = 1.02;
constexpr std::size_t buckets = 1'024;

std::size_t bucketOf(double milliseconds) {
    const double place = std::log(std::max(milliseconds, least) / least) / std::log(growth);
    return std::min(static_cast<std::size_t>(place), buckets - 1);
}

}  // namespace

void AnswerTimes::add(std::chrono::nanoseconds time) {
    const Milliseconds taken = time;
    m_buckets.resize(buckets);
    ++m_buckets[bucketOf(taken.count())];
    ++m_count;
    m_longest = std::max(m_longest, taken);
}

AnswerTimes::Milliseconds AnswerTimes::within(double share) const {
    const auto wanted = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(m_count)));
    std::uint64_t passed = 0;
    for (std::size_t bucket = 0; bucket < m_buckets.size() && m_count > 0; ++bucket) {
        passed += m_buckets[bucket];
        if (passed >= wanted) {
            const Milliseconds end{least * std::pow(growth, static_cast<double>(bucket + 1))};
            return bucket + 1 == buckets ? m_longest : std::min(m_longest, end);
        }
    }
    return Milliseconds{0};
}

}  // namespace leedswatch::simulator

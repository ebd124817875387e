#include "alarm/source_limits.h"

#include <algorithm>

namespace leedswatch::alarm {

SourceLimits::Bucket& SourceLimits::filled(const std::string& address, base::SteadyTime now) {
    const auto [place, isNew] = m_buckets.try_emplace(address, Bucket{m_allowance.burst, now});
    Bucket& bucket = place->second;
    const std::chrono::duration<double> since = now - bucket.filled;
    bucket.tokens = std::min(m_allowance.burst, bucket.tokens + since.count() * m_allowance.perSecond);
    bucket.filled = now;
    return bucket;
}

bool SourceLimits::take(const std::string& address, base::SteadyTime now) {
    Bucket& bucket = filled(address, now);
    if (bucket.tokens < 1) {
        return false;
    }
    bucket.tokens -= 1;
    return true;
}

void SourceLimits::spend(const std::string& address, base::SteadyTime now) {
    Bucket& bucket = filled(address, now);
    bucket.tokens = std::max(0.0, bucket.tokens - 1);
}

void SourceLimits::forgetTheQuiet(base::SteadyTime now) {
    std::erase_if(m_buckets, [&](auto& entry) {
        const std::chrono::duration<double> since = now - entry.second.filled;
        return entry.second.tokens + since.count() * m_allowance.perSecond >= m_allowance.burst;
    });
}

}  // namespace leedswatch::alarm

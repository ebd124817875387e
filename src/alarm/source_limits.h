#pragma once

#include "base/time.h"

#include <chrono>
#include <cstddef>
#include <string>
#include <unordered_map>

namespace leedswatch::alarm {

/// How many signals an address may send: `burst` at once, then `perSecond`. What comes above waits its turn;
/// life-safety signals never do.
struct SourceAllowance {
    double perSecond = 50;
    double burst = 500;
};

/// Counts what each address sent. An address that was quiet long enough is forgotten. One thread.
class SourceLimits {
public:
    explicit SourceLimits(SourceAllowance allowance) : m_allowance{allowance} {}

    /// Whether `address` may send one more now; counts it if so.
    [[nodiscard]] bool take(const std::string& address, base::SteadyTime now);
    /// Counts one that is let through in any case.
    void spend(const std::string& address, base::SteadyTime now);
    void forgetTheQuiet(base::SteadyTime now);

private:
    struct Bucket {
        double tokens = 0;
        base::SteadyTime filled{};
    };
    Bucket& filled(const std::string& address, base::SteadyTime now);

    SourceAllowance m_allowance;
    std::unordered_map<std::string, Bucket> m_buckets;
};

}  // namespace leedswatch::alarm

#pragma once

#include "base/result.h"
#include "base/time.h"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace leedswatch::alarm {

/// How many signals an address may send: `burst` at once, then `perSecond`. What comes above waits its turn;
/// life-safety signals never do.
struct SourceAllowance {
    double perSecond = 50;
    double burst = 500;
};

/// What the addresses may send: some of them more than all others, as a maker's platform sends for many panels.
struct SourceAllowances {
    SourceAllowance usual = {};
    std::map<std::string, SourceAllowance> ofAddress = {};  ///< an address as normalAddress() writes it

    /// Takes "ADDRESS=PER_SECOND[:BURST]", or without an address what is usual; of a burst that is not told it is ten
    /// seconds' signals. Error: InvalidInput, with what is wrong.
    [[nodiscard]] base::Result<void> add(std::string_view text);
};

/// One spelling for each address: an IPv4 address that comes over an IPv6 socket is told as what it is. Nothing: it is
/// no address.
[[nodiscard]] std::optional<std::string> normalAddress(std::string_view text);

/// Counts what each address sent. An address that was quiet long enough is forgotten. One thread.
class SourceLimits {
public:
    explicit SourceLimits(SourceAllowances allowances) : m_allowances{std::move(allowances)} {}

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
    [[nodiscard]] const SourceAllowance& allowanceOf(const std::string& address) const;

    const SourceAllowances m_allowances;
    std::unordered_map<std::string, Bucket> m_buckets;
};

}  // namespace leedswatch::alarm

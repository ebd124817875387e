#include "alarm/source_limits.h"

#include <asio/ip/address.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace leedswatch::alarm {

namespace {

// Whole and more than nothing: a source without any allowance would be one that is never heard.
std::optional<double> allowed(std::string_view text) {
    int number = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    return error == std::errc{} && stop == end && number > 0 ? std::optional<double>{number} : std::nullopt;
}

}  // namespace

base::Result<void> SourceAllowances::add(std::string_view text) {
    const std::size_t equals = text.find('=');
    const bool isUsual = equals == std::string_view::npos;
    const std::string_view numbers = isUsual ? text : text.substr(equals + 1);
    const std::size_t colon = std::min(numbers.find(':'), numbers.size());
    constexpr double usualSeconds = 10;
    const auto perSecond = allowed(numbers.substr(0, colon));
    const auto burst = colon == numbers.size() ? std::optional{perSecond.value_or(0) * usualSeconds}
                                               : allowed(numbers.substr(colon + 1));
    if (!perSecond || !burst) {
        return base::fail(base::ErrorCode::InvalidInput,
                          fmt::format("\"{}\" is no allowance: give ADDRESS=PER_SECOND or ADDRESS=PER_SECOND:BURST, in "
                                      "whole numbers above 0; without an address for all others",
                                      text));
    }
    if (isUsual) {
        usual = {*perSecond, *burst};
        return {};
    }
    const auto address = normalAddress(text.substr(0, equals));
    if (!address) {
        return base::fail(base::ErrorCode::InvalidInput,
                          fmt::format("\"{}\" is no address; give a number, as 10.1.2.3", text.substr(0, equals)));
    }
    ofAddress[*address] = {*perSecond, *burst};
    return {};
}

std::optional<std::string> normalAddress(std::string_view text) {
    std::error_code error;
    const auto address = asio::ip::make_address(std::string{text}, error);
    if (error) {
        return std::nullopt;
    }
    const bool isMapped = address.is_v6() && address.to_v6().is_v4_mapped();
    return isMapped ? asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string() : address.to_string();
}

const SourceAllowance& SourceLimits::allowanceOf(const std::string& address) const {
    const auto own = m_allowances.ofAddress.find(address);
    return own == m_allowances.ofAddress.end() ? m_allowances.usual : own->second;
}

SourceLimits::Bucket& SourceLimits::filled(const std::string& address, base::SteadyTime now) {
    const SourceAllowance& allowance = allowanceOf(address);
    const auto [place, isNew] = m_buckets.try_emplace(address, Bucket{allowance.burst, now});
    Bucket& bucket = place->second;
    const std::chrono::duration<double> since = now - bucket.filled;
    bucket.tokens = std::min(allowance.burst, bucket.tokens + since.count() * allowance.perSecond);
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
        const SourceAllowance& allowance = allowanceOf(entry.first);
        return entry.second.tokens + since.count() * allowance.perSecond >= allowance.burst;
    });
}

}  // namespace leedswatch::alarm

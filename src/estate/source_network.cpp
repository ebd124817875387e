#include "estate/source_network.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <string>

namespace leedswatch::estate {

namespace {

constexpr int bitsBeforeIpv4 = 96;

}  // namespace

std::optional<SourceNetwork::Bytes> SourceNetwork::bytesOf(std::string_view address) {
    const std::string text{address};
    Bytes bytes{};
    if (::inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) {
        return bytes;
    }
    bytes = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    return ::inet_pton(AF_INET, text.c_str(), &bytes[12]) == 1 ? std::optional{bytes} : std::nullopt;
}

std::optional<SourceNetwork> SourceNetwork::from(std::string_view text) {
    const auto slash = text.find('/');
    const std::string_view address = text.substr(0, slash);
    const auto bytes = bytesOf(address);
    if (!bytes) {
        return std::nullopt;
    }
    SourceNetwork network;
    network.m_network = *bytes;
    if (slash != std::string_view::npos) {
        const int before = address.find(':') == std::string_view::npos ? bitsBeforeIpv4 : 0;
        const std::string_view digits = text.substr(slash + 1);
        int bits = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
        if (error != std::errc{} || end != digits.data() + digits.size() || bits < 0 || before + bits > 128) {
            return std::nullopt;
        }
        network.m_bits = before + bits;
    }
    return network;
}

bool SourceNetwork::contains(std::string_view address) const {
    const auto bytes = bytesOf(address);
    if (!bytes) {
        return false;
    }
    const auto whole = static_cast<std::size_t>(m_bits / 8);
    const auto same =
        std::equal(bytes->begin(), bytes->begin() + static_cast<std::ptrdiff_t>(whole), m_network.begin());
    if (!same || whole == bytes->size()) {
        return same;
    }
    const int mask = 0xFF00 >> (m_bits % 8);
    return (((*bytes)[whole] ^ m_network[whole]) & mask & 0xFF) == 0;
}

}  // namespace leedswatch::estate

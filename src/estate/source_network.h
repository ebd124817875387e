#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace leedswatch::estate {

/// Addresses of the network that a path's messages come from: "10.20.0.0/16", "2001:db8::/32", or one address. An IPv4
/// address is the same whether it is written as such or mapped into IPv6.
class SourceNetwork {
public:
    /// Nothing if the text is neither.
    [[nodiscard]] static std::optional<SourceNetwork> from(std::string_view text);

    /// False for what is no address.
    [[nodiscard]] bool contains(std::string_view address) const;

private:
    using Bytes = std::array<std::uint8_t, 16>;  ///< IPv4 mapped into IPv6

    [[nodiscard]] static std::optional<Bytes> bytesOf(std::string_view address);

    Bytes m_network{};
    int m_bits = 128;
};

}  // namespace leedswatch::estate

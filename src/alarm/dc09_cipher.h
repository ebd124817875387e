#pragma once

#include "base/result.h"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace leedswatch::alarm {

/// An account's key for AES in CBC mode: 16, 24 or 32 bytes. Not printed anywhere.
class PanelKey {
public:
    /// Error: InvalidInput with the lengths that there are; never with the key.
    [[nodiscard]] static base::Result<PanelKey> of(std::string_view bytes);

    [[nodiscard]] std::string_view bytes() const { return {m_bytes.data(), m_length}; }

private:
    static constexpr std::size_t longest = 32;

    std::array<char, longest> m_bytes{};
    std::size_t m_length = 0;
};

/// The clear text of an encrypted content, without its padding: what parseDc09Content takes. Errors: InvalidInput if
/// it is not whole blocks in hex digits; SignInFailed if what comes out does not end in a timestamp: another key.
[[nodiscard]] base::Result<std::string> decryptDc09(std::string_view contentHex, const PanelKey& key);

/// Pads at the front with random bytes, as the standard wants, and encrypts; `plain` ends in a timestamp.
[[nodiscard]] std::string encryptDc09(std::string_view plain, const PanelKey& key);

}  // namespace leedswatch::alarm

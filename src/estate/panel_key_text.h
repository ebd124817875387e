#pragma once

#include "base/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace leedswatch::estate {

/// How a panel's key was typed. 32 characters may be 16 bytes in hex digits or a pass phrase of 32, and makers write it
/// either way: nothing tells which, so whoever enters a key says it.
enum class KeyFormat { Hex, Text };

[[nodiscard]] std::string_view nameOf(KeyFormat format);  ///< "hex", "text"
[[nodiscard]] std::optional<KeyFormat> keyFormatFrom(std::string_view name);

/// The bytes of a key for AES: 16, 24 or 32. Error: InvalidInput with the lengths that there are, never with the key.
[[nodiscard]] base::Result<std::string> panelKeyBytes(std::string_view typed, KeyFormat format);

}  // namespace leedswatch::estate

#pragma once

#include <string_view>

namespace leedswatch::store {

/// As OpenSSL and libsodium take them.
[[nodiscard]] inline const unsigned char* bytesOf(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace leedswatch::store

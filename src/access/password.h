#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace leedswatch::access {

/// Argon2id with a random salt, in libsodium's encoded form. Takes 64 MiB and about a tenth of a second, so never
/// inside a transaction. Error: Internal if there is no memory for it.
[[nodiscard]] base::Result<std::string> hashPassword(std::string_view password);

[[nodiscard]] bool passwordFits(const std::string& hash, std::string_view password);

/// A hash that no password fits, to check against when there is no such person: it takes the same time.
[[nodiscard]] const std::string& hashOfNobody();

}  // namespace leedswatch::access

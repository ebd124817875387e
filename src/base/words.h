#pragma once

#include "base/result.h"

#include <cstddef>
#include <string>

namespace leedswatch::base {

inline constexpr std::size_t longestLine = 200;
inline constexpr std::size_t longestText = 4'000;

/// What a person typed where something must stand; `missing` says what to write. Error: InvalidInput.
[[nodiscard]] Result<void> requireWords(const std::string& words, const char* missing,
                                        std::size_t longest = longestText);
/// The same where nothing may stand.
[[nodiscard]] Result<void> checkWords(const std::string& words, std::size_t longest = longestText);
[[nodiscard]] bool isBlank(const std::string& words);
/// Without spaces around it, its ASCII letters large.
[[nodiscard]] std::string trimmedUpper(const std::string& text);

}  // namespace leedswatch::base

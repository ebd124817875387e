#pragma once

#include <cstddef>
#include <string_view>

namespace leedswatch::base {

/// How many bytes the UTF-8 character at the front of `text` has; 0 if there is none (RFC 3629: no overlong forms, no
/// surrogates, nothing above U+10FFFF) or `text` is empty.
[[nodiscard]] std::size_t utf8CharacterLength(std::string_view text);

/// Text that a person may have typed on one or more lines: UTF-8 without control characters but tab and line ends.
[[nodiscard]] bool isPlainText(std::string_view text);

}  // namespace leedswatch::base

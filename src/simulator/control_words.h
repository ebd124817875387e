#pragma once

#include <optional>
#include <string_view>
#include <vector>

// How a control line is taken apart, whoever it is for.

namespace leedswatch::simulator {

/// The words between blanks; they point into `line`.
[[nodiscard]] std::vector<std::string_view> wordsOf(std::string_view line);

/// A whole number in digits, with a minus where `least` allows one; nothing if it is none or beyond its limits.
[[nodiscard]] std::optional<int> numberIn(std::string_view text, int least, int most);

/// The same as people write a difference: "+3600", too.
[[nodiscard]] std::optional<int> differenceIn(std::string_view text, int least, int most);

/// What stands beside `word` in a table of pairs.
template <typename Table>
[[nodiscard]] auto found(const Table& table, std::string_view word) {
    using Value = typename Table::value_type::second_type;
    for (const auto& [name, value] : table) {
        if (name == word) {
            return std::optional<Value>{value};
        }
    }
    return std::optional<Value>{};
}

}  // namespace leedswatch::simulator

#pragma once

#include <algorithm>
#include <string_view>

// What panels' messages are made of: bytes, whatever the machine's language.

namespace leedswatch::alarm {

[[nodiscard]] constexpr bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
[[nodiscard]] constexpr bool isUpperLetter(char c) {
    return c >= 'A' && c <= 'Z';
}
[[nodiscard]] constexpr bool isLowerLetter(char c) {
    return c >= 'a' && c <= 'z';
}
[[nodiscard]] constexpr bool isUpperHexDigit(char c) {
    return isDigit(c) || (c >= 'A' && c <= 'F');
}
[[nodiscard]] constexpr bool isHexDigit(char c) {
    return isUpperHexDigit(c) || (c >= 'a' && c <= 'f');
}

/// At least one, and all are.
template <typename Predicate>
[[nodiscard]] constexpr bool areAll(std::string_view text, Predicate predicate) {
    return !text.empty() && std::all_of(text.begin(), text.end(), predicate);
}

[[nodiscard]] constexpr std::string_view withoutSpaces(std::string_view text) {
    while (!text.empty() && text.front() == ' ') {
        text.remove_prefix(1);
    }
    while (!text.empty() && text.back() == ' ') {
        text.remove_suffix(1);
    }
    return text;
}

/// Takes what stands before the next space from the front; empty at the end.
[[nodiscard]] constexpr std::string_view takeWord(std::string_view& text) {
    text = withoutSpaces(text);
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(end);
    return word;
}

}  // namespace leedswatch::alarm

#include "simulator/control_words.h"

#include <algorithm>
#include <charconv>

namespace leedswatch::simulator {

std::vector<std::string_view> wordsOf(std::string_view line) {
    constexpr std::string_view blanks = " \t\r\n";
    std::vector<std::string_view> words;
    while (true) {
        const std::size_t begin = line.find_first_not_of(blanks);
        if (begin == std::string_view::npos) {
            return words;
        }
        line.remove_prefix(begin);
        const std::size_t length = std::min(line.find_first_of(blanks), line.size());
        words.push_back(line.substr(0, length));
        line.remove_prefix(length);
    }
}

std::optional<int> numberIn(std::string_view text, int least, int most) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool isNumber = error == std::errc{} && end == text.data() + text.size();
    return isNumber && value >= least && value <= most ? std::optional{value} : std::nullopt;
}

std::optional<int> differenceIn(std::string_view text, int least, int most) {
    // from_chars takes no plus.
    const bool hasPlus = text.size() > 1 && text[0] == '+' && text[1] != '-';
    return numberIn(text.substr(hasPlus ? 1 : 0), least, most);
}

}  // namespace leedswatch::simulator

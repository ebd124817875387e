#include "base/utf8.h"

namespace leedswatch::base {

std::size_t utf8CharacterLength(std::string_view text) {
    if (text.empty()) {
        return 0;
    }
    const auto byte = [&](std::size_t index) -> unsigned { return static_cast<unsigned char>(text[index]); };
    const auto follows = [&](std::size_t index, unsigned low, unsigned high) {
        return index < text.size() && byte(index) >= low && byte(index) <= high;
    };
    const unsigned first = byte(0);
    if (first < 0x80) {
        return 1;
    }
    if (first >= 0xc2 && first <= 0xdf) {
        return follows(1, 0x80, 0xbf) ? 2 : 0;
    }
    if (first >= 0xe0 && first <= 0xef) {
        const unsigned low = first == 0xe0 ? 0xa0 : 0x80;
        const unsigned high = first == 0xed ? 0x9f : 0xbf;
        return follows(1, low, high) && follows(2, 0x80, 0xbf) ? 3 : 0;
    }
    if (first >= 0xf0 && first <= 0xf4) {
        const unsigned low = first == 0xf0 ? 0x90 : 0x80;
        const unsigned high = first == 0xf4 ? 0x8f : 0xbf;
        return follows(1, low, high) && follows(2, 0x80, 0xbf) && follows(3, 0x80, 0xbf) ? 4 : 0;
    }
    return 0;
}

bool isPlainText(std::string_view text) {
    while (!text.empty()) {
        const auto length = utf8CharacterLength(text);
        const auto first = static_cast<unsigned char>(text.front());
        const bool isControl = first < 0x20 && first != '\t' && first != '\n' && first != '\r';
        if (length == 0 || isControl || first == 0x7f) {
            return false;
        }
        text.remove_prefix(length);
    }
    return true;
}

}  // namespace leedswatch::base

#include "base/words.h"

#include "base/utf8.h"

#include <cctype>

namespace leedswatch::base {

bool isBlank(const std::string& words) {
    return words.find_first_not_of(" \t\r\n") == std::string::npos;
}

Result<void> requireWords(const std::string& words, const char* missing, std::size_t longest) {
    if (isBlank(words)) {
        return fail(ErrorCode::InvalidInput, missing);
    }
    return checkWords(words, longest);
}

Result<void> checkWords(const std::string& words, std::size_t longest) {
    if (words.size() > longest || !isPlainText(words)) {
        return fail(ErrorCode::InvalidInput, "'" + words.substr(0, isPlainText(words) ? 20 : 0) +
                                                 "…' is too long or no text: write " + std::to_string(longest) +
                                                 " letters at most");
    }
    return {};
}

std::string trimmedUpper(const std::string& text) {
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string::npos) {
        return {};
    }
    std::string result = text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
    for (char& letter : result) {
        letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
    }
    return result;
}

}  // namespace leedswatch::base

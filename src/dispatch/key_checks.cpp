#include "dispatch/key_checks.h"

#include "base/words.h"

#include <algorithm>
#include <cctype>
#include <vector>

namespace leedswatch::dispatch {

namespace {

using base::ErrorCode;

constexpr std::size_t longestTag = 16;
constexpr std::size_t shortestTellingWord = 4;
constexpr std::size_t shortestCode = 4;
constexpr int mostKeysOfBunch = 200;

bool isLetterOrDigit(char letter) {
    return std::isalnum(static_cast<unsigned char>(letter)) != 0;
}

std::string onlyLettersAndDigits(const std::string& text) {
    std::string result = base::trimmedUpper(text);
    std::erase_if(result, [](char letter) { return !isLetterOrDigit(letter); });
    return result;
}

/// What somebody who finds the keys could look up: the words of name and address, and the reference as a whole.
std::vector<std::string> tellingWords(const estate::Premises& premises) {
    std::vector<std::string> words{onlyLettersAndDigits(premises.reference)};
    std::string word;
    for (const char letter : premises.name + " " + premises.address + " ") {
        if (isLetterOrDigit(letter)) {
            word += letter;
        } else if (!word.empty()) {
            words.push_back(base::trimmedUpper(word));
            word.clear();
        }
    }
    std::erase_if(words, [](const std::string& one) { return one.size() < shortestTellingWord; });
    return words;
}

bool holdsCode(const std::string& text) {
    std::size_t digits = 0;
    for (const char letter : text) {
        digits = std::isdigit(static_cast<unsigned char>(letter)) != 0 ? digits + 1 : 0;
        if (digits >= shortestCode) {
            return true;
        }
    }
    return false;
}

base::Result<void> checkTag(const std::string& tag, const estate::Premises& premises) {
    const bool isPlain = std::ranges::all_of(tag, [](char letter) { return isLetterOrDigit(letter) || letter == '-'; });
    if (tag.empty() || tag.size() > longestTag || !isPlain) {
        return base::fail(ErrorCode::InvalidInput, "a tag has 1 to 16 letters, digits and dashes: K-0114");
    }
    const std::string bare = onlyLettersAndDigits(tag);
    for (const std::string& word : tellingWords(premises)) {
        if (bare.find(word) != std::string::npos) {
            return base::fail(ErrorCode::InvalidInput, "the tag " + tag + " says whose keys they are (" + word +
                                                           "): whoever finds them must not know; choose another");
        }
    }
    return {};
}

}  // namespace

base::Result<void> checkNewBunch(NewBunch& bunch, const estate::Premises& premises) {
    bunch.tag = base::trimmedUpper(bunch.tag);
    TRY(checkTag(bunch.tag, premises));
    TRY(base::requireWords(bunch.opens, "say what the keys open", base::longestLine));
    TRY(base::checkWords(bunch.hook, base::longestLine));
    if (holdsCode(bunch.opens)) {
        return base::fail(ErrorCode::InvalidInput,
                          "what keys " + bunch.tag +
                              " open looks like a code: codes of systems and doors are not kept "
                              "with keys");
    }
    if (bunch.keys < 1 || bunch.keys > mostKeysOfBunch) {
        return base::fail(ErrorCode::InvalidInput, "a bunch has 1 to 200 keys");
    }
    return {};
}

}  // namespace leedswatch::dispatch

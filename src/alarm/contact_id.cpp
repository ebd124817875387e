#include "alarm/contact_id.h"

#include "alarm/characters.h"

#include <algorithm>

namespace leedswatch::alarm {

namespace {

template <typename Predicate>
bool isWordOf(std::string_view word, std::size_t fewest, std::size_t most, Predicate predicate) {
    return word.size() >= fewest && word.size() <= most && std::all_of(word.begin(), word.end(), predicate);
}

bool readEvent(std::string_view event, SignalCode& code) {
    const std::string_view first = takeWord(event);
    const std::string_view area = takeWord(event);
    const std::string_view address = takeWord(event);
    if (!isWordOf(first, 4, 4, isUpperHexDigit) || !qualifierFrom(first.front(), code.qualifier) ||
        !isWordOf(area, 0, 2, isDigit) || !isWordOf(address, 0, 4, isDigit) || !withoutSpaces(event).empty()) {
        return false;
    }
    code.code = first.substr(1);
    code.area = area;
    code.address = address;
    return true;
}

}  // namespace

bool qualifierFrom(char letter, Qualifier& qualifier) {
    switch (letter) {
        case '1':
        case 'E': qualifier = Qualifier::New; return true;
        case '3':
        case 'R': qualifier = Qualifier::Restore; return true;
        case '6':
        case 'P': qualifier = Qualifier::Previous; return true;
        default: return false;
    }
}

SignalCodes parseContactIdData(std::string_view data) {
    SignalCodes codes;
    const std::size_t bar = data.find('|');
    std::string_view event = data;
    if (bar != std::string_view::npos) {
        std::string_view account = data.substr(0, bar);
        event = data.substr(bar + 1);
        if (!account.empty() && account.front() == '#') {
            account.remove_prefix(1);
        }
        codes.account = account;
    }
    SignalCode code{.scheme = CodeScheme::ContactId};
    codes.isReadable = readEvent(event, code);
    codes.codes.push_back(std::move(code));
    return codes;
}

}  // namespace leedswatch::alarm

#include "alarm/mlr2_line.h"

#include "alarm/characters.h"
#include "alarm/contact_id.h"
#include "alarm/dc09_content.h"
#include "alarm/sia_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace leedswatch::alarm {

namespace {

using Kind = Mlr2Line::Kind;

bool areDigits(std::string_view text) {
    return areAll(text, isDigit);
}

bool areUpperHex(std::string_view text) {
    return areAll(text, isUpperHexDigit);
}

void takeOne(Mlr2Line& line, SignalCode code) {
    line.kind = Kind::Signal;
    line.codes.account = line.account;
    line.codes.codes.push_back(std::move(code));
}

// "18AAAAQXYZGGCCC": accounts have four digits, or up to ten; the letter ends them. Some senders leave out the space.
void readContactId(std::string_view rest, Mlr2Line& line) {
    rest = withoutSpaces(rest);
    if (!rest.starts_with("18") && !rest.starts_with("98")) {
        return;
    }
    rest.remove_prefix(2);
    const std::size_t letter = rest.find_first_of("ERP");
    if (letter == std::string_view::npos || letter > 10 || !areUpperHex(withoutSpaces(rest.substr(0, letter))) ||
        rest.size() < letter + 9) {
        return;
    }
    SignalCode code{.scheme = CodeScheme::ContactId};
    if (!qualifierFrom(rest[letter], code.qualifier) || !areUpperHex(rest.substr(letter + 1, 3)) ||
        !areDigits(rest.substr(letter + 4, 5))) {
        return;
    }
    line.account = withoutSpaces(rest.substr(0, letter));
    code.code = rest.substr(letter + 1, 3);
    code.area = rest.substr(letter + 4, 2);
    code.address = rest.substr(letter + 6, 3);
    takeOne(line, std::move(code));
}

// "ssssAAAAAAXXYYYY", or the whole text of a SIA block in brackets.
void readSia(std::string_view rest, Mlr2Line& line) {
    rest = withoutSpaces(rest);
    if (rest.starts_with('[') && rest.ends_with(']')) {
        line.codes = parseSiaData(rest.substr(1, rest.size() - 2));
        line.account = line.codes.account;
        line.kind = line.codes.isReadable ? Kind::Signal : Kind::Unknown;
        return;
    }
    // An account may end in letters as a code begins: the code's two stand before the last digits.
    const std::size_t zoneBegin = rest.find_last_not_of("0123456789") + 1;
    if (zoneBegin < 3) {
        return;
    }
    const std::string_view account = withoutSpaces(rest.substr(0, zoneBegin - 2));
    const std::string_view code = rest.substr(zoneBegin - 2, 2);
    if (!areUpperHex(account) || code.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != std::string_view::npos) {
        return;
    }
    line.account = account;
    takeOne(line,
            {.scheme = CodeScheme::Sia, .code = std::string{code}, .address = std::string{rest.substr(zoneBegin)}});
}

/// What a channel's digit says; nothing for those that say that it is as it was.
std::optional<Qualifier> channelQualifier(char digit) {
    switch (digit) {
        case '1':
        case '2': return Qualifier::New;
        case '3':
        case '4': return Qualifier::Restore;
        case '6': return Qualifier::Previous;
        default: return std::nullopt;
    }
}

SignalCode ofFastFormat(std::string code, Qualifier qualifier) {
    return {.scheme = CodeScheme::FastFormat, .qualifier = qualifier, .code = code, .address = code};
}

// Eight or sixteen channels, and a last digit that tells of a status, a low battery or a test.
void readFastFormat(std::string_view rest, Mlr2Line& line) {
    const std::string_view account = takeWord(rest);
    std::string channels;
    std::string last;
    for (std::string_view word = takeWord(rest); !word.empty(); word = takeWord(rest)) {
        (word.size() == 1 ? last : channels) += word;
    }
    if (channels.size() % 8 == 1) {
        last = channels.back();
        channels.pop_back();
    }
    if (!areUpperHex(account) || !areDigits(channels) || channels.size() % 8 != 0) {
        return;
    }
    line.account = account;
    line.kind = Kind::Signal;
    line.codes.account = line.account;
    for (std::size_t channel = 0; channel < channels.size(); ++channel) {
        if (const auto qualifier = channelQualifier(channels[channel])) {
            line.codes.codes.push_back(ofFastFormat(std::to_string(channel + 1), *qualifier));
        }
    }
    constexpr std::array<std::pair<std::string_view, const char*>, 3> lasts = {
        {{"7", "status"}, {"8", "battery"}, {"9", "test"}}};
    for (const auto& [digit, code] : lasts) {
        if (last == digit && (digit != "7" || line.codes.codes.empty())) {
            line.codes.codes.push_back(ofFastFormat(code, Qualifier::New));
        }
    }
}

// "AAAA X Y", or "AAAA C1128": group 1, user 128.
void readBasic(std::string_view rest, Mlr2Line& line) {
    if (rest.find('@') != std::string_view::npos) {
        line.kind = Kind::Heartbeat;
        return;
    }
    const std::string_view account = takeWord(rest);
    const std::string_view event = takeWord(rest);
    const std::string_view zone = takeWord(rest);
    if (!areUpperHex(account) || event.empty() || !withoutSpaces(rest).empty()) {
        return;
    }
    line.account = account;
    if ((event.front() == 'C' || event.front() == 'O') && event.size() > 2 && areDigits(event.substr(1))) {
        takeOne(line, {.scheme = CodeScheme::Sia,
                       .code = event.front() == 'C' ? "CL" : "OP",
                       .area = std::string{event.substr(1, 1)},
                       .address = std::string{event.substr(2)}});
        return;
    }
    // What a basic code means is between the installer and the room: there is no table, and overrides say it.
    takeOne(line, {.scheme = CodeScheme::Basic, .code = std::string{event}, .address = std::string{zone}});
}

// The receiver speaks of itself: the whole text is what there is.
void readReceiverTrouble(std::string_view rest, Mlr2Line& line) {
    line.kind = Kind::ReceiverTrouble;
    line.codes.codes.push_back(
        {.scheme = CodeScheme::Receiver, .code = "trouble", .text = panelText(withoutSpaces(rest))});
}

// Damaged on a serial line, cut off in the middle, or nothing of the kind: what is no text, or has no head.
bool isNoLine(std::string_view text, bool isAdemco) {
    constexpr std::size_t leastLength = 4;
    const auto isControl = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
    const auto isOfHead = [](char c) { return isDigit(c) || isUpperLetter(c) || isLowerLetter(c); };
    return text.size() < leastLength || std::any_of(text.begin(), text.end(), isControl) ||
           !areAll(text.substr(0, isAdemco ? 2 : leastLength), isOfHead);
}

/// A line between its ends. What is in no form of the kind that it begins as may be in one of the other's.
Mlr2Line lineOf(std::string_view text, bool isAdemco, bool hasCarriageReturn) {
    Mlr2Line line;
    line.raw = text;
    line.isAdemco = isAdemco;
    if (isAdemco && text.empty()) {
        line.kind = Kind::Heartbeat;
        return line;
    }
    if (isNoLine(text, isAdemco)) {
        line.kind = Kind::NoLine;
        return line;
    }
    line = isAdemco ? parseAdemco685Line(text) : parseMlr2Line(text);
    if (line.kind == Kind::Unknown && hasCarriageReturn) {
        Mlr2Line other = isAdemco ? parseMlr2Line(text) : parseAdemco685Line(text);
        if (other.kind != Kind::Unknown) {
            return other;
        }
    }
    return line;
}

}  // namespace

Mlr2Line parseMlr2Line(std::string_view text) {
    Mlr2Line line;
    line.raw = text;
    constexpr std::size_t headLength = 4;  // protocol, two of receiver, line
    if (text.size() < headLength) {
        return line;
    }
    line.protocol = text[0];
    line.receiver = text.substr(1, 2);
    line.line = text.substr(3, 1);
    const std::string_view rest = text.substr(headLength);
    switch (line.protocol) {
        case '5': readContactId(rest, line); break;
        case '3':
        case 'S':
        case '6': readSia(rest, line); break;
        case '8': readFastFormat(rest, line); break;
        case '1': readBasic(rest, line); break;
        case '0': readReceiverTrouble(rest, line); break;
        default: break;
    }
    return line;
}

Mlr2Line parseAdemco685Line(std::string_view text) {
    Mlr2Line line;
    line.raw = text;
    line.isAdemco = true;
    std::string_view rest = text;
    const std::string_view head = takeWord(rest);
    const std::string_view account = takeWord(rest);
    const std::string_view format = takeWord(rest);
    const std::string_view event = takeWord(rest);
    const std::string_view group = takeWord(rest);
    const std::string_view address = takeWord(rest);
    SignalCode code{.scheme = CodeScheme::ContactId};
    if (head.size() != 2 || !areUpperHex(account) || format != "18" || event.size() != 4 ||
        !qualifierFrom(event[0], code.qualifier) || !areUpperHex(event.substr(1)) || !areDigits(group) ||
        address.size() != 4 || !areDigits(address.substr(1))) {
        return line;
    }
    line.protocol = '5';
    line.receiver = head.substr(0, 1);
    line.line = head.substr(1, 1);
    line.account = account;
    code.code = event.substr(1);
    code.area = group;
    code.address = address.substr(1);
    takeOne(line, std::move(code));
    return line;
}

void Mlr2Stream::discard(std::size_t count) {
    m_discarded += count;
    m_buffer.erase(0, count);
}

// What stands between lines: fillers, echoed answers, and the line ends that some senders add.
void Mlr2Stream::passNoise() {
    const std::string_view noise =
        m_sawMlr2 ? std::string_view{"\0 \x06\x15\r", 5} : std::string_view{"\0 \x06\x15", 4};
    std::size_t begin = std::min(m_buffer.find_first_not_of(noise), m_buffer.size());
    while (begin + 1 < m_buffer.size() && m_buffer[begin] == '\n' && m_buffer[begin + 1] == '\n') {
        ++begin;
    }
    m_buffer.erase(0, begin);
}

bool Mlr2Stream::isPartial() const {
    return m_isPassingOver || m_buffer.find_first_not_of(std::string_view{"\0 \x06\x15\r\n", 6}) != std::string::npos;
}

void Mlr2Stream::giveUpPartial() {
    discard(m_buffer.size());
    m_isPassingOver = false;
}

std::optional<Mlr2Line> Mlr2Stream::next() {
    passNoise();
    // A line feed begins a line; what stands before it without an end was cut off.
    const std::size_t end = m_buffer.find_first_of("\x14\r\n", m_buffer.starts_with('\n') ? 1 : 0);
    if (end == std::string::npos) {
        if (m_isPassingOver || m_buffer.size() > longestMlr2Line) {
            m_isPassingOver = true;
            discard(m_buffer.size());
        }
        return std::nullopt;
    }
    if (m_buffer[end] == '\n') {
        m_isPassingOver = false;
        discard(end);
        return next();
    }
    return take(end);
}

Mlr2Line Mlr2Stream::take(std::size_t end) {
    Mlr2Line line;
    if (m_isPassingOver || end > longestMlr2Line) {
        m_isPassingOver = false;
        discard(end + 1);
        line.kind = Kind::NoLine;
        return line;
    }
    std::string_view text = std::string_view{m_buffer}.substr(0, end);
    const bool isAdemco = m_buffer[end] == '\r' && (text.empty() || text.front() == '\n');
    text.remove_prefix(text.starts_with('\n') ? 1 : 0);
    line = lineOf(text, isAdemco, m_buffer[end] == '\r');
    line.bytes = m_buffer.substr(0, end + 1);
    m_sawMlr2 = m_sawMlr2 || (!line.isAdemco && line.kind != Kind::NoLine);
    m_buffer.erase(0, end + 1);
    return line;
}

std::string encodeMlr2(std::string_view receiver, char line, std::string_view account, const SignalCode& code) {
    if (code.scheme == CodeScheme::ContactId) {
        const char letter = code.qualifier == Qualifier::New ? 'E' : code.qualifier == Qualifier::Restore ? 'R' : 'P';
        return fmt::format("5{}{} 18{}{}{}{:0>2}{:0>3}{}", receiver, line, account, letter, code.code, code.area,
                           code.address, mlr2Terminator);
    }
    return fmt::format("3{}{}    {:>6}{}{:0>4}{}", receiver, line, account, code.code, code.address, mlr2Terminator);
}

std::string mlr2Heartbeat(std::string_view receiver, char line) {
    return fmt::format("1{}{}           @    {}", receiver, line, mlr2Terminator);
}

}  // namespace leedswatch::alarm

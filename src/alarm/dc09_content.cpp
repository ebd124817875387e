#include "alarm/dc09_content.h"

#include "base/utf8.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <array>
#include <chrono>

namespace leedswatch::alarm {

namespace {

constexpr std::size_t timestampLength = 20;  // "_HH:MM:SS,MM-DD-YYYY"

std::optional<int> numberAt(std::string_view text, std::size_t begin, std::size_t count) {
    int number = 0;
    for (const char c : text.substr(begin, count)) {
        if (c < '0' || c > '9') {
            return std::nullopt;
        }
        number = number * 10 + (c - '0');
    }
    return number;
}

bool looksLikeTimestamp(std::string_view text) {
    constexpr std::string_view shape = "_00:00:00,00-00-0000";
    if (text.size() != shape.size()) {
        return false;
    }
    for (std::size_t i = 0; i < shape.size(); ++i) {
        const bool isDigit = text[i] >= '0' && text[i] <= '9';
        if (shape[i] == '0' ? !isDigit : text[i] != shape[i]) {
            return false;
        }
    }
    return true;
}

std::optional<base::UtcTime> momentOf(std::string_view text) {
    using namespace std::chrono;
    const auto hour = numberAt(text, 1, 2);
    const auto minute = numberAt(text, 4, 2);
    const auto second = numberAt(text, 7, 2);
    const year_month_day day{year{*numberAt(text, 16, 4)}, month{static_cast<unsigned>(*numberAt(text, 10, 2))},
                             std::chrono::day{static_cast<unsigned>(*numberAt(text, 13, 2))}};
    if (!day.ok() || *hour > 23 || *minute > 59 || *second > 59) {
        return std::nullopt;
    }
    return base::UtcTime{sys_days{day}} + hours{*hour} + minutes{*minute} + seconds{*second};
}

bool isUtf8(std::string_view bytes) {
    while (!bytes.empty()) {
        const std::size_t length = base::utf8CharacterLength(bytes);
        if (length == 0) {
            return false;
        }
        bytes.remove_prefix(length);
    }
    return true;
}

// Windows-1252 from 0x80 to 0x9F; zero where it has no character.
constexpr std::array<std::uint16_t, 32> windows1252 = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                       0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                                       0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                       0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

void appendUtf8(std::string& text, unsigned codePoint) {
    if (codePoint < 0x80) {
        text += static_cast<char>(codePoint);
    } else if (codePoint < 0x800) {
        text += static_cast<char>(0xC0U | codePoint >> 6U);
        text += static_cast<char>(0x80U | (codePoint & 0x3FU));
    } else {
        text += static_cast<char>(0xE0U | codePoint >> 12U);
        text += static_cast<char>(0x80U | (codePoint >> 6U & 0x3FU));
        text += static_cast<char>(0x80U | (codePoint & 0x3FU));
    }
}

void readExtended(std::string_view rest, Dc09Content& content) {
    while (rest.size() > 1 && rest.front() == '[') {
        const std::size_t end = rest.find(']');
        if (end == std::string_view::npos) {
            return;
        }
        if (end > 1) {
            content.extended.push_back({rest[1], panelText(rest.substr(2, end - 2))});
        }
        rest.remove_prefix(end + 1);
    }
}

}  // namespace

Dc09Content parseDc09Content(std::string_view plain) {
    Dc09Content content;
    if (plain.size() >= timestampLength && looksLikeTimestamp(plain.substr(plain.size() - timestampLength))) {
        const std::string_view stamp = plain.substr(plain.size() - timestampLength);
        content.timestampText = stamp.substr(1);
        content.timestamp = momentOf(stamp);
        plain.remove_suffix(timestampLength);
    }
    const std::size_t end = std::min(plain.find(']'), plain.size());
    content.data = plain.substr(0, end);
    readExtended(plain.substr(std::min(end + 1, plain.size())), content);
    return content;
}

std::string dc09Timestamp(base::UtcTime time) {
    return fmt::format("_{:%H:%M:%S,%m-%d-%Y}", std::chrono::floor<std::chrono::seconds>(time));
}

std::string panelText(std::string_view bytes) {
    if (isUtf8(bytes)) {
        return std::string{bytes};
    }
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        const bool isSpecial = byte >= 0x80 && byte < 0xA0;
        constexpr unsigned replacement = 0xFFFD;
        const unsigned special = isSpecial ? windows1252[byte - 0x80U] : byte;
        appendUtf8(text, special == 0 && isSpecial ? replacement : special);
    }
    return text;
}

bool isWithinTimeWindow(base::UtcTime stamped, base::UtcTime received) {
    using namespace std::chrono_literals;
    const auto ahead =
        std::chrono::floor<std::chrono::seconds>(stamped) - std::chrono::floor<std::chrono::seconds>(received);
    return ahead >= -40s && ahead <= 20s;
}

}  // namespace leedswatch::alarm

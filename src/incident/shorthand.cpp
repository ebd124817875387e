#include "incident/shorthand.h"

#include "incident/log_line.h"

#include <algorithm>
#include <charconv>

namespace leedswatch::incident {

namespace {

constexpr std::size_t longestMark = 26;

bool isSpace(char character) {
    return character == ' ' || character == '\t' || character == '\n' || character == '\r';
}

/// What ends a sentence or a part of one may follow a mark without a space.
std::string_view withoutStop(std::string_view word) {
    while (!word.empty() && std::string_view{".,;:)"}.find(word.back()) != std::string_view::npos) {
        word.remove_suffix(1);
    }
    return word;
}

std::optional<int> numberFrom(std::string_view digits) {
    int number = 0;
    const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    const bool isWhole = failed == std::errc{} && end == digits.data() + digits.size() && number > 0;
    return isWhole ? std::optional{number} : std::nullopt;
}

/// Reads word after word, keeping what stands between them.
class Reader {
public:
    Reader(const std::function<bool(int)>& isCamera, const std::vector<IncidentType>& types)
        : m_isCamera{isCamera}, m_types{types} {}

    void word(std::string_view word) {
        const std::string_view mark = withoutStop(word);
        const std::string_view stop = word.substr(mark.size());
        if (mark.size() >= 2 && readMark(mark)) {
            m_isAfterRemoved = m_said.text.empty() || stop.empty();
            addStop(stop);
            return;
        }
        m_said.text += m_replacement.empty() ? std::string{word} : m_replacement + std::string{stop};
        m_replacement.clear();
        m_isAfterRemoved = false;
    }

    void space(std::string_view space) {
        // What stood before and behind a mark that went is one space.
        if (!m_isAfterRemoved) {
            m_said.text += space;
        }
    }

    [[nodiscard]] Shorthand finish() {
        trim();
        return std::move(m_said);
    }

private:
    /// What ended a mark that went now ends what stands before it, unless that has an end of its own.
    void addStop(std::string_view stop) {
        if (stop.empty() || m_said.text.empty()) {
            return;
        }
        trim();
        const bool isEnded = std::string_view{".,;:!?"}.find(m_said.text.back()) != std::string_view::npos;
        m_said.text += isEnded ? std::string_view{} : stop;
    }

    void trim() {
        while (!m_said.text.empty() && isSpace(m_said.text.back())) {
            m_said.text.pop_back();
        }
    }

    /// Whether it goes out of the text.
    bool readMark(std::string_view mark) {
        const std::string_view value = mark.substr(1);
        if (mark.front() == '@') {
            return readCamera(value);
        }
        if (mark.front() == '#') {
            return readType(value);
        }
        if (mark.front() == '!') {
            return readPriority(value);
        }
        return false;
    }

    bool readCamera(std::string_view value) {
        const auto number = numberFrom(value);
        if (!number || !m_isCamera(*number)) {
            return false;
        }
        if (std::ranges::find(m_said.cameras, *number) == m_said.cameras.end()) {
            m_said.cameras.push_back(*number);
        }
        // At the beginning it says where; further on it is a part of the sentence.
        if (m_said.text.empty()) {
            m_said.camera = m_said.camera.value_or(*number);
            return true;
        }
        m_replacement = "camera " + std::to_string(*number);
        return false;
    }

    bool readType(std::string_view value) {
        const bool isType = std::ranges::any_of(
            m_types, [&](const IncidentType& type) { return type.code == value && !type.isRetired; });
        if (isType) {
            m_said.type = std::string{value};
        }
        return isType;
    }

    bool readPriority(std::string_view value) {
        const auto priority = numberFrom(value);
        if (!priority || *priority < highestPriority || *priority > lowestPriority) {
            return false;
        }
        m_said.priority = *priority;
        return true;
    }

    const std::function<bool(int)>& m_isCamera;
    const std::vector<IncidentType>& m_types;
    Shorthand m_said;
    std::string m_replacement;
    bool m_isAfterRemoved = true;
};

}  // namespace

Shorthand readShorthand(std::string_view typed, const std::function<bool(int)>& isCamera,
                        const std::vector<IncidentType>& types) {
    Reader reader{isCamera, types};
    while (!typed.empty()) {
        const bool isGap = isSpace(typed.front());
        const auto end = static_cast<std::size_t>(
            std::ranges::find_if(typed, [&](char character) { return isSpace(character) != isGap; }) - typed.begin());
        isGap ? reader.space(typed.substr(0, end)) : reader.word(typed.substr(0, end));
        typed.remove_prefix(end);
    }
    return reader.finish();
}

std::string_view markBeingWritten(std::string_view beforeCursor) {
    std::size_t begin = beforeCursor.size();
    while (begin > 0 && !isSpace(beforeCursor[begin - 1])) {
        --begin;
    }
    const std::string_view word = beforeCursor.substr(begin);
    const bool isMark = !word.empty() && std::string_view{"@#!"}.find(word.front()) != std::string_view::npos;
    return isMark && word.size() <= longestMark ? word : std::string_view{};
}

}  // namespace leedswatch::incident

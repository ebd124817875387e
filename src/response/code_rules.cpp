#include "response/code_rules.h"

#include "alarm/characters.h"
#include "base/csv_table.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

namespace leedswatch::response {

namespace {

using alarm::CodeScheme;

const std::vector<std::string_view> codeColumns = {"premises", "transmitter", "scheme", "code", "category", "event"};

std::string upperCode(std::string code) {
    std::transform(code.begin(), code.end(), code.begin(),
                   [](char c) { return alarm::isLowerLetter(c) ? static_cast<char>(c - 'a' + 'A') : c; });
    return code;
}

base::Result<void> refuseRule(const char* column, const std::string& what) {
    return base::fail(base::ErrorCode::InvalidInput, std::string{column} + ": " + what);
}

bool isChannel(const std::string& code) {
    constexpr int mostChannels = 16;
    if (code == "status" || code == "battery" || code == "test") {
        return true;
    }
    int channel = 0;
    const auto read = std::from_chars(code.data(), code.data() + code.size(), channel);
    return read.ec == std::errc{} && read.ptr == code.data() + code.size() && channel >= 1 && channel <= mostChannels;
}

base::Result<void> checkCode(alarm::CodeOverride& code, const std::string& typed) {
    code.code = code.scheme == CodeScheme::FastFormat ? base::loweredAscii(typed) : upperCode(typed);
    switch (code.scheme) {
        case CodeScheme::ContactId:
            return code.code.size() == 3 && alarm::areAll(code.code, alarm::isUpperHexDigit)
                       ? base::Result<void>{}
                       : refuseRule("code", "Contact ID's have three digits, without the qualifier: 130");
        case CodeScheme::Sia:
            return code.code.size() == 2 && alarm::areAll(code.code, alarm::isUpperLetter)
                       ? base::Result<void>{}
                       : refuseRule("code", "SIA's have two letters: BA");
        case CodeScheme::FastFormat:
            return isChannel(code.code)
                       ? base::Result<void>{}
                       : refuseRule("code", "Fast Format has channels 1 to 16, status, battery and test");
        case CodeScheme::Basic:
            return code.code.size() <= 8 &&
                           alarm::areAll(code.code, [](char c) { return alarm::isDigit(c) || alarm::isUpperLetter(c); })
                       ? base::Result<void>{}
                       : refuseRule("code", "the basic formats have digits and letters, eight at most");
        case CodeScheme::Receiver: break;
    }
    return refuseRule("scheme", "what receivers say of themselves has no codes");
}

base::Result<void> checkText(const char* column, const std::string& text, std::size_t longest) {
    if (text.empty()) {
        return refuseRule(column, "it is empty");
    }
    if (text.size() > longest ||
        std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < ' ' || c == 0x7F; })) {
        return refuseRule(column,
                          "it is longer than " + std::to_string(longest) + " bytes, or holds a control character");
    }
    return {};
}

std::string categoryNames() {
    std::string names;
    for (int number = 0; number < static_cast<int>(alarm::SignalCategory::Unmapped); ++number) {
        names += (number == 0 ? "" : ", ") + std::string{alarm::nameOf(static_cast<alarm::SignalCategory>(number))};
    }
    return names;
}

base::Result<void> checkScope(const CodeRule& rule) {
    if (rule.premises.empty() == rule.transmitter.empty()) {
        return refuseRule("premises", rule.premises.empty()
                                          ? "say whose code it is: of premises (their reference) or of a transmitter"
                                          : "premises and transmitter are both given: write a line for each");
    }
    constexpr std::size_t longestName = 200;
    return rule.premises.empty() ? checkText("transmitter", rule.transmitter, longestName)
                                 : checkText("premises", rule.premises, longestName);
}

}  // namespace

std::string wordsOf(const CodeRule& rule) {
    const std::string whose = rule.premises.empty() ? rule.transmitter : "premises " + rule.premises;
    return std::string{alarm::nameOf(rule.code.scheme)} + " " + rule.code.code + " of " + whose;
}

base::Result<CodeRule> checkedCodeRule(const TypedCodeRule& typed) {
    constexpr std::size_t longestEvent = 200;
    CodeRule rule;
    rule.premises = typed.premises;
    rule.transmitter = base::loweredAscii(typed.transmitter);
    TRY(checkScope(rule));
    const auto scheme = alarm::codeSchemeFrom(base::loweredAscii(typed.scheme));
    if (!scheme) {
        TRY(refuseRule("scheme",
                       "'" + typed.scheme.substr(0, 40) + "' is none of contact-id, sia, fast-format, basic"));
    }
    rule.code.scheme = *scheme;
    TRY(checkCode(rule.code, typed.code));
    const auto category = alarm::signalCategoryFrom(base::loweredAscii(typed.category));
    if (!category || *category == alarm::SignalCategory::Unmapped) {
        TRY(refuseRule("category", "'" + typed.category.substr(0, 40) + "' is none of " + categoryNames()));
    }
    rule.code.category = *category;
    TRY(checkText("event", typed.event, longestEvent));
    rule.code.event = typed.event;
    return rule;
}

base::Result<CodeFile> readCodesCsv(std::string_view csv) {
    TRY_ASSIGN(const auto table, base::CsvTable::read(csv, codeColumns, {"scheme", "code", "category", "event"}));
    CodeFile file;
    std::map<std::string, int> lineOfRule;
    for (std::size_t index = 0; index < table.size(); ++index) {
        const base::CsvRow row = table.row(index);
        const std::string where = "line " + std::to_string(row.line());
        auto rule = checkedCodeRule({row.raw("premises"), row.raw("transmitter"), row.raw("scheme"), row.raw("code"),
                                     row.raw("category"), row.raw("event")});
        if (!rule) {
            file.problems.push_back(where + ", column " + rule.error().message);
            continue;
        }
        rule->lineOfFile = row.line();
        const auto [first, isNew] = lineOfRule.emplace(wordsOf(*rule), row.line());
        if (isNew) {
            file.rules.push_back(*std::move(rule));
        } else {
            file.problems.push_back(where + ", column code: " + wordsOf(*rule) + " is on line " +
                                    std::to_string(first->second) + " already");
        }
    }
    return file;
}

std::string writeCodesCsv(const std::vector<ScopedOverride>& all) {
    std::string text = "premises,transmitter,scheme,code,category,event\r\n";
    for (const ScopedOverride& one : all) {
        std::string line;
        bool isFirst = true;
        for (const std::string_view field :
             {std::string_view{one.reference}, std::string_view{one.transmitter}, alarm::nameOf(one.code.scheme),
              std::string_view{one.code.code}, alarm::nameOf(one.code.category), std::string_view{one.code.event}}) {
            line += (std::exchange(isFirst, false) ? "" : ",") + base::csvField(field);
        }
        text += line + "\r\n";
    }
    return text;
}

}  // namespace leedswatch::response

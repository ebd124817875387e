#pragma once

#include "base/csv.h"

#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::base {

/// A spreadsheet would take text with such a beginning for a formula.
[[nodiscard]] inline bool looksLikeAFormula(std::string_view text) {
    return !text.empty() && std::string_view{"=+-@|\t\r\n"}.find(text.front()) != std::string_view::npos;
}

/// A field of a CSV file that people open with a spreadsheet: quoted if it must be, with an apostrophe before what
/// would be a formula there.
[[nodiscard]] inline std::string spreadsheetField(std::string_view value) {
    return csvField(looksLikeAFormula(value) ? "'" + std::string{value} : std::string{value});
}

/// A line of such fields, with its end.
[[nodiscard]] inline std::string spreadsheetLine(const std::vector<std::string>& fields) {
    std::string line;
    for (const std::string& field : fields) {
        line += (&field == &fields.front() ? "" : ",") + spreadsheetField(field);
    }
    return line + "\r\n";
}

/// What spreadsheetField() was given.
[[nodiscard]] inline std::string fromSpreadsheetField(std::string value) {
    if (value.size() > 1 && value.front() == '\'' && looksLikeAFormula(std::string_view{value}.substr(1))) {
        value.erase(0, 1);
    }
    return value;
}

}  // namespace leedswatch::base

#include "base/csv_table.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

namespace leedswatch::base {

namespace {

constexpr std::size_t longestCsvText = 200;
constexpr std::size_t longestQuoted = 40;  // of what is wrong, in a message

std::string trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) {
        return {};
    }
    return std::string{text.substr(begin, text.find_last_not_of(" \t") - begin + 1)};
}

std::string namesOf(const std::vector<std::string_view>& columns) {
    std::string names;
    for (const std::string_view column : columns) {
        names += (names.empty() ? "" : ", ") + std::string{column};
    }
    return names;
}

std::string atLine(int line) {
    return "line " + std::to_string(line);
}

Result<CsvColumns> readHeader(const CsvRecord& header, const std::vector<std::string_view>& known,
                              const std::vector<std::string_view>& needed) {
    CsvColumns columns;
    for (std::size_t index = 0; index < header.fields.size(); ++index) {
        const std::string name = loweredAscii(trimmed(header.fields[index]));
        if (std::find(known.begin(), known.end(), name) == known.end()) {
            return fail(ErrorCode::InvalidInput, atLine(header.line) + ": there is no column '" +
                                                     name.substr(0, longestQuoted) + "'; the columns are " +
                                                     namesOf(known));
        }
        if (!columns.emplace(name, index).second) {
            return fail(ErrorCode::InvalidInput, atLine(header.line) + ": the column '" + name + "' is there twice");
        }
    }
    for (const std::string_view name : needed) {
        if (columns.find(name) == columns.end()) {
            return fail(ErrorCode::InvalidInput, atLine(header.line) + ": the column '" + std::string{name} +
                                                     "' is missing: add it to the header line");
        }
    }
    return columns;
}

}  // namespace

std::string loweredAscii(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

Result<CsvTable> CsvTable::read(std::string_view csv, const std::vector<std::string_view>& known,
                                const std::vector<std::string_view>& needed) {
    CsvTable table;
    TRY_ASSIGN(table.m_records, parseCsv(csv));
    if (table.m_records.empty()) {
        return fail(ErrorCode::InvalidInput, "the file is empty: its first line must name the columns");
    }
    const CsvRecord& header = table.m_records.front();
    TRY_ASSIGN(table.m_columns, readHeader(header, known, needed));
    for (const CsvRecord& record : table.m_records) {
        if (record.fields.size() != header.fields.size()) {
            return fail(ErrorCode::InvalidInput,
                        atLine(record.line) + ": it has " + std::to_string(record.fields.size()) +
                            " fields and the header line has " + std::to_string(header.fields.size()));
        }
    }
    return table;
}

tl::unexpected<Error> CsvRow::refuse(const std::string& column, const std::string& what) const {
    return fail(ErrorCode::InvalidInput, atLine(m_record.line) + ", column " + column + ": " + what);
}

std::string CsvRow::raw(std::string_view column) const {
    const auto found = m_columns.find(column);
    return found == m_columns.end() ? std::string{} : trimmed(m_record.fields[found->second]);
}

Result<std::string> CsvRow::text(const std::string& column) const {
    auto value = raw(column);
    if (value.size() > longestCsvText) {
        return refuse(column, "it is longer than 200 bytes: shorten it");
    }
    if (std::any_of(value.begin(), value.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; })) {
        return refuse(column, "it holds a line end or a control character: remove it");
    }
    return value;
}

Result<int> CsvRow::integer(const std::string& column, int least, int most) const {
    const auto value = raw(column);
    int number = 0;
    const auto* end = value.data() + value.size();
    const auto [rest, failed] = std::from_chars(value.data(), end, number);
    if (failed != std::errc{} || rest != end || number < least || number > most) {
        return refuse(column, "'" + value.substr(0, longestQuoted) + "' is not a whole number from " +
                                  std::to_string(least) + " to " + std::to_string(most));
    }
    return number;
}

Result<std::optional<int>> CsvRow::microdegrees(const std::string& column, int most) const {
    constexpr double millionths = 1e6;
    const auto value = raw(column);
    if (value.empty()) {
        return std::nullopt;
    }
    double degrees = 0;
    const auto* end = value.data() + value.size();
    const auto [rest, failed] = std::from_chars(value.data(), end, degrees, std::chars_format::fixed);
    if (failed != std::errc{} || rest != end || !(std::abs(degrees) <= most)) {
        return refuse(column, "'" + value.substr(0, longestQuoted) + "' is not a number of degrees from -" +
                                  std::to_string(most) + " to " + std::to_string(most));
    }
    return static_cast<int>(std::lround(degrees * millionths));
}

Result<std::optional<bool>> CsvRow::yesNo(const std::string& column) const {
    const std::string text = loweredAscii(raw(column));
    if (text.empty()) {
        return std::nullopt;
    }
    if (text == "1" || text == "yes" || text == "true") {
        return true;
    }
    if (text == "0" || text == "no" || text == "false") {
        return false;
    }
    return refuse(column, "'" + raw(column).substr(0, longestQuoted) + "' is not yes or no");
}

}  // namespace leedswatch::base

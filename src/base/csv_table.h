#pragma once

#include "base/csv.h"

#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::base {

/// Where each column stands in a file; names in lower case.
using CsvColumns = std::map<std::string, std::size_t, std::less<>>;

/// One line of a CSV file with a header, read column by column. Every error names the line, the column and what to do.
/// A column that the file lacks reads as empty.
class CsvRow {
public:
    CsvRow(const CsvRecord& record, const CsvColumns& columns) : m_record{record}, m_columns{columns} {}

    [[nodiscard]] int line() const { return m_record.line; }
    [[nodiscard]] bool has(std::string_view column) const { return m_columns.find(column) != m_columns.end(); }
    /// Without the spaces around it.
    [[nodiscard]] std::string raw(std::string_view column) const;
    /// At most 200 bytes on one line.
    [[nodiscard]] Result<std::string> text(const std::string& column) const;
    [[nodiscard]] Result<int> integer(const std::string& column, int least, int most) const;
    /// A decimal number of degrees, in millionths; none if empty.
    [[nodiscard]] Result<std::optional<int>> microdegrees(const std::string& column, int most) const;
    /// None if empty.
    [[nodiscard]] Result<std::optional<bool>> yesNo(const std::string& column) const;
    [[nodiscard]] tl::unexpected<Error> refuse(const std::string& column, const std::string& what) const;

private:
    const CsvRecord& m_record;
    const CsvColumns& m_columns;
};

/// A CSV file whose first line names its columns, which may stand in any order. Errors (InvalidInput) name the line: no
/// header, a column that is not known, is there twice or is missing, a line with other fields than the header has.
class CsvTable {
public:
    [[nodiscard]] static Result<CsvTable> read(std::string_view csv, const std::vector<std::string_view>& known,
                                               const std::vector<std::string_view>& needed);

    [[nodiscard]] std::size_t size() const { return m_records.size() - 1; }
    [[nodiscard]] CsvRow row(std::size_t index) const { return {m_records[index + 1], m_columns}; }

private:
    std::vector<CsvRecord> m_records;  ///< the header first
    CsvColumns m_columns;
};

/// "Yes" is "yes".
[[nodiscard]] std::string loweredAscii(std::string text);

}  // namespace leedswatch::base

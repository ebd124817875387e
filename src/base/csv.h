#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::base {

/// A record of a CSV file, and the line of the file on which it begins (from 1), for messages.
struct CsvRecord {
    int line = 0;
    std::vector<std::string> fields;
};

/// RFC 4180: commas, double quotes around fields that hold commas, quotes or line ends, CRLF or LF. UTF-8, a byte order
/// mark is skipped; empty lines are too. Error: InvalidInput, with the line and what is wrong: a quote that is not
/// closed, text behind a closing quote, bytes that are no UTF-8, a NUL, a field of more than 4,096 bytes, more than 64
/// fields or 100,000 records.
[[nodiscard]] Result<std::vector<CsvRecord>> parseCsv(std::string_view text);

/// A field as it is to be written: quoted if it must be.
[[nodiscard]] std::string csvField(std::string_view value);

}  // namespace leedswatch::base

#pragma once

#include "alarm/code_table.h"
#include "base/result.h"
#include "response/override_table.h"

#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::response {

/// An override as people write it: of premises by their reference, or of a maker.
struct CodeRule {
    std::string premises;
    std::string transmitter;
    alarm::CodeOverride code;
    int lineOfFile = 0;
};

/// "BA of premises LIB-1", "AB of ajax": for messages and the audit log.
[[nodiscard]] std::string wordsOf(const CodeRule& rule);

/// A rule as it is typed, all in text.
struct TypedCodeRule {
    std::string premises = {};
    std::string transmitter = {};
    std::string scheme = {};
    std::string code = {};
    std::string category = {};
    std::string event = {};
};

/// Error: InvalidInput, "COLUMN: what is wrong and what to do".
[[nodiscard]] base::Result<CodeRule> checkedCodeRule(const TypedCodeRule& typed);

/// The rules of a file, and what is wrong with each line that is none.
struct CodeFile {
    std::vector<CodeRule> rules;
    std::vector<std::string> problems;  ///< "line 7, column category: ..."
};

/// CSV with a header line: scheme, code, category and event must be there, and premises or transmitter in each line.
/// Error: InvalidInput, of the file as a whole.
[[nodiscard]] base::Result<CodeFile> readCodesCsv(std::string_view csv);
[[nodiscard]] std::string writeCodesCsv(const std::vector<ScopedOverride>& all);

}  // namespace leedswatch::response

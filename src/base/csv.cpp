#include "base/csv.h"

#include "base/utf8.h"

namespace leedswatch::base {
namespace {

constexpr std::size_t kLongestField = 4096;
constexpr std::size_t kMostFields = 64;
constexpr std::size_t kMostRecords = 100'000;

class CsvReader {
public:
    explicit CsvReader(std::string_view text) : m_rest{text} {
        constexpr std::string_view byteOrderMark = "\xef\xbb\xbf";
        if (m_rest.substr(0, byteOrderMark.size()) == byteOrderMark) {
            m_rest.remove_prefix(byteOrderMark.size());
        }
    }

    Result<std::vector<CsvRecord>> readAll() {
        std::vector<CsvRecord> records;
        while (!m_rest.empty()) {
            if (skipLineEnd()) {
                continue;
            }
            if (records.size() == kMostRecords) {
                return refuse("there are more than 100,000 lines: split the file");
            }
            TRY_ASSIGN(auto record, readRecord());
            records.push_back(std::move(record));
        }
        return records;
    }

private:
    [[nodiscard]] tl::unexpected<Error> refuse(const std::string& what) const { return refuseAt(m_line, what); }
    [[nodiscard]] static tl::unexpected<Error> refuseAt(int line, const std::string& what) {
        return fail(ErrorCode::InvalidInput, "line " + std::to_string(line) + ": " + what);
    }

    [[nodiscard]] bool atLineEnd() const {
        return m_rest.empty() || m_rest.front() == '\n' || m_rest.substr(0, 2) == "\r\n";
    }

    bool skipLineEnd() {
        if (m_rest.empty() || !atLineEnd()) {
            return false;
        }
        m_rest.remove_prefix(m_rest.front() == '\r' ? 2 : 1);
        ++m_line;
        return true;
    }

    Result<CsvRecord> readRecord() {
        CsvRecord record;
        record.line = m_line;
        while (true) {
            if (record.fields.size() == kMostFields) {
                return refuse("there are more than 64 columns");
            }
            std::string field;
            if (!m_rest.empty() && m_rest.front() == '"') {
                TRY(readQuoted(field));
            } else {
                TRY(readPlain(field));
            }
            record.fields.push_back(std::move(field));
            if (!m_rest.empty() && m_rest.front() == ',') {
                m_rest.remove_prefix(1);
                continue;
            }
            skipLineEnd();
            return record;
        }
    }

    /// Moves one character to `field`.
    Result<void> take(std::string& field) {
        const auto length = utf8CharacterLength(m_rest);
        if (length == 0) {
            return refuse("it holds bytes that are not UTF-8: save the file as UTF-8");
        }
        if (m_rest.front() == '\0') {
            return refuse("it holds a zero byte: save the file as UTF-8 text");
        }
        if (field.size() + length > kLongestField) {
            return refuse("a field is longer than 4,096 bytes");
        }
        field.append(m_rest.substr(0, length));
        m_rest.remove_prefix(length);
        return {};
    }

    Result<void> readPlain(std::string& field) {
        while (!atLineEnd() && m_rest.front() != ',') {
            if (m_rest.front() == '"') {
                return refuse("there is a quote inside a field that is not quoted: write \"\" inside a quoted field");
            }
            TRY(take(field));
        }
        return {};
    }

    Result<void> readQuoted(std::string& field) {
        const int opened = m_line;
        m_rest.remove_prefix(1);
        while (true) {
            if (m_rest.empty()) {
                return refuseAt(opened, "the quote that opens a field here is never closed");
            }
            if (m_rest.front() == '"' && m_rest.substr(0, 2) != "\"\"") {
                m_rest.remove_prefix(1);
                break;
            }
            if (m_rest.front() == '"') {
                m_rest.remove_prefix(1);
            }
            if (m_rest.front() == '\n') {
                ++m_line;
            }
            TRY(take(field));
        }
        if (!atLineEnd() && m_rest.front() != ',') {
            return refuse("there is text behind a closing quote");
        }
        return {};
    }

    std::string_view m_rest;
    int m_line = 1;
};

}  // namespace

Result<std::vector<CsvRecord>> parseCsv(std::string_view text) {
    return CsvReader{text}.readAll();
}

std::string csvField(std::string_view value) {
    const bool plain = value.find_first_of(",\"\r\n") == std::string_view::npos && !value.empty() &&
                       value.front() != ' ' && value.back() != ' ';
    if (plain || value.empty()) {
        return std::string{value};
    }
    std::string quoted = "\"";
    for (const char character : value) {
        if (character == '"') {
            quoted += '"';
        }
        quoted += character;
    }
    return quoted + '"';
}

}  // namespace leedswatch::base

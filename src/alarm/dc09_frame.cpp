#include "alarm/dc09_frame.h"

#include "alarm/characters.h"
#include "alarm/crc16.h"

#include <fmt/format.h>

#include <algorithm>

namespace leedswatch::alarm {

namespace {

constexpr std::size_t longestToken = 16;
constexpr std::size_t longestPrefix = 6;  // of R and L
constexpr std::size_t longestAccount = 16;

// Accounts are hex digits by the standard; some makers use other letters too.
bool isOfAccount(char c) {
    return isDigit(c) || isLowerLetter(c) || isUpperLetter(c);
}

bool isOfToken(char c) {
    return isDigit(c) || isUpperLetter(c) || c == '-';
}

/// What is left of a body, read from its front.
class BodyReader {
public:
    explicit BodyReader(std::string_view body) : m_rest{body} {}

    bool take(char expected) {
        if (m_rest.empty() || m_rest.front() != expected) {
            return false;
        }
        m_rest.remove_prefix(1);
        return true;
    }

    template <typename Predicate>
    std::string_view takeWhile(Predicate predicate) {
        const auto end = std::find_if_not(m_rest.begin(), m_rest.end(), predicate);
        const std::string_view taken{m_rest.begin(), end};
        m_rest.remove_prefix(taken.size());
        return taken;
    }

    [[nodiscard]] std::string_view rest() const { return m_rest; }

private:
    std::string_view m_rest;
};

base::Result<void> readToken(BodyReader& reader, Dc09Frame& frame) {
    if (!reader.take('"')) {
        return base::fail(base::ErrorCode::InvalidInput, "the message does not begin with a quotation mark");
    }
    frame.encrypted = reader.take('*');
    frame.token = reader.takeWhile(isOfToken);
    if (frame.token.empty() || frame.token.size() > longestToken || !reader.take('"')) {
        return base::fail(base::ErrorCode::InvalidInput, "the message has no kind between quotation marks");
    }
    return {};
}

bool readSequence(BodyReader& reader, Dc09Frame& frame) {
    frame.sequence = reader.takeWhile(isDigit);
    return frame.sequence.size() == 4;
}

base::Result<void> readPrefix(BodyReader& reader, char letter, std::optional<std::string>& to) {
    if (!reader.take(letter)) {
        return {};
    }
    const std::string_view digits = reader.takeWhile(isHexDigit);
    if (digits.size() > longestPrefix) {
        return base::fail(base::ErrorCode::InvalidInput,
                          fmt::format("{} is followed by {} digits; six are the most", letter, digits.size()));
    }
    to.emplace(digits);
    return {};
}

base::Result<void> readAccount(BodyReader& reader, std::optional<std::string>& to) {
    if (!reader.take('#')) {
        return {};
    }
    const std::string_view digits = reader.takeWhile(isOfAccount);
    if (digits.size() > longestAccount) {
        return base::fail(base::ErrorCode::InvalidInput,
                          fmt::format("the account has {} characters; sixteen are the most", digits.size()));
    }
    to.emplace(digits);
    return {};
}

// A refusal has "A0" where an account stands ("#0" in the reading of some); the A is a digit of the line too.
void splitRefusal(Dc09Frame& frame) {
    constexpr std::string_view noAccount = "A0";
    if (frame.token == "NAK" && !frame.account && frame.line && frame.line->ends_with(noAccount)) {
        frame.line->resize(frame.line->size() - noAccount.size());
        frame.account = "0";
    }
}

std::span<const std::byte> bytesOf(std::string_view text) {
    return std::as_bytes(std::span{text});
}

}  // namespace

base::Result<Dc09Frame> parseDc09Body(std::string_view body, CrcForm form) {
    Dc09Frame frame;
    frame.crcForm = form;
    BodyReader reader{body};
    TRY(readToken(reader, frame));
    if (!readSequence(reader, frame)) {
        return base::fail(base::ErrorCode::InvalidInput, "the sequence number has not four digits");
    }
    TRY(readPrefix(reader, 'R', frame.receiver));
    TRY(readPrefix(reader, 'L', frame.line));
    TRY(readAccount(reader, frame.account));
    splitRefusal(frame);
    if (!reader.take('[')) {
        return base::fail(base::ErrorCode::InvalidInput, "there is no opening bracket behind the header");
    }
    frame.content = reader.rest();
    return frame;
}

std::string dc09BodyOf(const Dc09Frame& frame) {
    std::string body = fmt::format("\"{}{}\"{}", frame.encrypted ? "*" : "", frame.token, frame.sequence);
    if (frame.receiver) {
        body += 'R' + *frame.receiver;
    }
    if (frame.line) {
        body += 'L' + *frame.line;
    }
    if (frame.account) {
        body += (frame.token == "NAK" ? 'A' : '#') + *frame.account;
    }
    return body + '[' + frame.content;
}

std::string encodeDc09(const Dc09Frame& frame) {
    const std::string body = dc09BodyOf(frame);
    const std::uint16_t check = crc16(bytesOf(body));
    const std::string checkText = frame.crcForm == CrcForm::Ascii
                                      ? fmt::format("{:04X}", check)
                                      : std::string{static_cast<char>(check >> 8U), static_cast<char>(check & 0xFFU)};
    return fmt::format("\n{}{:04X}{}\r", checkText, body.size(), body);
}

}  // namespace leedswatch::alarm

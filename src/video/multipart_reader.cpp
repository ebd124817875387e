#include "video/multipart_reader.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace leedswatch::video {
namespace {

bool areSameLetters(std::string_view left, std::string_view right) {
    return std::ranges::equal(left, right,
                              [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
}

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t\"");
    if (begin == std::string_view::npos) {
        return {};
    }
    return text.substr(begin, text.find_last_not_of(" \t\"") - begin + 1);
}

std::string_view withoutBlanks(std::string_view line) {
    return line.substr(0, line.find_last_not_of(" \t") + 1);
}

base::Error notMultipart() {
    return {base::ErrorCode::Damaged, "what comes is not a row of pictures (multipart)"};
}

}  // namespace

base::Result<MultipartReader> MultipartReader::create(std::string_view contentType) {
    constexpr std::string_view kType = "multipart/";
    if (contentType.size() < kType.size() || !areSameLetters(contentType.substr(0, kType.size()), kType)) {
        return base::fail(base::ErrorCode::Unsupported,
                          "it is not MJPEG (multipart), but " + std::string{trimmed(contentType.substr(0, 60))});
    }
    std::string boundary;
    for (auto at = contentType.find(';'); at != std::string_view::npos;) {
        const auto end = contentType.find(';', at + 1);
        const auto parameter = trimmed(contentType.substr(at + 1, end == std::string_view::npos ? end : end - at - 1));
        constexpr std::string_view kName = "boundary=";
        if (parameter.size() > kName.size() && areSameLetters(parameter.substr(0, kName.size()), kName)) {
            boundary = trimmed(parameter.substr(kName.size()));
        }
        at = end;
    }
    // Some cameras name the boundary with its dashes and some without.
    if (!boundary.empty() && !boundary.starts_with("--")) {
        boundary.insert(0, "--");
    }
    return MultipartReader{std::move(boundary)};
}

base::Result<void> MultipartReader::add(std::span<const std::byte> bytes) {
    m_bytes.erase(m_bytes.begin(), m_bytes.begin() + static_cast<std::ptrdiff_t>(m_begin));
    m_begin = 0;
    m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end());
    while (true) {
        TRY_ASSIGN(const bool wentOn, step());
        if (!wentOn) {
            return {};
        }
    }
}

std::optional<std::vector<std::byte>> MultipartReader::next() {
    if (m_parts.empty()) {
        return std::nullopt;
    }
    auto part = std::move(m_parts.front());
    m_parts.erase(m_parts.begin());
    return part;
}

base::Result<bool> MultipartReader::step() {
    switch (m_state) {
        case State::Boundary: return readBoundary();
        case State::Header: return readHeader();
        case State::Body: return readBody();
    }
    return false;
}

base::Result<bool> MultipartReader::readBoundary() {
    const auto text = line();
    if (!text) {
        return m_bytes.size() - m_begin > kLargestHeader ? base::Result<bool>{base::fail(notMultipart())} : false;
    }
    m_headerSize += text->size() + 1;
    if (m_headerSize > kLargestHeader) {
        return base::fail(notMultipart());
    }
    if (m_boundary.empty() && text->starts_with("--") && text->size() > 2) {
        m_boundary = withoutBlanks(*text);
    }
    if (isBoundary(*text)) {
        m_state = State::Header;
        m_headerSize = 0;
        m_length.reset();
    }
    return true;
}

base::Result<bool> MultipartReader::readHeader() {
    const auto text = line();
    if (!text) {
        return m_bytes.size() - m_begin > kLargestHeader ? base::Result<bool>{base::fail(notMultipart())} : false;
    }
    m_headerSize += text->size() + 1;
    if (m_headerSize > kLargestHeader) {
        return base::fail(base::ErrorCode::Damaged, "the headers of a picture do not end");
    }
    if (text->empty()) {
        m_state = State::Body;
        m_scanned = 0;
        m_headerSize = 0;
        return true;
    }
    const auto colon = text->find(':');
    if (colon != std::string_view::npos && areSameLetters(text->substr(0, colon), "content-length")) {
        const auto number = trimmed(text->substr(colon + 1));
        std::size_t length = 0;
        const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), length);
        if (error != std::errc{} || end != number.data() + number.size() || length > kLargestPart) {
            return base::fail(base::ErrorCode::Damaged, "a picture is said to have " +
                                                            std::string{number.substr(0, 40)} +
                                                            " bytes; more than 16 MiB is not taken");
        }
        m_length = length;
    }
    return true;
}

base::Result<bool> MultipartReader::readBody() {
    const std::size_t have = m_bytes.size() - m_begin;
    if (m_length) {
        if (have < *m_length) {
            return false;
        }
        finishPart(*m_length);
        return true;
    }
    const std::string_view body{reinterpret_cast<const char*>(m_bytes.data()) + m_begin, have};
    const auto found = body.find("\n" + m_boundary, m_scanned);
    if (found == std::string_view::npos) {
        if (have > kLargestPart) {
            return base::fail(base::ErrorCode::Damaged, "a picture has more than 16 MiB and no end");
        }
        m_scanned = have > m_boundary.size() ? have - m_boundary.size() : 0;
        return false;
    }
    finishPart(found > 0 && body[found - 1] == '\r' ? found - 1 : found);
    return true;
}

void MultipartReader::finishPart(std::size_t size) {
    const auto begin = m_bytes.begin() + static_cast<std::ptrdiff_t>(m_begin);
    if (size > 0) {
        m_parts.emplace_back(begin, begin + static_cast<std::ptrdiff_t>(size));
    }
    m_begin += size;
    m_state = State::Boundary;
}

std::optional<std::string_view> MultipartReader::line() {
    const std::string_view rest{reinterpret_cast<const char*>(m_bytes.data()) + m_begin, m_bytes.size() - m_begin};
    const auto end = rest.find('\n');
    if (end == std::string_view::npos) {
        return std::nullopt;
    }
    m_begin += end + 1;
    const auto text = rest.substr(0, end);
    return text.ends_with('\r') ? text.substr(0, text.size() - 1) : text;
}

bool MultipartReader::isBoundary(std::string_view text) const {
    return !m_boundary.empty() && withoutBlanks(text) == m_boundary;
}

}  // namespace leedswatch::video

#include "rtsp/message.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstring>

namespace leedswatch::rtsp {
namespace {

constexpr std::size_t kBuffer = 128U << 10U;  // more than the largest frame, 64 KiB
constexpr std::size_t kMostHead = 16U << 10U;
constexpr std::size_t kMostBody = 1U << 20U;
constexpr std::byte kFrameMark{'$'};

base::Result<void> notRtsp() {
    return base::fail(base::ErrorCode::Damaged, "what came is no RTSP");
}

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t\r\n");
    return begin == std::string_view::npos ? std::string_view{}
                                           : text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

std::optional<std::size_t> readNumber(std::string_view text) {
    std::size_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc{} && read.ptr == text.data() + text.size() ? std::optional{number} : std::nullopt;
}

base::Result<void> readFirstLine(std::string_view line, Message& message) {
    const auto space = line.find(' ');
    if (space == std::string_view::npos) {
        return notRtsp();
    }
    if (line.starts_with("RTSP/")) {
        const auto status = readNumber(line.substr(space + 1, 3));
        if (!status || *status < 100 || *status > 599) {
            return notRtsp();
        }
        message.status = static_cast<int>(*status);
        return {};
    }
    if (line.find(" RTSP/") == std::string_view::npos) {
        return notRtsp();
    }
    message.method = line.substr(0, space);
    return {};
}

base::Result<Message> readHead(std::string_view head) {
    Message message;
    bool isFirst = true;
    while (!head.empty()) {
        const auto end = head.find('\n');
        const std::string_view line = trimmed(head.substr(0, end));
        head = end == std::string_view::npos ? std::string_view{} : head.substr(end + 1);
        if (std::exchange(isFirst, false)) {
            TRY(readFirstLine(line, message));
            continue;
        }
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) {
            continue;
        }
        std::string name{trimmed(line.substr(0, colon))};
        std::ranges::transform(name, name.begin(), [](unsigned char letter) { return std::tolower(letter); });
        message.headers.emplace(std::move(name), trimmed(line.substr(colon + 1)));
    }
    return message;
}

/// Where the head ends, its empty line included; some cameras end their lines with a line feed alone.
std::size_t endOfHead(std::string_view text) {
    const auto usual = text.find("\r\n\r\n");
    const auto bare = text.find("\n\n");
    if (usual == std::string_view::npos && bare == std::string_view::npos) {
        return std::string_view::npos;
    }
    return std::min(usual == std::string_view::npos ? usual : usual + 4,
                    bare == std::string_view::npos ? bare : bare + 2);
}

}  // namespace

std::string_view Message::header(std::string_view name) const {
    const auto found = headers.find(std::string{name});
    return found == headers.end() ? std::string_view{} : std::string_view{found->second};
}

MessageReader::MessageReader() : m_buffer(kBuffer) {}

std::span<std::byte> MessageReader::room() {
    if (m_begin > 0) {
        std::memmove(m_buffer.data(), m_buffer.data() + m_begin, m_end - m_begin);
        m_end -= m_begin;
        m_begin = 0;
    }
    if (m_end == m_buffer.size()) {
        m_buffer.resize(m_buffer.size() * 2);  // a body; `next` refuses what is larger than it may be
    }
    return std::span{m_buffer}.subspan(m_end);
}

std::span<const std::byte> MessageReader::pending() const {
    return std::span{m_buffer}.subspan(m_begin, m_end - m_begin);
}

base::Result<MessageReader::Item> MessageReader::next() {
    // Between messages some cameras send empty lines.
    while (m_begin < m_end && (m_buffer[m_begin] == std::byte{'\r'} || m_buffer[m_begin] == std::byte{'\n'})) {
        ++m_begin;
    }
    const auto bytes = pending();
    if (bytes.empty()) {
        return Item{};
    }
    if (bytes[0] != kFrameMark) {
        return nextMessage();
    }
    if (bytes.size() < 4) {
        return Item{};
    }
    const std::size_t size = std::to_integer<std::size_t>(bytes[2]) << 8U | std::to_integer<std::size_t>(bytes[3]);
    if (bytes.size() < 4 + size) {
        return Item{};
    }
    m_begin += 4 + size;
    return Item{InterleavedFrame{std::to_integer<unsigned>(bytes[1]), bytes.subspan(4, size)}};
}

base::Result<MessageReader::Item> MessageReader::nextMessage() {
    const auto bytes = pending();
    const std::string_view text{reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    const std::size_t headEnd = endOfHead(text.substr(0, kMostHead));
    if (headEnd == std::string_view::npos) {
        if (bytes.size() >= kMostHead || std::isalpha(static_cast<unsigned char>(text[0])) == 0) {
            return base::fail(notRtsp().error());
        }
        return Item{};
    }
    TRY_ASSIGN(Message message, readHead(text.substr(0, headEnd)));
    const auto length = message.header("content-length");
    const auto size = length.empty() ? std::optional<std::size_t>{0} : readNumber(length);
    if (!size || *size > kMostBody) {
        return base::fail(notRtsp().error());
    }
    if (text.size() < headEnd + *size) {
        return Item{};
    }
    message.body = text.substr(headEnd, *size);
    m_begin += headEnd + *size;
    return Item{std::move(message)};
}

}  // namespace leedswatch::rtsp

#include "alarm/dc09_stream.h"

#include "alarm/crc16.h"

#include <charconv>
#include <cstdint>

namespace leedswatch::alarm {

namespace {

constexpr char lineFeed = '\n';
constexpr char carriageReturn = '\r';

struct Head {
    CrcForm form = CrcForm::Ascii;
    std::size_t bodyBegin = 0;  // behind the line feed, the check and the length
    std::size_t bodyLength = 0;
};

enum class HeadState { Incomplete, Found, LengthNotHex };

std::optional<unsigned> hexNumber(std::string_view digits) {
    unsigned value = 0;
    const char* end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, value, 16);
    return error == std::errc{} && stop == end ? std::optional{value} : std::nullopt;
}

// The form is told by where the length's zero and the quotation mark stand.
std::optional<CrcForm> formOf(std::string_view bytes) {
    if (bytes.size() > 9 && bytes[5] == '0' && bytes[9] == '"') {
        return CrcForm::Ascii;
    }
    if (bytes.size() > 7 && bytes[3] == '0' && bytes[7] == '"') {
        return CrcForm::Binary;
    }
    return std::nullopt;
}

HeadState readHead(std::string_view bytes, Head& head) {
    constexpr std::size_t longestHead = 10;
    const auto form = formOf(bytes);
    if (!form) {
        return bytes.size() < longestHead ? HeadState::Incomplete : HeadState::LengthNotHex;
    }
    head.form = *form;
    head.bodyBegin = *form == CrcForm::Ascii ? 9 : 7;
    const auto length = hexNumber(bytes.substr(head.bodyBegin - 3, 3));
    if (!length) {
        return HeadState::LengthNotHex;
    }
    head.bodyLength = *length;
    return HeadState::Found;
}

bool checkFits(std::string_view bytes, const Head& head) {
    const std::uint16_t check = crc16(std::as_bytes(std::span{bytes.substr(head.bodyBegin, head.bodyLength)}));
    if (head.form == CrcForm::Ascii) {
        return hexNumber(bytes.substr(1, 4)) == check;
    }
    return static_cast<unsigned char>(bytes[1]) == check >> 8U &&
           static_cast<unsigned char>(bytes[2]) == (check & 0xFFU);
}

enum class FrameState { Incomplete, Whole, Length, LengthNotHex, Check };

struct Found {
    FrameState state = FrameState::Incomplete;
    Head head;
};

// `bytes` begins with a line feed.
Found findFrame(std::string_view bytes) {
    Found found;
    switch (readHead(bytes, found.head)) {
        case HeadState::Incomplete: return found;
        case HeadState::LengthNotHex: found.state = FrameState::LengthNotHex; return found;
        case HeadState::Found: break;
    }
    const std::size_t end = found.head.bodyBegin + found.head.bodyLength;
    if (bytes.size() <= end) {
        return found;
    }
    if (bytes[end] != carriageReturn) {
        found.state = FrameState::Length;
    } else {
        found.state = checkFits(bytes, found.head) ? FrameState::Whole : FrameState::Check;
    }
    return found;
}

std::string_view bodyIn(std::string_view bytes, const Head& head) {
    return bytes.substr(head.bodyBegin, head.bodyLength);
}

}  // namespace

std::string_view nameOf(Dc09Fault fault) {
    switch (fault) {
        case Dc09Fault::Check: return "crc";
        case Dc09Fault::Length: return "length";
        case Dc09Fault::LengthNotHex: return "length_not_hex";
        case Dc09Fault::Header: return "header";
        case Dc09Fault::Oversize: return "oversize";
        case Dc09Fault::Partial: return "partial";
    }
    return "";
}

std::optional<Dc09Item> Dc09Stream::next() {
    dropStray();
    if (m_buffer.empty()) {
        return std::nullopt;
    }
    const Found found = findFrame(m_buffer);
    switch (found.state) {
        case FrameState::Incomplete:
            // Half a message, and the sender began anew: the new one must not wait for the old one's end.
            return hasWholeFrameBehindTheFirst() ? std::optional{takeRefuse(Dc09Fault::Partial)} : std::nullopt;
        case FrameState::LengthNotHex: return takeRefuse(Dc09Fault::LengthNotHex);
        case FrameState::Length: return takeRefuse(Dc09Fault::Length);
        case FrameState::Check: return takeRefuse(Dc09Fault::Check);
        case FrameState::Whole: break;
    }
    auto frame = parseDc09Body(bodyIn(m_buffer, found.head), found.head.form);
    if (!frame) {
        return takeRefuse(Dc09Fault::Header, frame.error().message);
    }
    const std::size_t length = found.head.bodyBegin + found.head.bodyLength + 1;
    frame->raw = m_buffer.substr(0, length);
    m_buffer.erase(0, length);
    return *std::move(frame);
}

std::optional<Dc09Item> Dc09Stream::giveUpPartial() {
    dropStray();
    return m_buffer.empty() ? std::nullopt : std::optional{takeRefuse(Dc09Fault::Partial)};
}

void Dc09Stream::dropStray() {
    const std::size_t begin = std::min(m_buffer.find(lineFeed), m_buffer.size());
    m_strayBytes += begin;
    m_buffer.erase(0, begin);
}

// Up to the next line feed, as a message may begin there; never all that is left.
Dc09Item Dc09Stream::takeRefuse(Dc09Fault fault, std::string detail) {
    const std::size_t end = std::min(m_buffer.find(lineFeed, 1), m_buffer.size());
    if (fault == Dc09Fault::LengthNotHex && end > longestDc09Frame) {
        fault = Dc09Fault::Oversize;
    }
    Dc09Refuse refuse{fault, m_buffer.substr(0, std::min(end, longestDc09Frame)), std::move(detail)};
    m_buffer.erase(0, end);
    return refuse;
}

bool Dc09Stream::hasWholeFrameBehindTheFirst() const {
    if (m_buffer.back() != carriageReturn) {
        return false;
    }
    for (std::size_t begin = m_buffer.find(lineFeed, 1); begin != std::string::npos;
         begin = m_buffer.find(lineFeed, begin + 1)) {
        if (findFrame(std::string_view{m_buffer}.substr(begin)).state == FrameState::Whole) {
            return true;
        }
    }
    return false;
}

Dc09Item parseDc09Datagram(std::string_view bytes) {
    Dc09Stream stream;
    stream.add(bytes);
    if (auto item = stream.next()) {
        return *std::move(item);
    }
    stream.add(std::string_view{&carriageReturn, 1});
    if (auto item = stream.next()) {
        return *std::move(item);
    }
    return Dc09Refuse{Dc09Fault::Partial, std::string{bytes}, {}};
}

}  // namespace leedswatch::alarm

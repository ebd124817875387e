#include "video/mpeg4.h"

#include "video/nal_bits.h"
#include "video/nal_units.h"

#include <algorithm>
#include <bit>

namespace leedswatch::video {
namespace {

constexpr unsigned kFirstLayer = 0x20;
constexpr unsigned kLastLayer = 0x2F;
constexpr unsigned kUserData = 0xB2;
constexpr unsigned kGroup = 0xB3;
constexpr unsigned kPicture = 0xB6;
constexpr std::size_t kStartCode = 4;

// A start code 00 00 01 xx with what follows it, up to the next one.
struct CodedPart {
    unsigned code = 0;
    Bytes whole;
    [[nodiscard]] Bytes payload() const { return whole.subspan(kStartCode); }
};

// With the byte behind it, which says what it begins.
std::size_t findPart(Bytes bytes, std::size_t from) {
    const std::size_t at = findStartCode(bytes, from);
    return at + kStartCode <= bytes.size() ? at : bytes.size();
}

// Takes the first part off; nothing if there is none. A picture is the last one asked for: its end is not looked for.
std::optional<CodedPart> takePart(Bytes& bytes) {
    const std::size_t begin = findPart(bytes, 0);
    if (begin == bytes.size()) {
        return std::nullopt;
    }
    const auto code = std::to_integer<unsigned>(bytes[begin + 3]);
    const std::size_t end = code == kPicture ? bytes.size() : findPart(bytes, begin + kStartCode);
    const CodedPart part{code, bytes.subspan(begin, end - begin)};
    bytes = bytes.subspan(end);
    return part;
}

void skipBufferModel(NalBits& reader) {
    reader.bits(3);
    if (reader.bit() == 1) {
        for (const int bits : {16, 16, 16, 15, 16}) {
            reader.bits(bits);
        }
    }
}

}  // namespace

std::optional<Mpeg4Layer> readMpeg4Layer(Bytes header) {
    constexpr unsigned kOwnAspect = 15;
    NalBits reader{header, NalBits::Escapes::None};
    reader.bits(9);
    if (reader.bit() == 1) {
        reader.bits(7);
    }
    if (reader.bits(4) == kOwnAspect) {
        reader.bits(16);
    }
    if (reader.bit() == 1) {
        skipBufferModel(reader);
    }
    const unsigned shape = reader.bits(2);
    reader.bit();
    const unsigned resolution = reader.bits(16);
    reader.bit();
    if (reader.bit() == 1) {
        reader.bits(std::max(1, static_cast<int>(std::bit_width(std::max(resolution, 1U) - 1))));
    }
    reader.bit();
    Mpeg4Layer layer;
    layer.width = static_cast<int>(reader.bits(13));
    reader.bit();
    layer.height = static_cast<int>(reader.bits(13));
    const bool sound = !reader.hasEnded() && shape == 0 && layer.width > 0 && layer.height > 0;
    return sound ? std::optional{layer} : std::nullopt;
}

void Mpeg4Stream::describe(Bytes headers) {
    takeHeaders(headers);
}

Packet Mpeg4Stream::convert(Bytes picture) {
    takeHeaders(picture);
    Packet packet;
    packet.format = m_format;
    bool hasPicture = false;
    Bytes rest = picture;
    while (const auto part = takePart(rest)) {
        if (part->code == kPicture && !part->payload().empty()) {
            hasPicture = true;
            packet.isKey = std::to_integer<unsigned>(part->payload().front()) >> 6U == 0;
        }
    }
    packet.bytes = hasPicture ? std::make_shared<const std::vector<std::byte>>(picture.begin(), picture.end())
                              : std::make_shared<const std::vector<std::byte>>();
    return packet;
}

// Cameras repeat their headers before each intra picture. What users put between them may differ each time and is left
// out of the comparison and of the record; it stays in the picture that it came with.
void Mpeg4Stream::takeHeaders(Bytes bytes) {
    std::vector<std::byte> headers;
    std::optional<Mpeg4Layer> layer;
    while (const auto part = takePart(bytes)) {
        if (part->code == kPicture || part->code == kGroup) {
            break;
        }
        if (part->code >= kFirstLayer && part->code <= kLastLayer) {
            layer = readMpeg4Layer(part->payload());
        }
        if (part->code != kUserData) {
            headers.insert(headers.end(), part->whole.begin(), part->whole.end());
        }
    }
    constexpr std::size_t kMost = 4096;
    if (!layer || headers == m_headers || headers.size() > kMost) {
        return;
    }
    m_headers = std::move(headers);
    m_format =
        std::make_shared<const StreamFormat>(StreamFormat{VideoCodec::Mpeg4, m_headers, layer->width, layer->height});
}

}  // namespace leedswatch::video

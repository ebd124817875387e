#include "video/mjpeg.h"

namespace leedswatch::video {
namespace {

constexpr unsigned kBegin = 0xD8;
constexpr unsigned kEnd = 0xD9;
constexpr unsigned kScan = 0xDA;

unsigned at(Bytes bytes, std::size_t place) {
    return std::to_integer<unsigned>(bytes[place]);
}

bool beginsWithMarker(Bytes bytes, unsigned marker) {
    return bytes.size() >= 2 && at(bytes, 0) == 0xFF && at(bytes, 1) == marker;
}

// C0 to CF are frame headers, but for tables of codes (C4), of arithmetic coding (CC) and what is reserved (C8).
bool isFrameHeader(unsigned marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

}  // namespace

std::optional<JpegSize> readJpegSize(Bytes picture) {
    if (!beginsWithMarker(picture, kBegin)) {
        return std::nullopt;
    }
    picture = picture.subspan(2);
    while (picture.size() >= 4 && at(picture, 0) == 0xFF) {
        const unsigned marker = at(picture, 1);
        if (marker == 0xFF) {  // a marker may stand behind any number of them
            picture = picture.subspan(1);
            continue;
        }
        const std::size_t length = at(picture, 2) << 8U | at(picture, 3);
        if (marker == kScan || length < 2 || length + 2 > picture.size()) {
            return std::nullopt;
        }
        if (isFrameHeader(marker)) {
            if (length < 8) {
                return std::nullopt;
            }
            const JpegSize size{static_cast<int>(at(picture, 7) << 8U | at(picture, 8)),
                                static_cast<int>(at(picture, 5) << 8U | at(picture, 6))};
            return size.width > 0 && size.height > 0 ? std::optional{size} : std::nullopt;
        }
        picture = picture.subspan(length + 2);
    }
    return std::nullopt;
}

bool hasJpegEnd(Bytes picture) {
    while (!picture.empty() && picture.back() == std::byte{0}) {
        picture = picture.first(picture.size() - 1);
    }
    return picture.size() >= 4 && beginsWithMarker(picture.last(2), kEnd);
}

Packet MjpegStream::convert(Bytes picture) {
    Packet packet;
    const auto size = readJpegSize(picture);
    packet.bytes = size ? std::make_shared<const std::vector<std::byte>>(picture.begin(), picture.end())
                        : std::make_shared<const std::vector<std::byte>>();
    packet.isKey = size.has_value();
    if (size && (!m_format || m_format->width != size->width || m_format->height != size->height)) {
        m_format = std::make_shared<const StreamFormat>(StreamFormat{VideoCodec::Mjpeg, {}, size->width, size->height});
    }
    packet.format = m_format;
    return packet;
}

}  // namespace leedswatch::video

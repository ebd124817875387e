#include "rtsp/depacketizer.h"

#include "rtsp/jpeg_depacketizer.h"
#include "rtsp/nal_depacketizer.h"

#include <algorithm>
#include <array>

namespace leedswatch::rtsp {
namespace {

constexpr std::size_t kLargestPicture = 16U << 20U;
/// So many pictures in a row must have ended with a marker, and had none before their end.
constexpr int kMarkersToTrust = 2;

/// RFC 6416, section 6: a picture is cut anywhere, and its packets follow one another.
class Mpeg4Depacketizer final : public Depacketizer {
protected:
    void begin() override {
        m_isBroken = false;
        m_holdsPicture = false;
    }
    /// A start code of a picture (B6 of ISO/IEC 14496-2), or of what goes before one (B0 to B5).
    [[nodiscard]] bool beginsPicture(Bytes payload) const override {
        return payload.size() >= 4 && std::ranges::equal(payload.first(3), kStartCode) &&
               payload[3] >= std::byte{0xB0} && payload[3] <= kPicture;
    }
    void addPayload(Bytes payload, bool afterGap) override {
        m_isBroken = m_isBroken || (afterGap && !bytes().empty());
        // What comes behind a hole belongs to nothing that is there.
        if (!m_isBroken) {
            append(payload);
            m_holdsPicture = m_holdsPicture || !std::ranges::search(payload, kPictureCode).empty();
        }
    }
    [[nodiscard]] bool holdsPicture() const override { return m_holdsPicture; }

private:
    static constexpr std::byte kPicture{0xB6};
    static constexpr std::array kStartCode{std::byte{0}, std::byte{0}, std::byte{1}};
    static constexpr std::array kPictureCode{std::byte{0}, std::byte{0}, std::byte{1}, kPicture};

    bool m_isBroken = false;
    bool m_holdsPicture = false;
};

}  // namespace

std::unique_ptr<Depacketizer> Depacketizer::create(std::string_view encoding) {
    if (encoding == "H264") {
        return std::make_unique<H264Depacketizer>();
    }
    if (encoding == "H265") {
        return std::make_unique<H265Depacketizer>();
    }
    if (encoding == "JPEG") {
        return std::make_unique<JpegDepacketizer>();
    }
    if (encoding == "MP4V-ES") {
        return std::make_unique<Mpeg4Depacketizer>();
    }
    return nullptr;
}

void Depacketizer::add(const RtpPacket& packet, bool afterGap) {
    const bool isAnother = packet.timestamp != m_picture.timestamp || (holdsPicture() && beginsPicture(packet.payload));
    if (m_isOpen && isAnother) {
        m_picture.isWhole = m_picture.isWhole && (!afterGap || m_lastHadMarker);
        learnFromMarker();
        close();
    }
    if (!m_isOpen) {
        open(packet);
    } else if (m_lastHadMarker && holdsPicture()) {
        m_markerLies = true;
    }
    m_picture.isWhole = m_picture.isWhole && !afterGap;
    addPayload(packet.payload, afterGap);
    m_lastHadMarker = packet.hasMarker;
    if (packet.hasMarker && !m_markerLies && m_goodMarkers >= kMarkersToTrust && holdsPicture()) {
        m_closedTimestamp = packet.timestamp;
        close();
    }
}

void Depacketizer::open(const RtpPacket& packet) {
    m_isOpen = true;
    m_picture = {{}, packet.timestamp, true};
    m_picture.bytes.reserve(m_usualSize);
    // More of a picture that its marker had ended: this sender's markers mean something else.
    if (m_closedTimestamp == packet.timestamp && !beginsPicture(packet.payload)) {
        m_markerLies = true;
        m_picture.isWhole = false;
    }
    m_closedTimestamp.reset();
    begin();
}

void Depacketizer::learnFromMarker() {
    m_goodMarkers = m_lastHadMarker && !m_markerLies ? m_goodMarkers + 1 : 0;
}

void Depacketizer::close() {
    end();
    m_isOpen = false;
    m_lastHadMarker = false;
    if (!m_picture.bytes.empty()) {
        m_usualSize = std::max(m_picture.bytes.size(), m_usualSize - m_usualSize / 8);
        m_ready.push_back(std::move(m_picture));
    }
    m_picture = {};
}

std::optional<ReceivedPicture> Depacketizer::take() {
    if (m_ready.empty()) {
        return std::nullopt;
    }
    ReceivedPicture picture = std::move(m_ready.front());
    m_ready.pop_front();
    return picture;
}

void Depacketizer::append(Bytes more) {
    if (m_picture.bytes.size() + more.size() > kLargestPicture) {
        m_picture.isWhole = false;
        return;
    }
    m_picture.bytes.insert(m_picture.bytes.end(), more.begin(), more.end());
}

void Depacketizer::appendStartCode() {
    static constexpr std::array kStartCode{std::byte{0}, std::byte{0}, std::byte{0}, std::byte{1}};
    append(kStartCode);
}

}  // namespace leedswatch::rtsp

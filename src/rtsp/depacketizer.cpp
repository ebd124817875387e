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
    void begin() override {}
    void addPayload(Bytes payload, bool afterGap) override {
        m_isBroken = (m_isBroken && !bytes().empty()) || afterGap;
        // What comes behind a hole belongs to nothing that is there.
        if (!m_isBroken) {
            append(payload);
        }
    }

private:
    bool m_isBroken = false;
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
    if (m_isOpen && packet.timestamp != m_picture.timestamp) {
        m_picture.isWhole = m_picture.isWhole && (!afterGap || m_lastHadMarker);
        learnFromMarker();
        close();
    }
    if (!m_isOpen) {
        m_isOpen = true;
        m_picture = {{}, packet.timestamp, true};
        m_picture.bytes.reserve(m_usualSize);
        // More of a picture that its marker had ended: this sender's markers mean something else.
        if (m_closedTimestamp == packet.timestamp) {
            m_markerLies = true;
            m_picture.isWhole = false;
        }
        m_closedTimestamp.reset();
        begin();
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

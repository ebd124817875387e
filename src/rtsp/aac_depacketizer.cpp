#include "rtsp/aac_depacketizer.h"

#include "rtsp/aac_configuration.h"
#include "rtsp/bit_reader.h"

namespace leedswatch::rtsp {
namespace {

// Section 3.3.6: AAC-hbr has sizes of 13 bits.
constexpr std::size_t kLargestUnit = 1U << 13U;

/// An access unit that begins like this would be taken for ADTS, which has no place in RTP or MP4.
bool looksLikeAdts(Bytes unit) {
    return unit.size() > 2 && unit[0] == std::byte{0xFF} && (unit[1] & std::byte{0xF0}) == std::byte{0xF0};
}

}  // namespace

std::unique_ptr<SoundDepacketizer> AacDepacketizer::create(const MediaDescription& media) {
    if (media.encoding != "MPEG4-GENERIC" || media.aac.sizeBits == 0) {
        return nullptr;
    }
    const auto configuration = readAacConfiguration(media.parameters);
    if (!configuration) {
        return nullptr;
    }
    const std::int64_t byConfiguration =
        std::int64_t{configuration->samplesPerUnit} * media.clockRate / configuration->sampleRate;
    const auto duration =
        media.aac.unitDuration != 0 ? media.aac.unitDuration : static_cast<std::uint32_t>(byConfiguration);
    return std::make_unique<AacDepacketizer>(media.aac, duration);
}

void AacDepacketizer::add(const RtpPacket& packet, bool afterGap) {
    BitReader lengths{packet.payload};
    const std::size_t bits = lengths.bits(16);
    const std::size_t headBytes = (bits + 7) / 8;
    if (bits == 0 || packet.payload.size() < 2 + headBytes) {
        m_wholeSize = 0;
        return;
    }
    const auto heads = headsOf(packet.payload.subspan(2, headBytes), bits, packet.timestamp);
    Bytes data = packet.payload.subspan(2 + headBytes);
    if (heads.size() == 1 && heads.front().size > data.size()) {
        addPiece(heads.front(), data, afterGap);
        return;
    }
    m_wholeSize = 0;
    for (const UnitHead& head : heads) {
        if (head.size > data.size()) {
            return;
        }
        giveUnit(head.timestamp, data.first(head.size));
        data = data.subspan(head.size);
    }
}

std::vector<AacDepacketizer::UnitHead> AacDepacketizer::headsOf(Bytes headers, std::size_t bits,
                                                                std::uint32_t timestamp) const {
    std::vector<UnitHead> heads;
    BitReader reader{headers};
    std::uint32_t serial = 0;
    for (std::size_t used = 0;;) {
        const unsigned indexBits = heads.empty() ? m_layout.indexBits : m_layout.indexDeltaBits;
        used += m_layout.sizeBits + indexBits;
        if (used > bits) {
            return heads;
        }
        const std::size_t size = reader.bits(m_layout.sizeBits);
        const std::uint32_t index = reader.bits(indexBits);
        // Section 3.2.1.1: the first index counts nothing; each further one says how many units lie between.
        serial += heads.empty() ? 0 : index + 1;
        heads.push_back({size, timestamp + serial * m_unitDuration});
    }
}

// Section 3.2.3.2: each piece says the size of the whole, and has its time.
void AacDepacketizer::addPiece(const UnitHead& head, Bytes piece, bool afterGap) {
    const bool goesOn = m_wholeSize == head.size && m_torn.timestamp == head.timestamp && !afterGap;
    if (!goesOn) {
        m_torn = {{}, head.timestamp, m_unitDuration};
        m_wholeSize = head.size <= kLargestUnit ? head.size : 0;
    }
    if (m_wholeSize == 0 || m_torn.bytes.size() + piece.size() > m_wholeSize) {
        m_wholeSize = 0;
        return;
    }
    m_torn.bytes.insert(m_torn.bytes.end(), piece.begin(), piece.end());
    if (m_torn.bytes.size() == m_wholeSize) {
        m_wholeSize = 0;
        giveUnit(m_torn.timestamp, m_torn.bytes);
    }
}

void AacDepacketizer::giveUnit(std::uint32_t timestamp, Bytes unit) {
    if (!unit.empty() && !looksLikeAdts(unit)) {
        give({{unit.begin(), unit.end()}, timestamp, m_unitDuration});
    }
}

}  // namespace leedswatch::rtsp

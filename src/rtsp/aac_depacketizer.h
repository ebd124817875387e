#pragma once

#include "rtsp/sound_depacketizer.h"

namespace leedswatch::rtsp {

/// RFC 3640: a packet has the headers of one or more access units and then the units, or a piece of one unit. Units
/// that were interleaved come out in the order in which they were sent, each with its own time.
class AacDepacketizer final : public SoundDepacketizer {
public:
    /// Null if it is no AAC, or in a layout that RFC 3640 allows and nobody was seen to send.
    [[nodiscard]] static std::unique_ptr<SoundDepacketizer> create(const MediaDescription& media);
    AacDepacketizer(const AacLayout& layout, std::uint32_t unitDuration)
        : m_layout{layout}, m_unitDuration{unitDuration} {}

    void add(const RtpPacket& packet, bool afterGap) override;

private:
    struct UnitHead {
        std::size_t size = 0;
        std::uint32_t timestamp = 0;
    };
    [[nodiscard]] std::vector<UnitHead> headsOf(Bytes headers, std::size_t bits, std::uint32_t timestamp) const;
    void addPiece(const UnitHead& head, Bytes piece, bool afterGap);
    void giveUnit(std::uint32_t timestamp, Bytes unit);

    const AacLayout m_layout;
    const std::uint32_t m_unitDuration;
    // Of a unit that comes in pieces.
    ReceivedSound m_torn;
    std::size_t m_wholeSize = 0;  ///< 0: there is none
};

}  // namespace leedswatch::rtsp

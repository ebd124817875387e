#pragma once

#include "rtsp/depacketizer.h"

#include <map>

namespace leedswatch::rtsp {

/// RFC 2435: the head of the JPEG file is not sent and is made here from what the packets say of it. At most 2040x2040
/// pictures, 8 bits, Huffman tables as usual: RTP has no other. A picture with a hole is left out.
class JpegDepacketizer final : public Depacketizer {
protected:
    void begin() override;
    /// Its offset says so.
    [[nodiscard]] bool beginsPicture(Bytes payload) const override;
    void addPayload(Bytes payload, bool afterGap) override;
    [[nodiscard]] bool holdsPicture() const override { return m_hasHead; }
    void end() override;

private:
    struct Head {
        unsigned type = 0;
        unsigned quality = 0;
        unsigned width = 0;
        unsigned height = 0;
        unsigned restartInterval = 0;
        unsigned precision = 0;
        Bytes tables;
    };
    [[nodiscard]] bool writeHead(const Head& head);
    [[nodiscard]] std::optional<std::vector<std::byte>> tablesFor(const Head& head);
    void giveUp();

    bool m_hasHead = false;
    bool m_isBroken = false;
    std::size_t m_scanBegin = 0;
    // Section 3.1.8: below 255 tables may be sent once, and hold for their number.
    std::map<unsigned, std::vector<std::byte>> m_tables;
};

}  // namespace leedswatch::rtsp

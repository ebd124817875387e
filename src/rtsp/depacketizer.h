#pragma once

#include "rtsp/rtp.h"

#include <deque>
#include <memory>
#include <string_view>

namespace leedswatch::rtsp {

/// A coded picture as a sender's packets made it up: the Annex B byte stream of H.264 and H.265, a JPEG file, the bytes
/// of an MPEG-4 picture.
struct ReceivedPicture {
    std::vector<std::byte> bytes;
    std::uint32_t timestamp = 0;
    bool isWhole = true;  ///< no packet of it was lost; else what is left of it that is whole in itself
};

/// Puts the pictures of one stream together. A picture is given out with its last packet, if the sender has shown that
/// its marker can be relied on, and else with the first packet of the next: a picture's time is not spent on waiting
/// for its successor. Whatever the bytes are, memory stays bounded. One thread at a time.
class Depacketizer {
public:
    /// `encoding` as in the session's description: "H264" (RFC 6184), "H265" (RFC 7798), "JPEG" (RFC 2435), "MP4V-ES"
    /// (RFC 6416). Null for any other.
    [[nodiscard]] static std::unique_ptr<Depacketizer> create(std::string_view encoding);
    Depacketizer() = default;
    Depacketizer(const Depacketizer&) = delete;
    Depacketizer& operator=(const Depacketizer&) = delete;
    virtual ~Depacketizer() = default;

    void add(const RtpPacket& packet, bool afterGap);
    [[nodiscard]] std::optional<ReceivedPicture> take();

protected:
    /// A new picture begins; what was kept of the last one's parts is dropped.
    virtual void begin() = 0;
    /// `afterGap`: the packet before is missing.
    virtual void addPayload(Bytes payload, bool afterGap) = 0;
    /// Whether the payload can only be the beginning of another picture, if there is one already: senders repeat times.
    [[nodiscard]] virtual bool beginsPicture(Bytes payload) const = 0;
    /// Whether what is there could be a whole picture, and not only what goes before one.
    [[nodiscard]] virtual bool holdsPicture() const = 0;
    /// The last of it has come.
    virtual void end() {}

    /// Beyond a bound nothing is added any more.
    void append(Bytes bytes);
    void appendStartCode();
    void loseSome() { m_picture.isWhole = false; }
    [[nodiscard]] std::vector<std::byte>& bytes() { return m_picture.bytes; }
    [[nodiscard]] const std::vector<std::byte>& bytes() const { return m_picture.bytes; }

private:
    void open(const RtpPacket& packet);
    void close();
    void learnFromMarker();

    bool m_isOpen = false;
    ReceivedPicture m_picture;
    std::size_t m_usualSize = 0;
    std::optional<std::uint32_t> m_closedTimestamp;  ///< of a picture that a marker closed
    bool m_lastHadMarker = false;
    int m_goodMarkers = 0;
    bool m_markerLies = false;
    std::deque<ReceivedPicture> m_ready;
};

}  // namespace leedswatch::rtsp

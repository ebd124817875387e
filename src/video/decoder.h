#pragma once

#include "base/result.h"
#include "video/decoder_frame_order.h"
#include "video/ffmpeg_handles.h"
#include "video/h265_references.h"
#include "video/hardware_decoding.h"
#include "video/packet.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace leedswatch::video {

/// Decodes one live stream on the caller's thread. A picture comes out with the packet that completes it; only where
/// the camera reorders pictures does it wait for its turn. A picture that rests on a lost or damaged one is not given
/// out: after an error nothing is until the next key frame, so what is shown is what the camera saw. One thread at a
/// time.
class Decoder {
public:
    /// CatchingUp: pictures of the past come in as fast as they can be decoded. Large ones of H.264 and H.265 are then
    /// decoded on several threads in software, and each comes out a few packets later; small ones as ever.
    enum class Pace { Live, CatchingUp };

    /// `hardware` is tried first where it is given, and must outlive the decoder. Errors: Unsupported (the parameter
    /// sets cannot be used), Internal.
    [[nodiscard]] static base::Result<std::unique_ptr<Decoder>> create(std::shared_ptr<const StreamFormat> format,
                                                                       HardwareDecoding* hardware = nullptr,
                                                                       Pace pace = Pace::Live);

    /// The picture, valid until the next call, or null if there is none to be trusted.
    [[nodiscard]] const AVFrame* decode(const Packet& packet);

    [[nodiscard]] const StreamFormat& format() const { return *m_format; }
    [[nodiscard]] std::int64_t decoded() const { return m_decoded; }
    /// Packets that gave a broken picture, none, or one that rests on such.
    [[nodiscard]] std::int64_t refused() const { return m_refused; }
    [[nodiscard]] bool isInHardware() const { return m_isInHardware; }
    /// Pictures come out later than they need to: at a key frame, one for Pace::Live is better.
    [[nodiscard]] bool isDelayed() const { return m_isDelayed; }

private:
    enum class Soundness { Sound, Refused, AfterHole };

    Decoder(std::shared_ptr<const StreamFormat> format, HardwareDecoding* hardware, Pace pace);
    void useThreads();
    [[nodiscard]] base::Result<void> open();
    [[nodiscard]] Soundness judge(const Packet& packet);
    void noticeReordering(const Packet& packet);
    void leaveHardware();
    void noteWhere(const AVFrame& picture);
    void decodeAgain(const std::vector<Packet>& packets);
    [[nodiscard]] const AVFrame* decodeSound(const Packet& packet, bool isSound);
    [[nodiscard]] bool send(const Packet& packet);
    [[nodiscard]] bool receive(bool& received);

    const std::shared_ptr<const StreamFormat> m_format;
    HardwareDecoding* const m_hardware;
    std::variant<std::monostate, FrameOrder, H265References> m_references;
    CodecContextHandle m_context;
    PacketHandle m_packet;
    FrameHandle m_received;
    FrameHandle m_frame;
    Pace m_pace;
    bool m_isDelayed = false;  ///< several threads, a picture each
    bool m_isInHardware = false;
    bool m_reorders = false;
    bool m_waitsForKey = true;
    std::optional<std::int64_t> m_keyTime;  ///< of the key frame from which on pictures are whole again
    std::optional<std::int64_t> m_newestTime;
    std::optional<std::int64_t> m_givenTime;  ///< of the picture that was given out last
    std::vector<Packet> m_first;  ///< the first ones from a key frame on, until it is known whether they are reordered
    bool m_isUndecided = true;
    bool m_gaveNothing = false;  ///< the packet before: half a picture, or none
    std::int64_t m_decoded = 0;
    std::int64_t m_refused = 0;
    std::int64_t m_withoutReason = 0;  ///< of those, packets that gave nothing and no error
};

}  // namespace leedswatch::video

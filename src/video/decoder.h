#pragma once

#include "base/result.h"
#include "video/decoder_frame_order.h"
#include "video/ffmpeg_handles.h"
#include "video/packet.h"

#include <cstdint>
#include <memory>

namespace leedswatch::video {

/// Decodes one live H.264 stream on the caller's thread, without delay: a picture comes out with the packet that
/// completes it. A picture that rests on a lost or damaged one is not given out: after an error nothing is until the
/// next key frame, so what is shown is what the camera saw. One thread at a time.
class Decoder {
public:
    /// Errors: Unsupported (the parameter sets cannot be used), Internal.
    [[nodiscard]] static base::Result<std::unique_ptr<Decoder>> create(std::shared_ptr<const StreamFormat> format);

    /// The picture, valid until the next call, or null if there is none to be trusted.
    [[nodiscard]] const AVFrame* decode(const Packet& packet);

    [[nodiscard]] const StreamFormat& format() const { return *m_format; }
    [[nodiscard]] std::int64_t decoded() const { return m_decoded; }
    [[nodiscard]] std::int64_t refused() const { return m_refused; }  ///< packets that gave no picture, or a broken one

private:
    explicit Decoder(std::shared_ptr<const StreamFormat> format)
        : m_format{std::move(format)}, m_order{m_format->record} {}

    const std::shared_ptr<const StreamFormat> m_format;
    FrameOrder m_order;
    CodecContextHandle m_context;
    PacketHandle m_packet;
    FrameHandle m_received;
    FrameHandle m_frame;
    bool m_waitsForKey = true;
    std::int64_t m_decoded = 0;
    std::int64_t m_refused = 0;
};

}  // namespace leedswatch::video

#pragma once

#include "base/result.h"
#include "video/ffmpeg_handles.h"

namespace leedswatch::video {

/// Turns the raw pictures of a capture device into H.264 as cameras send it: a key frame every two seconds, no
/// B-frames, nothing held back. One thread at a time; uses one thread.
class RawEncoder {
public:
    /// For packets of a stream that libavformat calls raw video (or another coding of single pictures that this FFmpeg
    /// decodes). Error: Unsupported.
    [[nodiscard]] static base::Result<std::unique_ptr<RawEncoder>> create(const AVStream& stream);

    /// Replaces the packet's bytes by the encoded picture's, Annex B; its times stay. The packet is empty if the device
    /// gave no whole picture. Errors: Damaged, Internal.
    [[nodiscard]] base::Result<void> encode(AVPacket& packet);

private:
    RawEncoder(CodecContextHandle decoder, CodecContextHandle encoder)
        : m_decoder{std::move(decoder)}, m_encoder{std::move(encoder)} {}
    [[nodiscard]] base::Result<void> convert();

    const CodecContextHandle m_decoder;
    const CodecContextHandle m_encoder;
    ScalerHandle m_scaler;
    FrameHandle m_raw;
    FrameHandle m_picture;
    std::int64_t m_number = 0;
};

}  // namespace leedswatch::video

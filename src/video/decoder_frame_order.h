#pragma once

#include "video/h264.h"

#include <cstdint>
#include <optional>

namespace leedswatch::video {

/// Notices that an H.264 picture was lost on the way by the hole in the pictures' numbers (frame_num, clause 7.4.3):
/// libavcodec fills such a hole with a copy and says nothing. One of these a stream; one thread at a time.
class FrameOrder {
public:
    /// `avcRecord` is the stream's avcC record. Without one that makes sense nothing is ever missing.
    explicit FrameOrder(Bytes avcRecord);

    /// One picture, NAL units each behind a 4-byte length. True if a picture that it may rest on did not come before
    /// it.
    bool isAfterHole(Bytes picture);

private:
    std::optional<SequenceParameters> m_parameters;  ///< none: unknown, or the stream says that it leaves numbers out
    std::optional<std::uint32_t> m_lastReference;
};

}  // namespace leedswatch::video

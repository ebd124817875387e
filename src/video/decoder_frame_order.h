#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace leedswatch::video {

/// Notices that an H.264 picture was lost on the way by the hole in the pictures' numbers (frame_num, clause 7.4.3):
/// libavcodec fills such a hole with a copy and says nothing. One of these a stream; one thread at a time.
class FrameOrder {
public:
    /// `avcRecord` is the stream's avcC record. Without one that makes sense nothing is ever missing.
    explicit FrameOrder(std::span<const std::byte> avcRecord);

    /// One picture, NAL units each behind a 4-byte length. True if a picture that it may rest on did not come before
    /// it.
    bool isAfterHole(std::span<const std::byte> picture);

private:
    struct Slice {
        bool isIdr = false;
        bool isReference = false;
        std::uint32_t number = 0;
    };
    [[nodiscard]] std::optional<Slice> firstSlice(std::span<const std::byte> picture) const;

    int m_numberBits = 0;  ///< 0: unknown, or the stream says that it leaves numbers out
    bool m_coloursApart = false;
    std::optional<std::uint32_t> m_lastReference;
};

}  // namespace leedswatch::video

#pragma once

#include "video/packet.h"

#include <memory>
#include <span>

namespace leedswatch::video {

using Bytes = std::span<const std::byte>;

/// Turns what a source gives of one stream into packets, and follows what the stream says of itself (its parameter
/// sets, its headers). One for each codec; nothing else on the way into the archive and the relay knows which it is.
/// Whatever the bytes are, there is an answer. One thread at a time.
class StreamParser {
public:
    /// Never null.
    [[nodiscard]] static std::unique_ptr<StreamParser> create(VideoCodec codec);
    StreamParser() = default;
    StreamParser(const StreamParser&) = delete;
    StreamParser& operator=(const StreamParser&) = delete;
    virtual ~StreamParser() = default;

    /// Takes what came with the stream's description: parameter sets (Annex B), headers, or nothing.
    virtual void describe(Bytes description) = 0;
    /// One coded picture as it came: the Annex B byte stream (start codes) of H.264 and H.265, the plain bytes of the
    /// others. The times of the packet are the caller's to fill in. It has no format until the stream has said what it
    /// is, and no bytes if there is no picture in what came.
    [[nodiscard]] virtual Packet convert(Bytes picture) = 0;
    /// Of the newest picture; null until it is known.
    [[nodiscard]] virtual const std::shared_ptr<const StreamFormat>& format() const = 0;
};

}  // namespace leedswatch::video

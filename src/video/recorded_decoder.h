#pragma once

#include "video/decoded_picture.h"
#include "video/ffmpeg_handles.h"
#include "video/segment_file.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>

namespace leedswatch::video {

/// Gives any picture of one segment file, exactly: it decodes from the key frame before and keeps what it decoded on
/// the way, so that the picture before the last one costs nothing. What it keeps is bounded in bytes; the pictures
/// farthest from the one asked for go first. One thread at a time.
class RecordedDecoder {
public:
    /// Errors: Unsupported (no decoder for the codec).
    [[nodiscard]] static base::Result<std::unique_ptr<RecordedDecoder>> create(std::shared_ptr<const SegmentFile> file,
                                                                               std::size_t cacheBytes);

    /// `shown` counts in the order of showing. `interrupted` is asked between pictures; true ends with Cancelled.
    /// Errors: Damaged (this picture cannot be decoded; others may), Cancelled, StorageFailed.
    [[nodiscard]] base::Result<DecodedPicture> picture(std::size_t shown, const std::function<bool()>& interrupted);

    /// What was decoded last on the way to a picture that was given up: its place and itself. Null if nothing was.
    [[nodiscard]] std::pair<std::size_t, DecodedPicture> lastOnTheWay() const { return m_lastOnTheWay; }
    [[nodiscard]] std::size_t cachedBytes() const { return m_cachedBytes; }

private:
    RecordedDecoder(std::shared_ptr<const SegmentFile> file, CodecContextHandle context, std::size_t cacheBytes)
        : m_file{std::move(file)}, m_context{std::move(context)}, m_cacheLimit{cacheBytes} {}

    void restartAt(std::size_t stored);
    [[nodiscard]] base::Result<void> feedOne();
    [[nodiscard]] bool takeDecoded(std::size_t wanted);
    void keep(std::size_t shown, DecodedPicture picture, std::size_t wanted);

    const std::shared_ptr<const SegmentFile> m_file;
    const CodecContextHandle m_context;
    const std::size_t m_cacheLimit;

    std::map<std::size_t, DecodedPicture> m_cache;  // by place in the order of showing
    std::size_t m_cachedBytes = 0;
    std::size_t m_startedAt = 0;  // stored place of the key frame that decoding began at
    std::size_t m_next = 0;       // stored place of the packet to feed next
    bool m_running = false;       // false: the decoder holds nothing that a further packet could follow
    std::int64_t m_newestPts = 0;
    std::pair<std::size_t, DecodedPicture> m_lastOnTheWay;
};

}  // namespace leedswatch::video

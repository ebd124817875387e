#pragma once

#include "video/recorded_decoder.h"
#include "video/timeline.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace leedswatch::video {

/// Stands on one picture of a camera's archive and moves to others, over the borders of files and over gaps. A file
/// that cannot be read is left out and told of. One thread at a time.
class PictureCursor {
public:
    /// `cacheBytes` bounds the decoded pictures that are kept.
    PictureCursor(SegmentIndex& index, estate::CameraId camera, std::size_t cacheBytes)
        : m_walk{index, camera}, m_cacheBytes{cacheBytes} {}

    enum class Landing {
        OnPicture,    ///< the picture that was to be seen at that instant
        InGap,        ///< the last one before a gap: there is none of that instant
        BeforeFirst,  ///< the first one there is; that instant is older
        AfterLast,    ///< the last one there is; that instant is newer
        Nothing,      ///< nothing is recorded of this camera; the cursor stands nowhere
    };

    /// To the picture at or before that instant.
    [[nodiscard]] base::Result<Landing> moveTo(base::UtcTime time);
    /// By one picture. False if there is none: then it has not moved.
    [[nodiscard]] base::Result<bool> next();
    [[nodiscard]] base::Result<bool> previous();
    /// To the next picture that needs no other to be decoded.
    [[nodiscard]] base::Result<bool> nextKey();

    [[nodiscard]] bool isOnPicture() const { return m_place.file != nullptr; }
    [[nodiscard]] base::UtcTime time() const;
    /// The gap that the last move crossed or, after Landing::InGap, the one that the instant lies in.
    [[nodiscard]] const std::optional<Gap>& gap() const { return m_gap; }
    [[nodiscard]] base::Result<DecodedPicture> decode(const std::function<bool()>& interrupted);
    /// After decode() was interrupted: to the nearest picture on the way that is decoded. False if there is none.
    [[nodiscard]] bool settleForLastDecoded();
    /// Sentences on what was left out since the last call.
    [[nodiscard]] std::vector<std::string> takeProblems() { return std::exchange(m_problems, {}); }

    /// A place to come back to. Cheap.
    struct Place {
        RecordedSegment segment;
        std::shared_ptr<const SegmentFile> file;
        std::shared_ptr<RecordedDecoder> decoder;
        std::size_t shown = 0;
    };
    [[nodiscard]] const Place& place() const { return m_place; }
    void restore(Place place) { m_place = std::move(place); }

private:
    [[nodiscard]] std::optional<Place> enter(const RecordedSegment& segment);
    [[nodiscard]] base::Result<bool> enterNext();
    [[nodiscard]] base::Result<bool> readOnInGrowingFile();
    [[nodiscard]] base::UtcTime endOfFile() const { return endOf(m_place.segment, *m_place.file); }
    [[nodiscard]] SegmentEnd causeOfEnd() const;

    const SegmentWalk m_walk;
    const std::size_t m_cacheBytes;
    Place m_place;
    std::optional<Gap> m_gap;
    std::vector<std::string> m_problems;
};

}  // namespace leedswatch::video

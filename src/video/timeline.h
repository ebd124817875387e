#pragma once

#include "video/segment_index.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::video {

/// A stretch of time of which there is no picture.
struct Gap {
    TimeRange range;
    std::string cause;  ///< "the stream of the camera was lost": a clause, for people
    bool operator==(const Gap&) const = default;
};

/// Pictures that lie nearer together than this are one run; see coverage().
inline constexpr base::Microseconds runTolerance{500'000};

/// Why nothing follows a segment that ended so: a clause, for people.
[[nodiscard]] std::string_view causeOfGapAfter(SegmentEnd end);
[[nodiscard]] std::string_view describe(GapCause cause);
/// What the recorder wrote down of a gap if it did, else what the end of the segment before tells.
[[nodiscard]] std::string causeOfGap(const std::vector<RecordingGap>& known, TimeRange gap, SegmentEnd endBefore);

/// A file with pictures of a camera: finished, or the one that the recorder has in hand.
struct RecordedSegment {
    std::filesystem::path folder;  ///< of its volume
    std::filesystem::path file;    ///< relative to it
    base::UtcTime begin;
    /// Of a growing file: of its last whole fragment when it was looked at; `begin` if not looked at.
    base::UtcTime end;
    std::optional<Segment> finished;  ///< nothing while it grows

    [[nodiscard]] bool isGrowing() const { return !finished; }
    [[nodiscard]] std::filesystem::path path() const { return folder / file; }
};

class SegmentFile;

/// When the n-th shown picture of a file was recorded: the segment's beginning plus the media time since its first
/// picture. A camera's clock runs a little fast or slow, so a finished segment may end before its media time says; the
/// pictures that would lie beyond are moved to just before the end, and no picture is later than the next segment's
/// first.
[[nodiscard]] base::UtcTime timeOfPicture(const RecordedSegment& segment, const SegmentFile& file, std::size_t shown);
/// When the last picture stops being shown.
[[nodiscard]] base::UtcTime endOf(const RecordedSegment& segment, const SegmentFile& file);
/// The last picture at or before that time; the first one for anything earlier.
[[nodiscard]] std::size_t pictureAtOrBefore(const RecordedSegment& segment, const SegmentFile& file,
                                            base::UtcTime time);

/// Steps through the files of one camera in the order of time, however far apart they are, without reading all rows.
/// Thread-safe; each call asks the index anew, so a segment that was finished meanwhile is seen as finished.
class SegmentWalk {
public:
    SegmentWalk(SegmentIndex& index, estate::CameraId camera) : m_index{index}, m_camera{camera} {}

    /// The one that began last at or before that time.
    [[nodiscard]] base::Result<std::optional<RecordedSegment>> atOrBefore(base::UtcTime time) const;
    /// The one that begins next after that time.
    [[nodiscard]] base::Result<std::optional<RecordedSegment>> beginningAfter(base::UtcTime time) const;
    /// The one that began last before that time.
    [[nodiscard]] base::Result<std::optional<RecordedSegment>> beginningBefore(base::UtcTime time) const;

    /// The gap between a segment that ended so and the next, with its cause.
    [[nodiscard]] Gap gapBetween(TimeRange range, SegmentEnd endBefore) const;

private:
    /// A file that is full stays open until its row is written, so there may be two.
    [[nodiscard]] base::Result<std::vector<RecordedSegment>> growing() const;
    [[nodiscard]] base::Result<std::optional<RecordedSegment>> nearest(const std::vector<RecordedSegment>& open,
                                                                       base::UtcTime time, bool later) const;

    SegmentIndex& m_index;
    const estate::CameraId m_camera;
};

/// What is there of a camera in a range, and what is not. A value: read once, then only looked at.
class RecordedTimeline {
public:
    /// Looks into the growing file too, to know how far it reaches. Errors: those of the index; a growing file that
    /// cannot be read counts as not there.
    [[nodiscard]] static base::Result<RecordedTimeline> read(SegmentIndex& index, estate::CameraId camera,
                                                             TimeRange range);
    /// From segments that are already in hand, in any order.
    [[nodiscard]] static RecordedTimeline of(std::vector<RecordedSegment> segments, TimeRange range,
                                             const std::vector<RecordingGap>& known = {});

    [[nodiscard]] TimeRange asked() const { return m_asked; }
    /// Oldest first; those that overlap the range, not cut to it.
    [[nodiscard]] const std::vector<RecordedSegment>& segments() const { return m_segments; }
    /// Where there are pictures, cut to the range.
    [[nodiscard]] const std::vector<TimeRange>& recorded() const { return m_recorded; }
    /// What lies between them, and after the last one a gap that still lasts. Before the first one there is nothing.
    [[nodiscard]] const std::vector<Gap>& gaps() const { return m_gaps; }
    [[nodiscard]] base::Microseconds recordedLength() const;
    [[nodiscard]] std::optional<Gap> gapAt(base::UtcTime time) const;

private:
    TimeRange m_asked{};
    std::vector<RecordedSegment> m_segments;
    std::vector<TimeRange> m_recorded;
    std::vector<Gap> m_gaps;
};

}  // namespace leedswatch::video

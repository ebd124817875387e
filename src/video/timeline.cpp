#include "video/timeline.h"

#include "video/segment_file.h"

#include <algorithm>
#include <array>

namespace leedswatch::video {
namespace {

using namespace std::chrono_literals;

// How far to look for the next file: a minute's neighbour is found at once, one after a month's outage in a few steps.
constexpr std::array<base::Microseconds, 5> reaches{10min, 3h, 48h, 24h * 60, 24h * 365 * 50};

RecordedSegment finishedSegment(Segment segment) {
    return {segment.folder, segment.file, segment.begin, segment.end, std::move(segment)};
}

void keepBetter(std::optional<RecordedSegment>& best, std::optional<RecordedSegment> other, bool later) {
    if (other && (!best || (later ? other->begin > best->begin : other->begin < best->begin))) {
        best = std::move(other);
    }
}

}  // namespace

base::UtcTime timeOfPicture(const RecordedSegment& segment, const SegmentFile& file, std::size_t shown) {
    const base::UtcTime byMedia = segment.begin + file.timeOfShown(shown);
    if (!segment.finished) {
        return byMedia;
    }
    const auto after = static_cast<std::int64_t>(file.shown().size() - shown);
    return std::max(std::min(byMedia, segment.finished->end - base::Microseconds{after}), segment.begin);
}

base::UtcTime endOf(const RecordedSegment& segment, const SegmentFile& file) {
    return segment.finished ? segment.finished->end : segment.begin + file.length();
}

std::size_t pictureAtOrBefore(const RecordedSegment& segment, const SegmentFile& file, base::UtcTime time) {
    std::size_t low = 0;
    std::size_t high = file.shown().size();
    while (high - low > 1) {
        const std::size_t middle = (low + high) / 2;
        (timeOfPicture(segment, file, middle) <= time ? low : high) = middle;
    }
    return low;
}

std::string_view causeOfGapAfter(SegmentEnd end) {
    switch (end) {
        case SegmentEnd::Full: return "no pictures came from the camera";
        case SegmentEnd::StreamLost: return "the stream of the camera was lost";
        case SegmentEnd::FormatChanged: return "the camera changed its format";
        case SegmentEnd::Stopped: return "recording was stopped";
        case SegmentEnd::Recovered: return "the station was cut off while it recorded";
        case SegmentEnd::StorageFailed: return "the disk could not be written";
        case SegmentEnd::NotWanted: return "its plan does not record the camera all the time";
    }
    return "the cause is not known";
}

std::string_view describe(GapCause cause) {
    switch (cause) {
        case GapCause::Network: return "the network to the camera failed";
        case GapCause::Power: return "the camera had no power, or its cable was out";
        case GapCause::Refused: return "the camera refused the connection";
        case GapCause::Authentication: return "the camera did not accept the password";
        case GapCause::Codec: return "the camera sent video that cannot be recorded";
        case GapCause::EncoderFrozen: return "the camera's encoder stood still";
        case GapCause::Decoder: return "the decoder failed";
        case GapCause::Storage: return "the disk could not be written";
        case GapCause::TooSlow: return "the disk could not keep up";
        case GapCause::Disabled: return "the camera was switched off in the estate";
        case GapCause::NotRecordedByMode: return "its plan does not record the camera all the time";
        case GapCause::Stopped: return "the station was stopped";
        case GapCause::Killed: return "the station ended without stopping, as in a power cut";
        case GapCause::ClockForward: return "nothing is missing: the clock was set forward";
        case GapCause::ClockBack: return "the clock was set back";
    }
    return "the cause is not known";
}

std::string causeOfGap(const std::vector<RecordingGap>& known, TimeRange gap, SegmentEnd endBefore) {
    const RecordingGap* best = nullptr;
    base::Microseconds bestOverlap{0};
    for (const RecordingGap& candidate : known) {
        const auto overlap = std::min(candidate.end, gap.end) - std::max(candidate.begin, gap.begin);
        if (overlap > bestOverlap) {
            best = &candidate;
            bestOverlap = overlap;
        }
    }
    return std::string{best != nullptr ? describe(best->cause) : causeOfGapAfter(endBefore)};
}

Gap SegmentWalk::gapBetween(TimeRange range, SegmentEnd endBefore) const {
    // The pictures matter more than why some are missing: without an answer the segment's own end is told.
    const auto known = m_index.gaps(m_camera, range);
    return {range, causeOfGap(known.value_or(std::vector<RecordingGap>{}), range, endBefore)};
}

base::Result<std::vector<RecordedSegment>> SegmentWalk::growing() const {
    TRY_ASSIGN(const auto open, m_index.openSegments());
    std::vector<RecordedSegment> segments;
    for (const OpenSegment& segment : open) {
        if (segment.camera == m_camera) {
            segments.push_back({segment.folder, segment.file, segment.begin, segment.begin, std::nullopt});
        }
    }
    return segments;
}

base::Result<std::optional<RecordedSegment>> SegmentWalk::nearest(const std::vector<RecordedSegment>& open,
                                                                  base::UtcTime time, bool later) const {
    const auto fits = [&](base::UtcTime begin) { return later ? begin > time : begin < time; };
    std::optional<RecordedSegment> best;
    for (const auto reach : reaches) {
        const TimeRange range = later ? TimeRange{time, time + reach} : TimeRange{time - reach, time};
        TRY_ASSIGN(auto found, m_index.find(m_camera, range));
        for (Segment& segment : found) {
            if (fits(segment.begin)) {
                keepBetter(best, finishedSegment(std::move(segment)), !later);
            }
        }
        if (best) {
            break;
        }
    }
    for (const RecordedSegment& segment : open) {
        const bool finishedMeanwhile = best && best->file == segment.file;
        if (fits(segment.begin) && !finishedMeanwhile) {
            keepBetter(best, segment, !later);
        }
    }
    return best;
}

base::Result<std::optional<RecordedSegment>> SegmentWalk::atOrBefore(base::UtcTime time) const {
    return beginningBefore(time + base::Microseconds{1});
}

base::Result<std::optional<RecordedSegment>> SegmentWalk::beginningBefore(base::UtcTime time) const {
    // The growing ones first: what is finished between the two questions is in the second answer.
    TRY_ASSIGN(const auto open, growing());
    return nearest(open, time, false);
}

base::Result<std::optional<RecordedSegment>> SegmentWalk::beginningAfter(base::UtcTime time) const {
    TRY_ASSIGN(const auto open, growing());
    return nearest(open, time, true);
}

base::Result<RecordedTimeline> RecordedTimeline::read(SegmentIndex& index, estate::CameraId camera, TimeRange range) {
    TRY_ASSIGN(const auto allOpen, index.openSegments());
    TRY_ASSIGN(auto found, index.find(camera, range));
    std::vector<RecordedSegment> segments;
    for (Segment& segment : found) {
        segments.push_back(finishedSegment(std::move(segment)));
    }
    for (const OpenSegment& open : allOpen) {
        const bool finishedMeanwhile =
            std::ranges::any_of(segments, [&](const auto& segment) { return segment.file == open.file; });
        if (open.camera != camera || finishedMeanwhile || open.begin >= range.end) {
            continue;
        }
        const auto file = SegmentFile::open(open.path(), SegmentFile::Extent::Growing);
        if (file) {
            segments.push_back({open.folder, open.file, open.begin, open.begin + (*file)->length(), std::nullopt});
        }
    }
    TRY_ASSIGN(const auto known, index.gaps(camera, range));
    return of(std::move(segments), range, known);
}

RecordedTimeline RecordedTimeline::of(std::vector<RecordedSegment> segments, TimeRange range,
                                      const std::vector<RecordingGap>& known) {
    RecordedTimeline timeline;
    timeline.m_asked = range;
    std::erase_if(segments,
                  [&](const auto& segment) { return segment.begin >= range.end || segment.end <= range.begin; });
    std::ranges::sort(segments, {}, &RecordedSegment::begin);
    std::optional<SegmentEnd> lastEnd;
    for (const RecordedSegment& segment : segments) {
        const TimeRange part{std::max(segment.begin, range.begin), std::min(segment.end, range.end)};
        auto& recorded = timeline.m_recorded;
        if (!recorded.empty() && part.begin - recorded.back().end <= runTolerance) {
            recorded.back().end = std::max(recorded.back().end, part.end);
        } else {
            if (!recorded.empty()) {
                const TimeRange between{recorded.back().end, part.begin};
                timeline.m_gaps.push_back({between, causeOfGap(known, between, lastEnd.value_or(SegmentEnd::Full))});
            }
            recorded.push_back(part);
        }
        lastEnd = segment.finished ? segment.finished->cause : SegmentEnd::Full;
    }
    for (const RecordingGap& gap : known) {
        const bool isGrowing = !segments.empty() && segments.back().isGrowing();
        if (gap.lasts && !isGrowing && gap.begin < gap.end && gap.begin < range.end) {
            const TimeRange missing{std::max(gap.begin, range.begin), std::min(gap.end, range.end)};
            timeline.m_gaps.push_back({missing, std::string{describe(gap.cause)}});
        }
    }
    timeline.m_segments = std::move(segments);
    return timeline;
}

base::Microseconds RecordedTimeline::recordedLength() const {
    base::Microseconds length{0};
    for (const TimeRange& range : m_recorded) {
        length += range.end - range.begin;
    }
    return length;
}

std::optional<Gap> RecordedTimeline::gapAt(base::UtcTime time) const {
    const auto found =
        std::ranges::find_if(m_gaps, [&](const Gap& gap) { return gap.range.begin <= time && time < gap.range.end; });
    return found == m_gaps.end() ? std::nullopt : std::optional{*found};
}

}  // namespace leedswatch::video

#include "video/picture_cursor.h"

#include <algorithm>

namespace leedswatch::video {

base::UtcTime PictureCursor::time() const {
    return timeOfPicture(m_place.segment, *m_place.file, m_place.shown);
}

SegmentEnd PictureCursor::causeOfEnd() const {
    return m_place.segment.finished ? m_place.segment.finished->cause : SegmentEnd::Full;
}

std::optional<PictureCursor::Place> PictureCursor::enter(const RecordedSegment& segment) {
    const auto extent = segment.isGrowing() ? SegmentFile::Extent::Growing : SegmentFile::Extent::Finished;
    auto file = SegmentFile::open(segment.path(), extent);
    if (!file) {
        // The file in hand has no whole fragment in its first seconds; that is no damage.
        if (!segment.isGrowing()) {
            m_problems.push_back(file.error().message);
        }
        return std::nullopt;
    }
    auto decoder = RecordedDecoder::create(*file, m_cacheBytes);
    if (!decoder) {
        m_problems.push_back(decoder.error().message);
        return std::nullopt;
    }
    if (!(*file)->damage().empty()) {
        m_problems.push_back((*file)->damage());
    }
    return Place{segment, std::move(*file), std::move(*decoder), 0};
}

base::Result<PictureCursor::Landing> PictureCursor::moveTo(base::UtcTime time) {
    m_gap.reset();
    TRY_ASSIGN(auto segment, m_walk.atOrBefore(time));
    while (segment) {
        const bool same = isOnPicture() && m_place.segment.file == segment->file &&
                          (!m_place.segment.isGrowing() || time < endOfFile());
        auto place = same ? std::optional{m_place} : enter(*segment);
        if (place) {
            place->shown = pictureAtOrBefore(place->segment, *place->file, time);
            m_place = std::move(*place);
            break;
        }
        const base::UtcTime begin = segment->begin;
        TRY_ASSIGN(segment, m_walk.beginningBefore(begin));
    }
    if (!segment) {
        m_place = {};
        TRY_ASSIGN(auto first, m_walk.beginningAfter(time));
        while (first) {
            if (auto place = enter(*first)) {
                m_place = std::move(*place);
                return Landing::BeforeFirst;
            }
            const base::UtcTime begin = first->begin;
            TRY_ASSIGN(first, m_walk.beginningAfter(begin));
        }
        return Landing::Nothing;
    }
    if (time < endOfFile()) {
        return Landing::OnPicture;
    }
    TRY_ASSIGN(const auto following, m_walk.beginningAfter(m_place.segment.begin));
    if (!following) {
        return Landing::AfterLast;
    }
    if (following->begin - endOfFile() <= runTolerance) {
        return Landing::OnPicture;
    }
    m_gap = m_walk.gapBetween({endOfFile(), following->begin}, causeOfEnd());
    return Landing::InGap;
}

base::Result<bool> PictureCursor::next() {
    m_gap.reset();
    if (!isOnPicture()) {
        return false;
    }
    if (m_place.shown + 1 < m_place.file->shown().size()) {
        ++m_place.shown;
        return true;
    }
    if (m_place.segment.isGrowing()) {
        TRY_ASSIGN(const bool grown, readOnInGrowingFile());
        if (grown) {
            return true;
        }
    }
    return enterNext();
}

base::Result<bool> PictureCursor::readOnInGrowingFile() {
    TRY_ASSIGN(const auto now, m_walk.atOrBefore(m_place.segment.begin));
    if (!now || now->file != m_place.segment.file) {
        return false;
    }
    const std::int64_t pts = m_place.file->pictures()[m_place.file->shown()[m_place.shown]].pts;
    auto place = enter(*now);
    if (!place) {
        return false;
    }
    const std::size_t here = place->file->shownWithPts(pts);
    if (here + 1 >= place->file->shown().size()) {
        m_place.segment = *now;  // it may be finished by now, and then knows why
        return false;
    }
    place->shown = here + 1;
    m_place = std::move(*place);
    return true;
}

base::Result<bool> PictureCursor::enterNext() {
    const base::UtcTime end = endOfFile();
    const SegmentEnd cause = causeOfEnd();
    bool leftOut = false;
    TRY_ASSIGN(auto segment, m_walk.beginningAfter(m_place.segment.begin));
    while (segment) {
        if (auto place = enter(*segment)) {
            m_place = std::move(*place);
            if (m_place.segment.begin - end > runTolerance) {
                m_gap = m_walk.gapBetween({end, m_place.segment.begin}, cause);
                if (leftOut) {
                    m_gap->cause = "the recording of it is damaged";
                }
            }
            return true;
        }
        leftOut = !segment->isGrowing();
        const base::UtcTime begin = segment->begin;
        TRY_ASSIGN(segment, m_walk.beginningAfter(begin));
    }
    return false;
}

base::Result<bool> PictureCursor::nextKey() {
    // Without a further key frame it goes to the last picture there is.
    for (bool movedAtAll = false;; movedAtAll = true) {
        TRY_ASSIGN(const bool moved, next());
        if (!moved) {
            return movedAtAll;
        }
        // A gap that was crossed on the way is told of with the picture behind it, which is a key frame.
        if (m_place.file->pictures()[m_place.file->shown()[m_place.shown]].key) {
            return true;
        }
    }
}

base::Result<bool> PictureCursor::previous() {
    m_gap.reset();
    if (!isOnPicture()) {
        return false;
    }
    if (m_place.shown > 0) {
        --m_place.shown;
        return true;
    }
    const base::UtcTime begin = m_place.segment.begin;
    TRY_ASSIGN(auto segment, m_walk.beginningBefore(begin));
    while (segment) {
        if (auto place = enter(*segment)) {
            place->shown = place->file->shown().size() - 1;
            m_place = std::move(*place);
            if (begin - endOfFile() > runTolerance) {
                m_gap = m_walk.gapBetween({endOfFile(), begin}, causeOfEnd());
            }
            return true;
        }
        const base::UtcTime earlier = segment->begin;
        TRY_ASSIGN(segment, m_walk.beginningBefore(earlier));
    }
    return false;
}

base::Result<DecodedPicture> PictureCursor::decode(const std::function<bool()>& interrupted) {
    return m_place.decoder->picture(m_place.shown, interrupted);
}

bool PictureCursor::settleForLastDecoded() {
    const auto [shown, picture] = m_place.decoder->lastOnTheWay();
    if (!picture) {
        return false;
    }
    m_place.shown = shown;
    return true;
}

}  // namespace leedswatch::video

#include "evidence/clip_copy.h"

#include "base/local_time.h"

#include <algorithm>

namespace leedswatch::evidence {
namespace {

using namespace std::chrono_literals;

// Within a recording that goes on, pictures of neighbouring files may lie this far apart and nothing is missing.
constexpr base::Microseconds usualSpacing = 120ms;
// How far the media clock may be from the wall clock over one file and still be believed.
constexpr base::Microseconds believableDrift = 500ms;

}  // namespace

base::Result<ClipReport> ClipCopy::run(const std::vector<video::RecordedSegment>& segments,
                                       const std::optional<video::RecordedSegment>& before,
                                       const std::function<void(double)>& advanced) {
    if (before && before->finished) {
        m_lastEnd = before->finished->cause;
    } else {
        m_knownCause = "nothing was recorded before";
    }
    std::size_t done = 0;
    for (const video::RecordedSegment& segment : segments) {
        TRY(copySegment(segment));
        advanced(static_cast<double>(++done) / static_cast<double>(segments.size()));
    }
    TRY(finishFile());
    noteGapBefore(m_order.range.end);
    m_report.folder = m_folder;
    return std::move(m_report);
}

base::Result<void> ClipCopy::copySegment(const video::RecordedSegment& segment) {
    auto file = openSource(segment);
    const auto selection = file ? select(segment, file) : std::nullopt;
    if (!selection) {
        return {};
    }
    const bool goesOn = continuesRun(*selection);
    if (!goesOn) {
        TRY(finishFile());
        noteGapBefore(segment.begin);
        TRY(beginFile(*selection));
    }
    const base::Microseconds start = goesOn ? startOf(*selection) : base::Microseconds{0};
    m_writer->beginPart(*selection->file, start);
    TRY(copyPictures(*selection, goesOn));
    m_previousStart = start;
    m_previousFile = selection->file;
    m_previous = segment;
    m_coveredUntil = std::max(m_coveredUntil, video::endOf(segment, *selection->file));
    m_knownCause.reset();
    if (segment.finished) {
        m_lastEnd = segment.finished->cause;
    } else {
        m_knownCause = "it is not recorded yet";
    }
    return {};
}

std::shared_ptr<const video::SegmentFile> ClipCopy::openSource(const video::RecordedSegment& segment) {
    ClipSource source;
    source.folder = segment.folder;
    source.file = segment.file;
    source.range = {segment.begin, segment.end};
    if (segment.finished) {
        source.archived = segment.finished->sha256;
    }
    auto file = video::SegmentFile::open(segment.path(), segment.isGrowing() ? video::SegmentFile::Extent::Growing
                                                                             : video::SegmentFile::Extent::Finished);
    if (!file) {
        m_report.warnings.push_back("The recording " + segment.file.generic_string() +
                                    " cannot be used: " + file.error().message + ".");
        m_knownCause = "the recording " + segment.file.generic_string() + " cannot be read";
        m_report.sources.push_back(std::move(source));
        return nullptr;
    }
    checkHash(**file, source);
    if (!(*file)->damage().empty()) {
        m_report.warnings.push_back("Damage: " + (*file)->damage() + ".");
    }
    m_report.sources.push_back(std::move(source));
    return std::move(*file);
}

void ClipCopy::checkHash(const video::SegmentFile& file, ClipSource& source) {
    const auto digest = file.hash();
    if (digest) {
        source.read = *digest;
    }
    source.check = !digest                       ? SourceCheck::Unreadable
                   : !source.archived            ? SourceCheck::StillRecording
                   : *digest == *source.archived ? SourceCheck::Verified
                                                 : SourceCheck::Mismatch;
    if (source.check == SourceCheck::Mismatch) {
        m_report.warnings.push_back("The recording " + source.file.generic_string() +
                                    " IS NOT what was recorded: its bytes have changed since (SHA-256 " +
                                    base::toHex(*source.read) + " instead of " + base::toHex(*source.archived) + ").");
    } else if (source.check == SourceCheck::Unreadable) {
        m_report.warnings.push_back("The recording " + source.file.generic_string() +
                                    " could not be checked: " + digest.error().message + ".");
    }
}

std::optional<ClipCopy::Selection> ClipCopy::select(const video::RecordedSegment& segment,
                                                    std::shared_ptr<const video::SegmentFile> file) const {
    std::optional<Selection> selection;
    for (std::size_t n = 0; n < file->shown().size(); ++n) {
        const base::UtcTime time = video::timeOfPicture(segment, *file, n);
        if (time < m_order.range.begin || time >= m_order.range.end) {
            continue;
        }
        if (!selection) {
            selection = Selection{file, &segment, n, n};
        }
        selection->last = n;
    }
    return selection;
}

bool ClipCopy::continuesRun(const Selection& selection) const {
    if (!m_writer || !m_previous || selection.first != 0 || !selection.file->sameFormat(*m_previousFile)) {
        return false;
    }
    const bool wentOn = !m_previous->finished || m_previous->finished->cause == video::SegmentEnd::Full;
    const base::UtcTime end = video::endOf(*m_previous, *m_previousFile);
    const base::Microseconds apart = selection.segment->begin - end;
    return wentOn && apart <= usualSpacing && apart >= -usualSpacing;
}

/// Where this source's first picture lies on the clock of the file that is being written.
base::Microseconds ClipCopy::startOf(const Selection& selection) const {
    const base::Microseconds byWall = selection.segment->begin - m_previous->begin;
    if (m_previous->finished && selection.segment->finished) {
        const std::int64_t ticks = selection.segment->finished->firstMediaTime - m_previous->finished->firstMediaTime;
        const base::Microseconds byMedia{ticks * 100 / 9};
        if (ticks > 0 && byMedia - byWall < believableDrift && byWall - byMedia < believableDrift) {
            return m_previousStart + byMedia;
        }
    }
    return m_previousStart + std::max(byWall, m_previousFile->length());
}

base::Result<void> ClipCopy::beginFile(const Selection& selection) {
    const video::SegmentFile& file = *selection.file;
    m_current = {};
    m_current.firstShown = video::timeOfPicture(*selection.segment, file, selection.first);
    m_current.name = freeName(m_current.firstShown);
    m_current.codec = avcodec_get_name(file.parameters().codec_id);
    m_current.width = file.parameters().width;
    m_current.height = file.parameters().height;
    if (const auto& sound = file.sound().format()) {
        m_current.sound = ClipSound{std::string{video::nameOf(sound->codec)}, sound->sampleRate, sound->channels, 0};
    }
    const auto& pictures = file.pictures();
    const std::int64_t preroll =
        pictures[file.shown()[selection.first]].pts - pictures[file.keyFor(selection.first)].pts;
    m_current.prerollLength = file.toMicroseconds(std::max<std::int64_t>(preroll, 0));
    m_shownEnd = 0;
    TRY_ASSIGN(m_writer,
               ClipWriter::create(m_folder / m_current.name, m_storage, file, selection.first, m_current.firstShown));
    return {};
}

base::Result<void> ClipCopy::copyPictures(const Selection& selection, bool goesOn) {
    const video::SegmentFile& file = *selection.file;
    const auto& pictures = file.pictures();
    const std::int64_t firstPts = pictures[file.shown()[selection.first]].pts;
    const std::int64_t lastPts = pictures[file.shown()[selection.last]].pts;
    std::size_t lastStored = 0;
    for (std::size_t n = selection.first; n <= selection.last; ++n) {
        lastStored = std::max(lastStored, file.shown()[n]);
    }
    const std::size_t firstStored = selection.first == 0 ? 0 : file.keyFor(selection.first);
    // What is shown before the key frame that a file begins with rests on pictures that are not in it. Where a run goes
    // on they are.
    const std::int64_t earliest =
        goesOn ? INT64_MIN : std::min(pictures[firstStored].pts, selection.first == 0 ? firstPts : INT64_MAX);
    std::size_t nextSound = 0;
    for (std::size_t n = firstStored; n <= lastStored; ++n) {
        if (m_stop.stop_requested()) {
            return base::fail(base::ErrorCode::Cancelled, "the export was cancelled");
        }
        if (pictures[n].pts < earliest) {
            continue;
        }
        TRY_ASSIGN(auto packet, file.read(n));
        const std::int64_t end = m_writer->shownTime(pictures[n].pts) + file.toMedia90k(pictures[n].duration);
        const bool isShown = (goesOn || pictures[n].pts >= firstPts) && pictures[n].pts <= lastPts;
        if (isShown) {
            ++m_current.framesShown;
            m_shownEnd = std::max(m_shownEnd, end);
        } else if (pictures[n].pts < firstPts) {
            ++m_current.prerollFrames;
        }
        ++m_current.framesStored;
        TRY(m_writer->add(std::move(packet)));
        TRY(copySound(selection, goesOn, nextSound));
    }
    m_current.lastShown = video::timeOfPicture(*selection.segment, file, selection.last);
    return {};
}

/// What is heard until the last picture so far ends, from the piece that the first shown one falls into. Of a source in
/// a run that goes on, all that it begins with.
base::Result<void> ClipCopy::copySound(const Selection& selection, bool goesOn, std::size_t& next) {
    const auto& pieces = selection.file->sound().pieces();
    for (; next < pieces.size() && m_writer->heardTime(pieces[next].time) < m_shownEnd; ++next) {
        if (!goesOn && m_writer->heardTime(pieces[next].time + pieces[next].samples) <= 0) {
            continue;
        }
        TRY_ASSIGN(auto packet, selection.file->readSound(next));
        const auto bytes = static_cast<std::uint64_t>(packet->size);
        TRY_ASSIGN(const bool isHeard, m_writer->addSound(std::move(packet)));
        m_current.sound->bytes += isHeard ? bytes : 0;
    }
    return {};
}

base::Result<void> ClipCopy::finishFile() {
    if (!m_writer) {
        return {};
    }
    TRY(m_writer->finish(m_shownEnd));
    m_writer.reset();
    m_current.shownLength = base::Microseconds{m_shownEnd * 100 / 9};
    TRY_ASSIGN(m_current.bytes, [&]() -> base::Result<std::uint64_t> {
        TRY_ASSIGN(const auto file, base::File::openForReading(m_folder / m_current.name));
        return file.size();
    }());
    m_report.files.push_back(std::move(m_current));
    return {};
}

void ClipCopy::noteGapBefore(base::UtcTime begin) {
    const base::UtcTime end = std::min(begin, m_order.range.end);
    const bool interrupted = m_previous && m_previous->finished &&
                             m_previous->finished->cause != video::SegmentEnd::Full &&
                             m_previous->finished->cause != video::SegmentEnd::FormatChanged;
    const base::Microseconds apart = end - m_coveredUntil;
    if (apart > (interrupted ? base::Microseconds{0} : usualSpacing)) {
        video::Gap gap = m_walk.gapBetween({m_coveredUntil, end}, m_lastEnd);
        gap.cause = m_knownCause.value_or(gap.cause);
        m_report.gaps.push_back(std::move(gap));
    }
}

std::string ClipCopy::freeName(base::UtcTime firstShown) const {
    const std::string plain = clipName(m_order.camera.number, firstShown);
    std::string name = plain + ".mp4";
    for (int n = 2; std::ranges::any_of(m_report.files, [&](const ClipFile& file) { return file.name == name; }); ++n) {
        name = plain + "_" + std::to_string(n) + ".mp4";
    }
    return name;
}

}  // namespace leedswatch::evidence

#include "video/recorder.h"

#include "video/segment_path.h"

#include <date/date.h>
#include <spdlog/spdlog.h>

#include <algorithm>

namespace leedswatch::video {
namespace {

constexpr int kNameAttempts = 5;
// Many cameras send nothing while it is quiet: that alone begins no new file.
constexpr std::int64_t kSoundHasEnded = 10 * kMediaTicksPerSecond;

bool onSameDay(base::UtcTime a, base::UtcTime b) {
    return std::chrono::floor<date::days>(a) == std::chrono::floor<date::days>(b);
}

}  // namespace

Recorder::Recorder(CameraNames camera, const ArchiveTarget& target, SegmentIndex& index, const base::Clock& clock,
                   RecorderEvents& events, RecorderSettings settings)
    : m_camera{camera},
      m_settings{settings},
      m_target{target},
      m_index{index},
      m_clock{clock},
      m_events{events},
      m_gaps{index, camera.id} {}

void Recorder::write(const Gop& gop) {
    followWallClock(gop);
    if (const auto reason = m_inHand ? reasonToCut(gop) : std::nullopt) {
        cut(gop, *reason);
    }
    if (!m_inHand) {
        const bool tooEarly = m_failing && m_clock.steadyNow() < m_retryAt;
        if (!gop.beginsWithKey || tooEarly) {
            m_lostFrames += static_cast<std::int64_t>(gop.packets.size());
            return;
        }
        if (const auto begun = begin(gop); !begun) {
            lose(gop, begun.error());
            return;
        }
    }
    if (const auto written = m_inHand->writer->write(gop); !written) {
        end(SegmentEnd::StorageFailed, GapCause::Storage);
        lose(gop, written.error());
        return;
    }
    m_inHand->segment.end = m_timeline.at(gop.endsAt);
    if (!gop.sound.empty() && (!m_heard || gop.sound.back().time > m_heard->time)) {
        m_heard = gop.sound.back();
    }
    if (std::exchange(m_gapToEnd, false)) {
        endGap(m_inHand->segment.begin);
    }
    if (std::exchange(m_failing, false)) {
        spdlog::info("camera {} is recorded again; {} pictures were lost so far", m_camera.number, m_lostFrames);
        m_events.recordingWorks();
    }
    m_pause = m_settings.firstRetry;
}

std::optional<SegmentEnd> Recorder::reasonToCut(const Gop& gop) const {
    if (!gop.beginsWithKey) {
        return std::nullopt;
    }
    const Packet& first = gop.packets.front();
    if (first.format != m_inHand->format && *first.format != *m_inHand->format) {
        return SegmentEnd::FormatChanged;
    }
    const SoundFormat* heard = m_inHand->writer->soundFormat();
    const auto wanted = soundFor(gop);
    if ((heard == nullptr) != (wanted == nullptr) || (wanted && *wanted != *heard)) {
        return SegmentEnd::FormatChanged;
    }
    const auto length = durationOfTicks(first.time - m_inHand->segment.firstMediaTime);
    const bool newDay = !onSameDay(m_timeline.at(first.arrivedAt), m_inHand->segment.begin);
    return m_clockStep || newDay || length >= m_settings.segmentLength ? std::optional{SegmentEnd::Full} : std::nullopt;
}

std::shared_ptr<const SoundFormat> Recorder::soundFor(const Gop& gop) const {
    if (!gop.sound.empty()) {
        return gop.sound.back().format;
    }
    const bool isPause = m_heard && gop.packets.front().time - m_heard->time < kSoundHasEnded;
    return isPause ? m_heard->format : nullptr;
}

// What was heard before the cut and came after it still goes into the file that ends.
void Recorder::cut(const Gop& next, SegmentEnd cause) {
    const auto written = m_inHand->writer->writeLateSound(next);
    closeFile(written ? cause : SegmentEnd::StorageFailed);
}

// Asked once a GOP. The step's own row keeps the timeline honest: nothing is missing there, the clock leapt over it.
void Recorder::followWallClock(const Gop& gop) {
    const Packet& first = gop.packets.front();
    if (!m_timeline.isSet()) {
        m_timeline.set(first.arrival, first.arrivedAt);
        return;
    }
    const base::UtcTime expected = m_timeline.at(first.arrivedAt);
    const base::Microseconds step = m_timeline.follow(first.arrival, first.arrivedAt);
    if (step != base::Microseconds{0}) {
        spdlog::warn("the wall clock was set by {} s; camera {} begins a new file", step.count() / 1'000'000,
                     m_camera.number);
        m_clockStep = RecordingGap{m_camera.id, expected, first.arrival,
                                   step > base::Microseconds{0} ? GapCause::ClockForward : GapCause::ClockBack};
    }
}

base::UtcTime Recorder::now() const {
    return m_timeline.isSet() ? m_timeline.at(m_clock.steadyNow()) : m_clock.now();
}

// A burst may repeat what was recorded before a break: the file begins where the last one ended, unless somebody set
// the clock back.
base::UtcTime Recorder::beginningOf(const Gop& gop) {
    const base::UtcTime begin = m_timeline.at(beginOf(gop));
    const auto lasting = m_gaps.lasting();
    const auto lastEnd = m_lastEnd || !lasting ? m_lastEnd : std::optional{lasting->begin};
    const bool repeats = lastEnd && begin < *lastEnd && m_timeline.at(gop.endsAt) > *lastEnd;
    // What the timeline slewed between two files is no hole between their pictures.
    const bool follows = lastEnd && std::chrono::abs(begin - *lastEnd) <= WallTimeline::mostSlew;
    return repeats || follows ? *lastEnd : begin;
}

base::Result<void> Recorder::begin(const Gop& gop) {
    removeLeftOvers();
    const Packet& first = gop.packets.front();
    Segment segment;
    segment.camera = m_camera.id;
    segment.volume = m_target.volume;
    segment.folder = m_target.folder;
    segment.firstMediaTime = first.time;
    segment.begin = beginningOf(gop);
    for (int attempt = 0; attempt < kNameAttempts; ++attempt) {
        segment.file = segmentPath(m_camera.number, segment.begin);
        const auto folder = segment.path().parent_path();
        if (folder != m_knownFolder) {
            TRY(m_target.files->createFolders(folder));
            m_knownFolder = folder;
        }
        TRY(m_index.addOpen({segment.camera, segment.file, segment.begin, segment.firstMediaTime, segment.volume}));
        auto writer = createFile(gop, segment);
        if (writer) {
            m_inHand = InHand{std::move(*writer), std::move(segment), first.format};
            m_gapToEnd = true;
            return {};
        }
        m_knownFolder.clear();
        if (writer.error().code != base::ErrorCode::AlreadyExists) {
            return base::fail(std::move(writer).error());
        }
        segment.begin += std::chrono::milliseconds{1};
    }
    return base::fail(base::ErrorCode::AlreadyExists, segment.path().string() + " is there already");
}

// The row stands before the file, and goes only after it.
base::Result<std::unique_ptr<SegmentWriter>> Recorder::createFile(const Gop& gop, const Segment& segment) {
    const OpenSegment open{segment.camera, segment.file, segment.begin, 0, segment.volume, segment.folder};
    auto file = m_target.files->create(segment.path());
    if (!file) {
        if (const auto dropped = m_index.dropOpen({segment.file}); !dropped) {
            m_leftOvers.push_back(open);
        }
        return base::fail(std::move(file).error());
    }
    auto writer = SegmentWriter::create(std::move(*file), gop, soundFor(gop), segment.begin);
    if (!writer) {
        m_leftOvers.push_back(open);
        removeLeftOvers();
    }
    return writer;
}

void Recorder::removeLeftOvers() {
    std::erase_if(m_leftOvers, [this](const OpenSegment& left) {
        const auto removed = m_target.files->remove(left.path());
        const bool gone = removed || removed.error().code == base::ErrorCode::NotFound;
        return gone && m_index.dropOpen({left.file});
    });
}

// Behind the first pictures: a gap has ended only once there are some.
void Recorder::endGap(base::UtcTime begin) {
    const auto step = std::exchange(m_clockStep, std::nullopt);
    const bool lasted = m_gaps.lasting().has_value();
    m_gaps.end(step ? step->begin : begin);
    if (step && (lasted || m_lastEnd)) {
        m_gaps.add({m_camera.id, lasted ? step->begin : *m_lastEnd, begin, step->cause});
    }
}

void Recorder::beginGap(GapCause cause) {
    if (m_gaps.lasting()) {
        m_gaps.continueWith(now(), cause);
    } else if (m_lastEnd) {
        m_gaps.begin(*m_lastEnd, cause);
    }
}

void Recorder::end(SegmentEnd cause, GapCause gap) {
    closeFile(cause);
    m_heard.reset();
    beginGap(gap);
}

void Recorder::moveTo(const ArchiveTarget& target) {
    closeFile(SegmentEnd::Full);
    m_target = target;
    m_knownFolder.clear();
    m_retryAt = {};
}

void Recorder::closeFile(SegmentEnd cause) {
    if (!m_inHand) {
        return;
    }
    InHand ended = std::move(*m_inHand);
    m_inHand.reset();
    m_gapToEnd = false;
    const SegmentContents& contents = ended.writer->contents();
    if (contents.frames == 0) {
        ended.writer.reset();
        const Segment& empty = ended.segment;
        m_leftOvers.push_back({empty.camera, empty.file, empty.begin, 0, empty.volume, empty.folder});
        removeLeftOvers();
        return;
    }
    ended.segment.lastMediaTime = contents.lastMediaTime;
    ended.segment.frames = contents.frames;
    ended.segment.bytes = static_cast<std::int64_t>(contents.bytes);
    ended.segment.sha256 = contents.sha256;
    ended.segment.cause = cause;
    m_lastEnd = ended.segment.end;
    m_target.finisher->add({ended.writer->release(), std::move(ended.segment), cause == SegmentEnd::StorageFailed});
}

void Recorder::skip(std::int64_t frames) {
    m_lostFrames += frames;
    end(SegmentEnd::StorageFailed, GapCause::TooSlow);
    if (!std::exchange(m_failing, true)) {
        m_events.recordingFailed({base::ErrorCode::StorageFailed, "the disk of the archive cannot keep up"});
    }
}

void Recorder::lose(const Gop& gop, const base::Error& error) {
    m_lostFrames += static_cast<std::int64_t>(gop.packets.size());
    beginGap(GapCause::Storage);
    m_pause = m_failing ? std::min(m_pause * 2, m_settings.slowestRetry) : m_settings.firstRetry;
    m_retryAt = m_clock.steadyNow() + m_pause;
    if (!std::exchange(m_failing, true)) {
        spdlog::warn("camera {} cannot be written: {}", m_camera.number, error.message);
        m_events.recordingFailed(error);
    }
}

}  // namespace leedswatch::video

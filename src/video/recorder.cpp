#include "video/recorder.h"

#include "video/segment_path.h"

#include <date/date.h>
#include <spdlog/spdlog.h>

#include <algorithm>

namespace leedswatch::video {
namespace {

// What a reconnection within this time left out is not worth a row; `coverage` joins it too.
constexpr base::Microseconds kSmallestGap{500'000};
constexpr int kNameAttempts = 5;

bool onSameDay(base::UtcTime a, base::UtcTime b) {
    return std::chrono::floor<date::days>(a) == std::chrono::floor<date::days>(b);
}

GapCause causeAfter(SegmentEnd end) {
    switch (end) {
        case SegmentEnd::Stopped: return GapCause::Stopped;
        case SegmentEnd::Full:
        case SegmentEnd::FormatChanged:
        case SegmentEnd::Recovered: return GapCause::Killed;
        case SegmentEnd::StreamLost: return GapCause::Network;
        case SegmentEnd::StorageFailed: return GapCause::Storage;
    }
    return GapCause::Killed;
}

}  // namespace

Recorder::Recorder(CameraNames camera, ArchiveFiles& files, SegmentIndex& index, SegmentFinisher& finisher,
                   const base::Clock& clock, RecorderEvents& events, RecorderSettings settings)
    : m_camera{camera},
      m_settings{settings},
      m_folder{index.archiveFolder()},
      m_files{files},
      m_index{index},
      m_finisher{finisher},
      m_clock{clock},
      m_events{events} {}

void Recorder::write(const Gop& gop, GapCause before) {
    followWallClock(gop);
    if (const auto cut = m_inHand ? reasonToCut(gop) : std::nullopt) {
        end(*cut);
    }
    if (!m_inHand) {
        const bool tooEarly = m_failing && m_clock.steadyNow() < m_retryAt;
        if (!gop.beginsWithKey || tooEarly) {
            m_lostFrames += static_cast<std::int64_t>(gop.packets.size());
            return;
        }
        if (const auto begun = begin(gop, before); !begun) {
            lose(gop, begun.error());
            return;
        }
    }
    if (const auto written = m_inHand->writer->write(gop); !written) {
        end(SegmentEnd::StorageFailed);
        lose(gop, written.error());
        return;
    }
    m_inHand->segment.end = m_timeline.at(gop.endsAt);
    writeGap();
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
    const auto length = durationOfTicks(first.time - m_inHand->segment.firstMediaTime);
    const bool newDay = !onSameDay(m_timeline.at(first.arrivedAt), m_inHand->segment.begin);
    return m_clockStep || newDay || length >= m_settings.segmentLength ? std::optional{SegmentEnd::Full} : std::nullopt;
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

base::Result<void> Recorder::begin(const Gop& gop, GapCause before) {
    learnLastEnd();
    removeLeftOvers();
    const Packet& first = gop.packets.front();
    Segment segment;
    segment.camera = m_camera.id;
    segment.firstMediaTime = first.time;
    segment.begin = m_timeline.at(beginOf(gop));
    // A burst may repeat what was recorded before a break: the file begins where the last one ended, unless somebody
    // set the clock back.
    if (m_lastEnd && segment.begin < *m_lastEnd && m_timeline.at(gop.endsAt) > *m_lastEnd) {
        segment.begin = *m_lastEnd;
    }
    const auto gap = gapBefore(segment.begin, m_lastCause.value_or(before));
    for (int attempt = 0; attempt < kNameAttempts; ++attempt) {
        segment.file = segmentPath(m_camera.number, segment.begin);
        const auto folder = m_folder / segment.file.parent_path();
        if (folder != m_knownFolder) {
            TRY(m_files.createFolders(folder));
            m_knownFolder = folder;
        }
        TRY(m_index.addOpen({segment.camera, segment.file, segment.begin, segment.firstMediaTime}));
        auto writer = createFile(gop, segment);
        if (writer) {
            m_inHand = InHand{std::move(*writer), std::move(segment), first.format};
            m_unwrittenGap = gap;
            m_clockStep.reset();
            m_lastCause.reset();
            return {};
        }
        m_knownFolder.clear();
        if (writer.error().code != base::ErrorCode::AlreadyExists) {
            return base::fail(std::move(writer).error());
        }
        segment.begin += std::chrono::milliseconds{1};
    }
    return base::fail(base::ErrorCode::AlreadyExists, segment.file.string() + " is there already");
}

// The row stands before the file, and goes only after it.
base::Result<std::unique_ptr<SegmentWriter>> Recorder::createFile(const Gop& gop, const Segment& segment) {
    auto file = m_files.create(m_folder / segment.file);
    if (!file) {
        if (const auto dropped = m_index.dropOpen(segment.file); !dropped) {
            m_leftOvers.push_back(segment.file);
        }
        return base::fail(std::move(file).error());
    }
    auto writer = SegmentWriter::create(std::move(*file), gop, segment.begin);
    if (!writer) {
        m_leftOvers.push_back(segment.file);
        removeLeftOvers();
    }
    return writer;
}

void Recorder::removeLeftOvers() {
    std::erase_if(m_leftOvers, [this](const std::filesystem::path& file) {
        const auto removed = m_files.remove(m_folder / file);
        const bool gone = removed || removed.error().code == base::ErrorCode::NotFound;
        return gone && m_index.dropOpen(file);
    });
}

std::optional<RecordingGap> Recorder::gapBefore(base::UtcTime begin, GapCause cause) const {
    if (m_clockStep) {
        return m_clockStep;
    }
    if (!m_lastEnd) {
        return std::nullopt;
    }
    if (begin < *m_lastEnd) {
        return RecordingGap{m_camera.id, *m_lastEnd, begin, GapCause::ClockBack};
    }
    return begin - *m_lastEnd > kSmallestGap ? std::optional{RecordingGap{m_camera.id, *m_lastEnd, begin, cause}}
                                             : std::nullopt;
}

// Behind the first pictures: a gap has ended only once there are some.
void Recorder::writeGap() {
    if (m_unwrittenGap && m_index.addGap(*m_unwrittenGap)) {
        m_unwrittenGap.reset();
    }
}

void Recorder::learnLastEnd() {
    if (std::exchange(m_lastEndLearnt, true) || m_lastEnd) {
        return;
    }
    const auto newest = m_index.newestOf(m_camera.id);
    if (newest && *newest) {
        m_lastEnd = (*newest)->end;
        m_lastCause = causeAfter((*newest)->cause);
    } else if (!newest) {
        m_lastEndLearnt = false;
    }
}

void Recorder::end(SegmentEnd cause) {
    if (!m_inHand) {
        return;
    }
    InHand ended = std::move(*m_inHand);
    m_inHand.reset();
    const SegmentContents& contents = ended.writer->contents();
    if (contents.frames == 0) {
        ended.writer.reset();
        m_leftOvers.push_back(ended.segment.file);
        removeLeftOvers();
        return;
    }
    ended.segment.lastMediaTime = contents.lastMediaTime;
    ended.segment.frames = contents.frames;
    ended.segment.bytes = static_cast<std::int64_t>(contents.bytes);
    ended.segment.sha256 = contents.sha256;
    ended.segment.cause = cause;
    m_lastEnd = ended.segment.end;
    m_lastCause = cause == SegmentEnd::StorageFailed ? std::optional{GapCause::Storage} : std::nullopt;
    m_finisher.add({ended.writer->release(), std::move(ended.segment), cause == SegmentEnd::StorageFailed});
}

void Recorder::skip(std::int64_t frames) {
    m_lostFrames += frames;
    end(SegmentEnd::StorageFailed);
    m_lastCause = GapCause::TooSlow;
    if (!std::exchange(m_failing, true)) {
        m_events.recordingFailed({base::ErrorCode::StorageFailed, "the disk of the archive cannot keep up"});
    }
}

void Recorder::lose(const Gop& gop, const base::Error& error) {
    m_lostFrames += static_cast<std::int64_t>(gop.packets.size());
    m_lastCause = GapCause::Storage;
    m_pause = m_failing ? std::min(m_pause * 2, m_settings.slowestRetry) : m_settings.firstRetry;
    m_retryAt = m_clock.steadyNow() + m_pause;
    if (!std::exchange(m_failing, true)) {
        spdlog::warn("camera {} cannot be written: {}", m_camera.number, error.message);
        m_events.recordingFailed(error);
    }
}

}  // namespace leedswatch::video

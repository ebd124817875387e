#include "video/archive_writer.h"

namespace leedswatch::video {

class ArchiveWriter::Track {
public:
    explicit Track(Recorder recorder) : m_recorder{std::move(recorder)} {}

    // The writing thread only.
    Recorder m_recorder;
    // Guarded by the writer's mutex.
    std::size_t m_waitingBytes = 0;
    std::int64_t m_lostFrames = 0;
};

ArchiveWriter::ArchiveWriter(ArchiveFiles& files, SegmentIndex& index, SegmentFinisher& finisher,
                             const base::Clock& clock, RecorderSettings settings)
    : ArchiveWriter{files, index, finisher, clock, settings, Limits{}} {}

ArchiveWriter::ArchiveWriter(ArchiveFiles& files, SegmentIndex& index, SegmentFinisher& finisher,
                             const base::Clock& clock, RecorderSettings settings, Limits limits)
    : m_files{files},
      m_index{index},
      m_finisher{finisher},
      m_clock{clock},
      m_settings{settings},
      m_limits{limits},
      m_thread{[this](const std::stop_token& stop) { run(stop); }} {}

ArchiveWriter::~ArchiveWriter() {
    m_thread.request_stop();
}

std::shared_ptr<ArchiveWriter::Track> ArchiveWriter::addCamera(Recorder::CameraNames camera, RecorderEvents& events) {
    return std::make_shared<Track>(Recorder{camera, m_files, m_index, m_finisher, m_clock, events, m_settings});
}

void ArchiveWriter::removeCamera(const std::shared_ptr<Track>& track, SegmentEnd cause) {
    end(track, cause);
    drain();
}

void ArchiveWriter::write(const std::shared_ptr<Track>& track, Gop gop, GapCause before) {
    const std::scoped_lock lock{m_mutex};
    const std::size_t bytes = gop.bytes;
    if (track->m_waitingBytes + bytes > m_limits.bytesOfCamera || m_waitingBytes + bytes > m_limits.bytesOfAll) {
        track->m_lostFrames += static_cast<std::int64_t>(gop.packets.size());
        return;
    }
    track->m_waitingBytes += bytes;
    m_waitingBytes += bytes;
    ++m_added;
    m_jobs.push_back({track, std::move(gop), before, std::exchange(track->m_lostFrames, 0), std::nullopt});
    m_changed.notify_all();
}

void ArchiveWriter::end(const std::shared_ptr<Track>& track, SegmentEnd cause) {
    const std::scoped_lock lock{m_mutex};
    ++m_added;
    m_jobs.push_back({track, std::nullopt, GapCause::Network, std::exchange(track->m_lostFrames, 0), cause});
    m_changed.notify_all();
}

void ArchiveWriter::drain() {
    std::unique_lock lock{m_mutex};
    const std::uint64_t added = m_added;
    m_changed.wait(lock, [&] { return m_done >= added; });
}

void ArchiveWriter::run(const std::stop_token& stop) {
    while (true) {
        Job job;
        {
            std::unique_lock lock{m_mutex};
            m_changed.wait(lock, stop, [this] { return !m_jobs.empty(); });
            if (m_jobs.empty()) {
                return;
            }
            job = std::move(m_jobs.front());
            m_jobs.pop_front();
        }
        execute(job);
        const std::scoped_lock lock{m_mutex};
        if (job.gop) {
            job.track->m_waitingBytes -= job.gop->bytes;
            m_waitingBytes -= job.gop->bytes;
        }
        ++m_done;
        m_changed.notify_all();
    }
}

void ArchiveWriter::execute(const Job& job) {
    Recorder& recorder = job.track->m_recorder;
    if (job.lostBefore > 0) {
        recorder.skip(job.lostBefore);
    }
    if (job.gop) {
        recorder.write(*job.gop, job.before);
    }
    if (job.end) {
        recorder.end(*job.end);
    }
}

}  // namespace leedswatch::video

#include "video/archive_lane.h"

namespace leedswatch::video {

void MutableEvents::recordingFailed(const base::Error& error) {
    m_failure = error;
    const std::scoped_lock lock{m_mutex};
    if (m_to != nullptr) {
        m_to->recordingFailed(error);
    }
}

void MutableEvents::recordingWorks() {
    m_failure.reset();
    const std::scoped_lock lock{m_mutex};
    if (m_to != nullptr) {
        m_to->recordingWorks();
    }
}

void MutableEvents::mute() {
    const std::scoped_lock lock{m_mutex};
    m_to = nullptr;
}

ArchiveWriter::Track::Track(Recorder::CameraNames camera, const ArchiveTarget& target, SegmentIndex& index,
                            const base::Clock& clock, RecorderEvents& events, const RecorderSettings& settings,
                            std::size_t preRollBytes)
    : m_camera{camera.id},
      m_clock{clock},
      m_events{events},
      m_recorder{camera, target, index, clock, m_events, settings},
      m_gate{preRollBytes} {}

void ArchiveWriter::Track::execute(Job& job) {
    if (job.lostBefore > 0) {
        m_recorder.skip(job.lostBefore);
    }
    if (job.plan) {
        m_gate.setPlan(*job.plan);
    }
    if (job.events) {
        m_gate.setEvents(std::move(*job.events));
    }
    if (job.plan || job.events) {
        reconsider();
    }
    if (job.gop) {
        m_loss.reset();
        write(std::move(*job.gop));
    }
    if (job.end) {
        lose({*job.end, job.gap});
    }
}

void ArchiveWriter::Track::write(Gop gop) {
    const auto wanted = m_gate.pass(std::move(gop));
    if (wanted.empty()) {
        m_recorder.end(SegmentEnd::NotWanted, GapCause::NotRecordedByMode);
    }
    for (const Gop& one : wanted) {
        m_recorder.write(one);
    }
}

// What is not to be recorded now is not missing, whatever the camera does; a station that stops is another matter.
void ArchiveWriter::Track::lose(Loss loss) {
    m_loss = loss;
    const auto now = m_clock.now();
    const bool missed = loss.gap == GapCause::Stopped || loss.gap == GapCause::Disabled || m_gate.wants(now, now);
    m_recorder.end(loss.cause, missed ? loss.gap : GapCause::NotRecordedByMode);
}

void ArchiveWriter::Track::reconsider() {
    if (m_loss) {
        lose(*m_loss);
    }
}

}  // namespace leedswatch::video

#pragma once

#include "video/archive_writer.h"

#include <deque>

namespace leedswatch::video {

/// Passes a recorder's news on until the camera is taken away. The lock is held while it does, so that nobody is called
/// who is gone; whoever is told must not call the writer.
class MutableEvents final : public RecorderEvents {
public:
    explicit MutableEvents(RecorderEvents& to) : m_to{&to} {}
    void recordingFailed(const base::Error& error) override;
    void recordingWorks() override;
    void mute();

    /// What the last attempt to write ended with. The writing thread only.
    [[nodiscard]] const std::optional<base::Error>& failure() const { return m_failure; }

private:
    std::mutex m_mutex;
    RecorderEvents* m_to;
    std::optional<base::Error> m_failure;
};

class ArchiveWriter::Track {
public:
    Track(Recorder::CameraNames camera, const ArchiveTarget& target, SegmentIndex& index, const base::Clock& clock,
          RecorderEvents& events, const RecorderSettings& settings, std::size_t preRollBytes);

    void execute(Job& job);
    [[nodiscard]] estate::CameraId camera() const { return m_camera; }
    [[nodiscard]] const std::optional<base::Error>& failure() const { return m_events.failure(); }
    void mute() { m_events.mute(); }
    void moveTo(const ArchiveTarget& target) { m_recorder.moveTo(target); }

    // Guarded by the writer's mutex.
    Lane* m_lane = nullptr;
    std::size_t m_waitingBytes = 0;
    std::size_t m_jobs = 0;
    std::int64_t m_lostFrames = 0;

private:
    struct Loss {
        SegmentEnd cause;
        GapCause gap;
    };
    void write(Gop gop);
    void lose(Loss loss);
    void reconsider();

    const estate::CameraId m_camera;
    const base::Clock& m_clock;
    MutableEvents m_events;
    // The thread of its lane only.
    Recorder m_recorder;
    ModeGate m_gate;
    std::optional<Loss> m_loss;  // nothing comes from the camera
};

struct ArchiveWriter::Job {
    std::shared_ptr<Track> track = {};
    std::optional<Gop> gop = {};
    std::int64_t lostBefore = 0;
    std::optional<SegmentEnd> end = {};
    GapCause gap = GapCause::Network;
    std::optional<RecordingPlan> plan = {};
    std::optional<std::vector<RecordingEvent>> events = {};
    Lane* moveTo = nullptr;

    [[nodiscard]] std::size_t bytes() const { return gop ? gop->bytes : 0; }
};

/// A volume's queue, its writing thread and its finisher.
class ArchiveWriter::Lane {
public:
    Lane(VolumeId volume, std::filesystem::path folder, ArchiveFiles& files, SegmentIndex& index,
         UnfinishedFiles& unfinished)
        : m_finisher{files, index, unfinished}, m_target{volume, std::move(folder), &files, &m_finisher} {}

    SegmentFinisher m_finisher;
    const ArchiveTarget m_target;
    // Guarded by the writer's mutex.
    std::deque<Job> m_jobs;
    std::size_t m_waitingBytes = 0;
    std::optional<base::SteadyTime> m_busySince;
    std::map<estate::CameraId, base::Error> m_failures;

    std::jthread m_thread;
};

}  // namespace leedswatch::video

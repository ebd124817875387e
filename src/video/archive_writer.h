#pragma once

#include "video/mode_gate.h"
#include "video/recorder.h"

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace leedswatch::video {

/// Writes the archive with one thread for each volume. Cameras hand it whole GOPs and go on reading: a disk that hangs
/// holds up no camera, and what is recorded on other volumes goes on. What waits is bounded by camera and by volume;
/// past the bound GOPs are lost, counted and told. Thread-safe.
class ArchiveWriter {
public:
    struct Limits {
        std::size_t bytesOfCamera = 48U << 20U;
        std::size_t bytesOfVolume = 1U << 30U;
        std::size_t preRollOfCamera = 8U << 20U;
    };

    /// How a volume's writing goes. Times are of the steady clock.
    struct VolumeState {
        VolumeId volume;
        std::optional<base::SteadyTime> busySince;  ///< the call that it is in began then; none: it waits for work
        std::size_t waitingBytes = 0;
        std::optional<base::Error> failure;  ///< what the last attempt to write ended with; none: well
    };

    /// A camera's place in the queues. Made by `addCamera`, given back by `removeCamera`.
    class Track;

    ArchiveWriter(SegmentIndex& index, const base::Clock& clock, RecorderSettings settings = {});
    /// As above, with the bounds.
    ArchiveWriter(SegmentIndex& index, const base::Clock& clock, RecorderSettings settings, Limits limits);
    /// Writes what waits and makes it durable, then returns.
    ~ArchiveWriter();
    ArchiveWriter(const ArchiveWriter&) = delete;
    ArchiveWriter& operator=(const ArchiveWriter&) = delete;

    /// Files of this volume are written through `files`, which outlives the writer. Volumes are never taken away.
    void addVolume(VolumeId volume, std::filesystem::path folder, ArchiveFiles& files);
    /// From now on the camera is recorded there: one that is being recorded ends its file and goes on in the next,
    /// without a gap. A volume that was not added is ignored. Cameras of which nothing was said are on the main volume.
    void assign(estate::CameraId camera, VolumeId volume);
    /// When a camera is recorded. Cameras of which nothing was said: always.
    void setPlan(estate::CameraId camera, const RecordingPlan& plan);
    /// All events of a camera that matter now.
    void setEvents(estate::CameraId camera, const std::vector<RecordingEvent>& events);

    [[nodiscard]] std::shared_ptr<Track> addCamera(Recorder::CameraNames camera, RecorderEvents& events);
    /// Ends its file and says why nothing follows; its events are not called afterwards. Waits until that is done, but
    /// no longer than ten seconds, because the disk may hang.
    void removeCamera(const std::shared_ptr<Track>& track, SegmentEnd cause, GapCause gap);

    /// Returns at once.
    void write(const std::shared_ptr<Track>& track, Gop gop);
    /// Nothing more comes for the present, and why; to be told again when the reason changes. Returns at once.
    void end(const std::shared_ptr<Track>& track, SegmentEnd cause, GapCause gap);
    /// Waits until everything given so far is written and finished.
    void drain();

    [[nodiscard]] std::vector<VolumeState> states() const;
    /// Of all volumes: what was written and could not be made durable.
    [[nodiscard]] UnfinishedFiles& unfinished() { return m_unfinished; }

private:
    class Lane;
    struct Job;
    struct Settings {
        VolumeId volume = mainVolume;
        std::optional<RecordingPlan> plan;
        std::vector<RecordingEvent> events;
    };

    void push(const std::shared_ptr<Track>& track, Job job);
    void tell(estate::CameraId camera, const Job& job);
    [[nodiscard]] Lane* laneOf(VolumeId volume) const;
    void run(Lane& lane, const std::stop_token& stop);
    void move(const Job& job);

    SegmentIndex& m_index;
    const base::Clock& m_clock;
    const RecorderSettings m_settings;
    const Limits m_limits;
    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    // Guarded by m_mutex.
    std::map<estate::CameraId, Settings> m_cameras;
    std::vector<std::weak_ptr<Track>> m_tracks;

    UnfinishedFiles m_unfinished;
    std::vector<std::unique_ptr<Lane>> m_lanes;  // grows under m_mutex; each ends with its threads
};

}  // namespace leedswatch::video

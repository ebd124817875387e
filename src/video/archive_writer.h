#pragma once

#include "video/recorder.h"

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>

namespace leedswatch::video {

/// The one thread that writes to the archive. Cameras hand it whole GOPs and go on reading: a disk that hangs, or a
/// store that waits for its lock, holds up no camera. What waits is bounded; past the bound GOPs are lost, counted and
/// told. Thread-safe.
class ArchiveWriter {
public:
    struct Limits {
        std::size_t bytesOfCamera = 48U << 20U;
        std::size_t bytesOfAll = 1U << 30U;
    };

    /// A camera's place in the queue. Made by `addCamera`, given back by `removeCamera`.
    class Track;

    ArchiveWriter(ArchiveFiles& files, SegmentIndex& index, SegmentFinisher& finisher, const base::Clock& clock,
                  RecorderSettings settings = {});
    /// As above, with the bounds.
    ArchiveWriter(ArchiveFiles& files, SegmentIndex& index, SegmentFinisher& finisher, const base::Clock& clock,
                  RecorderSettings settings, Limits limits);
    /// Writes what waits, then returns.
    ~ArchiveWriter();
    ArchiveWriter(const ArchiveWriter&) = delete;
    ArchiveWriter& operator=(const ArchiveWriter&) = delete;

    [[nodiscard]] std::shared_ptr<Track> addCamera(Recorder::CameraNames camera, RecorderEvents& events);
    /// Ends its file with `cause` and waits until that is done; its events are not called afterwards.
    void removeCamera(const std::shared_ptr<Track>& track, SegmentEnd cause);

    /// Returns at once.
    void write(const std::shared_ptr<Track>& track, Gop gop, GapCause before);
    void end(const std::shared_ptr<Track>& track, SegmentEnd cause);
    /// Waits until everything given so far is written.
    void drain();

private:
    struct Job {
        std::shared_ptr<Track> track;
        std::optional<Gop> gop;
        GapCause before = GapCause::Network;
        std::int64_t lostBefore = 0;
        std::optional<SegmentEnd> end;
    };
    void run(const std::stop_token& stop);
    static void execute(const Job& job);

    ArchiveFiles& m_files;
    SegmentIndex& m_index;
    SegmentFinisher& m_finisher;
    const base::Clock& m_clock;
    const RecorderSettings m_settings;
    const Limits m_limits;
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    // Guarded by m_mutex.
    std::deque<Job> m_jobs;
    std::size_t m_waitingBytes = 0;
    std::uint64_t m_added = 0;
    std::uint64_t m_done = 0;

    std::jthread m_thread;
};

}  // namespace leedswatch::video

#pragma once

#include "video/archive_files.h"
#include "video/segment_index.h"
#include "video/unfinished_files.h"

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>

namespace leedswatch::video {

/// A file with its last byte written. `segment` says how far it is whole and what that hashes to.
struct WrittenSegment {
    std::unique_ptr<ArchiveFile> file;
    Segment segment;
    bool mayBeLonger = false;  ///< a failed write may have left bytes behind the whole ones: cut it
};

/// Makes written files durable and gives them their rows: sync file, sync folder, commit; many files in one commit when
/// many end together. One thread for the station, because a disk that is slow to sync must hold up nobody else.
///
/// A file that cannot be synced keeps its open row and is unfinished: whoever sees the disk again looks at what it
/// really holds. A store that cannot commit is tried again until it can. Thread-safe.
class SegmentFinisher {
public:
    SegmentFinisher(ArchiveFiles& files, SegmentIndex& index, UnfinishedFiles& unfinished);
    /// Finishes what was added, then returns.
    ~SegmentFinisher();
    SegmentFinisher(const SegmentFinisher&) = delete;
    SegmentFinisher& operator=(const SegmentFinisher&) = delete;

    void add(WrittenSegment segment);
    /// Waits until everything added so far is finished or given up.
    void drain();

private:
    using Batch = std::deque<WrittenSegment>;
    void run(const std::stop_token& stop);
    [[nodiscard]] std::vector<Segment> makeDurable(Batch& batch);
    void giveUp(const Segment& segment, const base::Error& error);
    void commit(const std::vector<Segment>& segments, const std::stop_token& stop);

    ArchiveFiles& m_files;
    SegmentIndex& m_index;
    UnfinishedFiles& m_unfinished;
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    // Guarded by m_mutex.
    Batch m_waiting;
    bool m_busy = false;

    std::jthread m_thread;
};

}  // namespace leedswatch::video

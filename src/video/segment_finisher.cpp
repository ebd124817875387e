#include "video/segment_finisher.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <set>
#include <utility>

namespace leedswatch::video {
namespace {

// One commit holds the store's write lock: desks wait for it, so it stays short.
constexpr std::size_t kLargestBatch = 64;
constexpr std::chrono::seconds kPause{1};

}  // namespace

SegmentFinisher::SegmentFinisher(ArchiveFiles& files, SegmentIndex& index, UnfinishedFiles& unfinished)
    : m_files{files}, m_index{index}, m_unfinished{unfinished}, m_thread{[this](const std::stop_token& stop) {
          run(stop);
      }} {}

SegmentFinisher::~SegmentFinisher() {
    m_thread.request_stop();
}

void SegmentFinisher::add(WrittenSegment segment) {
    const std::scoped_lock lock{m_mutex};
    m_waiting.push_back(std::move(segment));
    m_changed.notify_all();
}

void SegmentFinisher::drain() {
    std::unique_lock lock{m_mutex};
    m_changed.wait(lock, [this] { return m_waiting.empty() && !m_busy; });
}

void SegmentFinisher::run(const std::stop_token& stop) {
    while (true) {
        Batch batch;
        {
            std::unique_lock lock{m_mutex};
            m_busy = false;
            m_changed.notify_all();
            m_changed.wait(lock, stop, [this] { return !m_waiting.empty(); });
            if (m_waiting.empty()) {
                return;
            }
            while (!m_waiting.empty() && batch.size() < kLargestBatch) {
                batch.push_back(std::move(m_waiting.front()));
                m_waiting.pop_front();
            }
            m_busy = true;
        }
        commit(makeDurable(batch), stop);
    }
}

std::vector<Segment> SegmentFinisher::makeDurable(Batch& batch) {
    std::vector<Segment> durable;
    std::set<std::filesystem::path> folders;
    for (WrittenSegment& written : batch) {
        const auto bytes = static_cast<std::uint64_t>(written.segment.bytes);
        base::Result<void> done = written.mayBeLonger ? written.file->truncate(bytes) : base::Result<void>{};
        if (done) {
            done = written.file->sync();
        }
        written.file.reset();
        if (!done) {
            giveUp(written.segment, done.error());
            continue;
        }
        folders.insert(written.segment.path().parent_path());
        durable.push_back(written.segment);
    }
    for (const auto& folder : folders) {
        if (const auto synced = m_files.syncFolder(folder); !synced) {
            std::erase_if(durable, [&](const Segment& segment) {
                const bool isLost = segment.path().parent_path() == folder;
                if (isLost) {
                    giveUp(segment, synced.error());
                }
                return isLost;
            });
        }
    }
    return durable;
}

void SegmentFinisher::giveUp(const Segment& segment, const base::Error& error) {
    spdlog::error("{} is not safe on the disk and is finished when the disk works again: {}", segment.file.string(),
                  error.message);
    m_unfinished.add(
        {{segment.camera, segment.file, segment.begin, segment.firstMediaTime, segment.volume, segment.folder},
         segment.end});
}

void SegmentFinisher::commit(const std::vector<Segment>& segments, const std::stop_token& stop) {
    if (segments.empty()) {
        return;
    }
    bool told = false;
    while (true) {
        const auto committed = m_index.finish(segments);
        if (committed) {
            if (told) {
                spdlog::info("the files that waited have their rows");
            }
            return;
        }
        if (!std::exchange(told, true)) {
            spdlog::error("{} finished files wait for their rows: {}", segments.size(), committed.error().message);
        }
        if (stop.stop_requested()) {
            return;  // their open rows stand, so the next start finishes them
        }
        std::unique_lock lock{m_mutex};
        m_changed.wait_for(lock, stop, kPause, [] { return false; });
    }
}

}  // namespace leedswatch::video

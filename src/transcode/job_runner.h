#pragma once

#include "base/file.h"
#include "base/subscription.h"
#include "store/change_feed.h"
#include "store/database.h"
#include "transcode/job_queue.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace leedswatch::transcode {

/// Does the jobs of the list one after the other while it lives, on a thread of its own with low priority: recording
/// comes first. Of all runners of a store, in whatever programs, one works at a time: the one that has the lock
/// run/transcode.lock, which ends with its process, however that ends; the others wait for it. What a killed runner
/// was doing goes on from its last whole piece.
///
/// Destroying it stops the job in hand, which waits then for the next runner, and waits for that: at most a second or
/// so, unless a disk does not answer.
class JobRunner {
public:
    struct Settings {
        TranscodeOptions options;
        int niceness = 10;                           ///< of its thread and those that it starts
        std::chrono::milliseconds lockRetry{3'000};  ///< how often it is seen whether another one has gone
    };

    JobRunner(store::Database& database, store::ChangeFeed& feed, const base::Clock& clock, Settings settings);

private:
    void run(const std::stop_token& stop);
    [[nodiscard]] bool haveLock();
    [[nodiscard]] base::Result<bool> doNext(const std::stop_token& stop);
    [[nodiscard]] base::Result<nlohmann::json> convert(Job& job, const std::stop_token& stop);
    [[nodiscard]] base::Result<void> conclude(const Job& job, const base::Error& error);
    [[nodiscard]] base::Result<void> prepareResult(Job& job);
    [[nodiscard]] base::Result<std::optional<nlohmann::json>> findMade(const Job& job,
                                                                       const std::stop_token& stop) const;
    void stopIfUnwanted(const Job& job, std::stop_source& stop);

    // Constant after construction.
    store::Database& m_database;
    const base::Clock& m_clock;
    const Settings m_settings;

    // The runner's thread only.
    JobQueue m_queue;
    std::optional<base::FileLock> m_lock;
    bool m_isTroubled = false;  ///< the last thing failed, and the log says so

    // Own synchronisation.
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::atomic<bool> m_isWoken = true;  ///< the list has changed since it was looked at
    base::Subscription m_subscription;
    std::jthread m_thread;
};

}  // namespace leedswatch::transcode

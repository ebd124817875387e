#include "transcode/job_runner.h"

#include "transcode/film_hash.h"
#include "transcode/job_progress.h"
#include "transcode/result_name.h"
#include "transcode/transcode_report.h"
#include "transcode/work_folder.h"

#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <unistd.h>

#include <system_error>

namespace leedswatch::transcode {
namespace {

bool isFile(const std::filesystem::path& path) {
    std::error_code error;
    return std::filesystem::exists(std::filesystem::symlink_status(path, error));
}

base::Result<void> requireFolder(const std::filesystem::path& folder) {
    std::error_code error;
    if (!std::filesystem::is_directory(folder, error)) {
        return base::fail(base::ErrorCode::NotFound, "there is no folder " + folder.string());
    }
    return {};
}

/// It has been on a disk: whether it has all that is asked of a report.
bool isReportOn(const nlohmann::json& report, const std::filesystem::path& source) {
    const auto has = [&](const char* pointer, auto&& isRight) {
        const nlohmann::json::json_pointer at{pointer};
        return report.contains(at) && isRight(report.at(at));
    };
    const auto isText = [](const nlohmann::json& value) { return value.is_string(); };
    const auto isCount = [](const nlohmann::json& value) { return value.is_number_integer(); };
    return has("/source/file", [&](const nlohmann::json& file) { return file == source.string(); }) &&
           has("/source/sha256", isText) && has("/result/sha256", isText) && has("/pictures_in", isCount) &&
           has("/pictures_out", isCount) &&
           has("/damage/found", [](const nlohmann::json& found) { return found.is_boolean(); });
}

/// What a reader says of a file that went away under it is not what happened.
base::Error causeOf(const Job& job, base::Error error) {
    if (error.code == base::ErrorCode::NotFound || isFile(job.source)) {
        return error;
    }
    return {base::ErrorCode::NotFound, job.source.string() + " went away while it was being converted"};
}

}  // namespace

JobRunner::JobRunner(store::Database& database, store::ChangeFeed& feed, const base::Clock& clock, Settings settings)
    : m_database{database},
      m_clock{clock},
      m_settings{std::move(settings)},
      m_queue{database},
      m_subscription{feed.subscribe({kJobsTopic},
                                    [this] {
                                        m_isWoken = true;
                                        const std::scoped_lock lock{m_mutex};
                                        m_wake.notify_all();
                                    })},
      m_thread{[this](const std::stop_token& stop) { run(stop); }} {}

void JobRunner::run(const std::stop_token& stop) {
    // On Linux this is of the thread and of those that it starts: the encoder's. Nothing depends on it.
    static_cast<void>(::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), m_settings.niceness));
    while (!stop.stop_requested()) {
        if (haveLock()) {
            m_isWoken = false;
            const auto done = doNext(stop);
            if (done && *done) {
                continue;
            }
            if (!done && !std::exchange(m_isTroubled, true)) {
                spdlog::error("old recordings are not converted: {}", done.error().message);
            }
            m_isTroubled = !done;
        }
        std::unique_lock lock{m_mutex};
        const auto isWoken = [this] { return m_lock && !m_isTroubled && m_isWoken; };
        if (m_lock && !m_isTroubled) {
            m_wake.wait(lock, stop, isWoken);
        } else {
            m_wake.wait_for(lock, stop, m_settings.lockRetry, isWoken);
        }
    }
}

bool JobRunner::haveLock() {
    if (m_lock) {
        return true;
    }
    const auto folder = m_database.folder() / "run";
    auto made = base::createFolders(folder);
    auto lock = made ? base::FileLock::acquire(folder / "transcode.lock") : base::fail(made.error());
    if (lock) {
        m_lock = std::move(*lock);
        m_isTroubled = false;
    } else if (lock.error().code != base::ErrorCode::Busy && !std::exchange(m_isTroubled, true)) {
        spdlog::error("old recordings are not converted: {}", lock.error().message);
    }
    return m_lock.has_value();
}

/// False: there is nothing to do.
base::Result<bool> JobRunner::doNext(const std::stop_token& stop) {
    TRY(m_queue.putBack());
    TRY_ASSIGN(auto job, m_queue.takeNext());
    if (!job) {
        return false;
    }
    const auto report = convert(*job, stop);
    if (report) {
        TRY(m_queue.finish(*job, *report));
    } else {
        TRY(conclude(*job, report.error()));
    }
    return true;
}

base::Result<nlohmann::json> JobRunner::convert(Job& job, const std::stop_token& stop) {
    TRY_ASSIGN(auto made, findMade(job, stop));
    if (made) {
        return std::move(*made);
    }
    TRY(requireFolder(job.folder));
    TRY(m_queue.checkSource(job));
    TRY(prepareResult(job));
    std::stop_source jobStop;
    const std::stop_callback whenAllStops{stop, [&jobStop] { jobStop.request_stop(); }};
    JobProgress progress{m_clock, job.share};
    const auto told = [&](const TranscodeProgress& now) {
        progress.take(now);
        if (progress.isDue()) {
            // What cannot be told is told the next time.
            static_cast<void>(m_queue.tell(job.id, progress));
        }
        stopIfUnwanted(job, jobStop);
    };
    TRY_ASSIGN(const auto report, transcodeFile(job.source, job.result, m_settings.options, jobStop.get_token(), told));
    return toJson(report);
}

void JobRunner::stopIfUnwanted(const Job& job, std::stop_source& stop) {
    if (!m_isWoken.exchange(false)) {
        return;
    }
    const auto state = m_queue.stateOf(job.id);
    if (state && *state != JobState::Running) {
        stop.request_stop();
    }
}

base::Result<void> JobRunner::conclude(const Job& job, const base::Error& error) {
    TRY_ASSIGN(const auto state, m_queue.stateOf(job.id));
    if (!state) {
        return job.result.empty() ? base::Result<void>{} : WorkFolder::discard(job.result);
    }
    if (*state != JobState::Running) {
        return {};
    }
    if (error.code == base::ErrorCode::Cancelled) {
        return m_queue.putBack();  // the console closes
    }
    return m_queue.fail(job, causeOf(job, error));
}

/// Somebody may have put a file there since: what has been done then goes on under another name.
base::Result<void> JobRunner::prepareResult(Job& job) {
    if (!job.result.empty() && !isFile(job.result)) {
        return {};
    }
    base::Result<void> read;
    const auto name = freeResultName(job.folder, job.source, [&](const std::filesystem::path& path) {
        const auto taken = m_queue.isResultOfOther(job, path);
        if (!taken) {
            read = base::fail(taken.error());
        }
        return taken && *taken;
    });
    TRY(read);
    if (!job.result.empty() && isFile(WorkFolder::pathOf(job.result))) {
        std::error_code error;
        std::filesystem::rename(WorkFolder::pathOf(job.result), WorkFolder::pathOf(name), error);
        if (error) {
            return base::fail(base::ErrorCode::StorageFailed,
                              "rename " + WorkFolder::pathOf(job.result).string() + ": " + error.message());
        }
    }
    return m_queue.setResult(job, name);
}

/// A runner that was killed after the result had its name and before the store knew of it.
base::Result<std::optional<nlohmann::json>> JobRunner::findMade(const Job& job, const std::stop_token& stop) const {
    if (job.result.empty() || !isFile(job.result)) {
        return std::nullopt;
    }
    const auto text = base::readWholeFile(job.result.string() + ".report.json");
    auto report = text ? nlohmann::json::parse(*text, nullptr, false) : nlohmann::json{};
    if (!isReportOn(report, job.source)) {
        return std::nullopt;
    }
    const auto hash = hashFilm(job.result, stop, [](std::uint64_t) {});
    if (!hash) {
        return base::fail(hash.error());
    }
    if (base::toHex(hash->sha256) != report["result"]["sha256"]) {
        return std::nullopt;
    }
    static_cast<void>(WorkFolder::discard(job.result));
    return report;
}

}  // namespace leedswatch::transcode

#include "transcode/job_list.h"

#include "base/file.h"
#include "transcode/film_files.h"
#include "transcode/job_rows.h"
#include "transcode/work_folder.h"

#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <functional>
#include <map>
#include <span>

namespace leedswatch::transcode {
namespace {

/// Thousands of files in one transaction would keep the recorder from writing meanwhile.
constexpr std::size_t kRowsAtOnce = 100;

struct NewSource {
    std::filesystem::path file;
    FileStamp stamp;
};

template <typename Item>
base::Result<void> inPortions(store::Database& database, const std::vector<Item>& items,
                              const std::function<base::Result<void>(store::Transaction&, const Item&)>& change) {
    for (std::size_t begin = 0; begin < items.size(); begin += kRowsAtOnce) {
        const auto portion = std::span{items}.subspan(begin, std::min(kRowsAtOnce, items.size() - begin));
        const auto written = database.write([&](store::Transaction& transaction) -> base::Result<void> {
            for (const Item& item : portion) {
                TRY(change(transaction, item));
            }
            return {};
        });
        if (!written) {
            return base::fail(written.error());
        }
    }
    return {};
}

std::vector<NewSource> lookAt(const std::vector<std::filesystem::path>& files, JobList::Added& added) {
    std::vector<NewSource> sources;
    const auto take = [&](const std::filesystem::path& file) {
        const auto stamp = stampOf(file);
        if (stamp) {
            sources.push_back({file, *stamp});
        } else {
            added.refused.push_back(stamp.error());
        }
    };
    for (const auto& given : files) {
        std::error_code error;
        auto file = std::filesystem::absolute(given, error).lexically_normal();
        if (!std::filesystem::is_directory(file, error)) {
            take(file);
            continue;
        }
        const FoundFilms found = findFilms(file);
        added.others += found.others;
        std::ranges::for_each(found.films, take);
    }
    return sources;
}

/// Nothing if it is on the list already.
std::optional<JobId> insertJob(soci::session& sql, const access::Acting& acting, const NewSource& source) {
    const std::string path = source.file.string();
    const long long bytes = source.stamp.bytes;
    const long long time = source.stamp.time;
    long long id = 0;
    sql << "INSERT INTO transcode_job (place, source, source_bytes, source_time, who, workstation) "
           "VALUES ((SELECT coalesce(max(place), 0) + 1 FROM transcode_job), :source, :bytes, :time, :who, :desk) "
           "ON CONFLICT (source) DO NOTHING RETURNING id",
        soci::use(path, "source"), soci::use(bytes, "bytes"), soci::use(time, "time"),
        soci::use(acting.username, "who"), soci::use(acting.workstation, "desk"), soci::into(id);
    return sql.got_data() ? std::optional{JobId{id}} : std::nullopt;
}

bool canBeStarted(const Job& job) {
    return job.state == JobState::New || job.state == JobState::Stopped || job.state == JobState::Failed;
}

base::Result<void> checkFolder(const std::filesystem::path& folder) {
    std::error_code error;
    if (!folder.is_absolute() || !std::filesystem::is_directory(folder, error)) {
        return base::fail(base::ErrorCode::NotFound, "there is no folder " + folder.string());
    }
    // A share may say that it can be written to, and refuse.
    const auto probe = folder / (".leedswatch-" + std::to_string(::getpid()));
    const auto written = base::File::create(probe);
    std::filesystem::remove(probe, error);
    if (!written && written.error().code != base::ErrorCode::AlreadyExists) {
        return base::fail(base::ErrorCode::StorageFailed, "nothing can be written into " + folder.string());
    }
    return {};
}

void markStarted(soci::session& sql, const access::Acting& acting, const Job& job, const std::filesystem::path& folder,
                 const FileStamp& stamp) {
    const long long id = job.id.value();
    const std::string place = job.result.empty() ? folder.string() : job.folder.string();
    const long long bytes = stamp.bytes;
    const long long time = stamp.time;
    sql << "UPDATE transcode_job SET state = 'waiting', folder = :folder, source_bytes = :bytes, source_time = :time, "
           "who = :who, workstation = :desk, error = '', message = '', seconds_left = NULL WHERE id = :id",
        soci::use(place, "folder"), soci::use(bytes, "bytes"), soci::use(time, "time"),
        soci::use(acting.username, "who"), soci::use(acting.workstation, "desk"), soci::use(id, "id");
}

void setPlace(soci::session& sql, JobId job, long long place) {
    const long long id = job.value();
    sql << "UPDATE transcode_job SET place = :place WHERE id = :id", soci::use(place, "place"), soci::use(id, "id");
}

long long placeOf(soci::session& sql, JobId job) {
    const long long id = job.value();
    long long place = 0;
    sql << "SELECT place FROM transcode_job WHERE id = :id", soci::use(id, "id"), soci::into(place);
    return place;
}

}  // namespace

base::Result<std::vector<Job>> JobList::list() {
    return m_database.read([](soci::session& sql) -> base::Result<std::vector<Job>> { return selectJobs(sql); });
}

base::Result<std::string> JobList::report(JobId id) {
    return m_database.read([id](soci::session& sql) -> base::Result<std::string> {
        const long long wanted = id.value();
        std::string text;
        sql << "SELECT report FROM transcode_job WHERE id = :id", soci::use(wanted, "id"), soci::into(text);
        if (!sql.got_data() || text.empty()) {
            return base::fail(base::ErrorCode::NotFound, "there is no report of this recording");
        }
        return text;
    });
}

base::Result<JobList::Added> JobList::add(const access::Acting& acting,
                                          const std::vector<std::filesystem::path>& files) {
    TRY(access::require(acting, access::Right::ExportFootage));
    Added added;
    const auto sources = lookAt(files, added);
    TRY(inPortions<NewSource>(m_database, sources,
                              [&](store::Transaction& transaction, const NewSource& source) -> base::Result<void> {
                                  const auto id = insertJob(transaction.sql(), acting, source);
                                  if (!id) {
                                      ++added.known;
                                      return {};
                                  }
                                  auditJob(transaction, acting.username, acting.workstation, "transcode.listed",
                                           *selectJob(transaction.sql(), *id));
                                  added.jobs.push_back(*id);
                                  return {};
                              }));
    return added;
}

base::Result<void> JobList::start(const access::Acting& acting, const std::vector<JobId>& jobs,
                                  const std::filesystem::path& folder) {
    TRY(access::require(acting, access::Right::ExportFootage));
    TRY(checkFolder(folder));
    // A file that has changed while it waited is not what somebody put on the list. One that is started again is taken
    // as it is now.
    std::map<JobId, FileStamp> stamps;
    TRY_ASSIGN(const auto all, list());
    for (const Job& job : all) {
        if ((job.state == JobState::Stopped || job.state == JobState::Failed) && std::ranges::count(jobs, job.id) > 0) {
            if (const auto stamp = stampOf(job.source)) {
                stamps[job.id] = *stamp;
            }
        }
    }
    return inPortions<JobId>(m_database, jobs, [&](store::Transaction& transaction, JobId id) -> base::Result<void> {
        const auto job = selectJob(transaction.sql(), id);
        if (!job || !canBeStarted(*job)) {
            return {};
        }
        const auto fresh = stamps.find(id);
        markStarted(transaction.sql(), acting, *job, folder,
                    fresh != stamps.end() ? fresh->second : selectStamp(transaction.sql(), id));
        auditJob(transaction, acting.username, acting.workstation, "transcode.started",
                 *selectJob(transaction.sql(), id));
        return {};
    });
}

base::Result<void> JobList::stop(const access::Acting& acting, const std::vector<JobId>& jobs) {
    TRY(access::require(acting, access::Right::ExportFootage));
    return inPortions<JobId>(m_database, jobs, [&](store::Transaction& transaction, JobId id) -> base::Result<void> {
        const auto job = selectJob(transaction.sql(), id);
        if (!job || (job->state != JobState::Waiting && job->state != JobState::Running)) {
            return {};
        }
        const long long number = id.value();
        transaction.sql() << "UPDATE transcode_job SET state = 'stopped', seconds_left = NULL WHERE id = :id",
            soci::use(number, "id");
        auditJob(transaction, acting.username, acting.workstation, "transcode.stopped", *job);
        return {};
    });
}

base::Result<void> JobList::remove(const access::Acting& acting, const std::vector<JobId>& jobs) {
    TRY(access::require(acting, access::Right::ExportFootage));
    std::vector<std::filesystem::path> unfinished;
    TRY(inPortions<JobId>(m_database, jobs, [&](store::Transaction& transaction, JobId id) -> base::Result<void> {
        const auto job = selectJob(transaction.sql(), id);
        if (!job) {
            return {};
        }
        const long long number = id.value();
        transaction.sql() << "DELETE FROM transcode_job WHERE id = :id", soci::use(number, "id");
        auditJob(transaction, acting.username, acting.workstation, "transcode.removed", *job);
        // A running one is the runner's, who sees that it is gone.
        if (!job->result.empty() && job->state != JobState::Done && job->state != JobState::Running) {
            unfinished.push_back(job->result);
        }
        return {};
    }));
    for (const auto& result : unfinished) {
        if (const auto discarded = WorkFolder::discard(result); !discarded) {
            spdlog::warn("what was made of {} stays: {}", result.string(), discarded.error().message);
        }
    }
    return {};
}

base::Result<void> JobList::moveUp(const access::Acting& acting, JobId job) {
    TRY(access::require(acting, access::Right::ExportFootage));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        const auto jobs = selectJobs(transaction.sql());
        const auto found = std::ranges::find(jobs, job, &Job::id);
        if (found == jobs.end() || found == jobs.begin() || std::prev(found)->state == JobState::Running) {
            return {};
        }
        const JobId other = std::prev(found)->id;
        const long long place = placeOf(transaction.sql(), job);
        setPlace(transaction.sql(), job, placeOf(transaction.sql(), other));
        setPlace(transaction.sql(), other, place);
        auditJob(transaction, acting.username, acting.workstation, "transcode.moved", *found);
        return {};
    });
}

const store::AuditWitness& JobList::witness() {
    return jobWitness();
}

}  // namespace leedswatch::transcode

#include "transcode/job_rows.h"

#include <sys/stat.h>

#include <array>
#include <cerrno>

namespace leedswatch::transcode {
namespace {

using StoredNumber = long long;

JobState jobStateFrom(const std::string& name) {
    for (const JobState state :
         {JobState::Waiting, JobState::Running, JobState::Stopped, JobState::Done, JobState::Failed}) {
        if (nameOf(state) == name) {
            return state;
        }
    }
    return JobState::New;
}

TranscodePhase phaseFrom(const std::string& name) {
    using enum TranscodePhase;
    for (const TranscodePhase phase : {Recalling, Looking, Making, Joining, Checking}) {
        if (nameOf(phase) == name) {
            return phase;
        }
    }
    return Hashing;
}

base::ErrorCode errorCodeFrom(const std::string& name) {
    using enum base::ErrorCode;
    for (const base::ErrorCode code : {NotFound, AlreadyExists, InvalidInput, NotPermitted, Unsupported, Busy,
                                       StorageFull, StorageFailed, Damaged}) {
        if (base::nameOf(code) == name) {
            return code;
        }
    }
    return Internal;
}

std::vector<Job> fetchJobs(soci::session& sql, const std::string& condition, StoredNumber wanted) {
    struct Row {
        StoredNumber id = 0;
        StoredNumber left = 0;
        int share = 0;
        int hasDamage = 0;
        std::array<std::string, 9> text;
    } row;
    auto& [source, folder, result, state, phase, error, message, who, workstation] = row.text;
    soci::statement statement =
        (sql.prepare << "SELECT id, source, folder, result, state, phase, share, coalesce(seconds_left, -1), "
                        "has_damage, error, message, who, workstation FROM transcode_job "
                        "WHERE (:wanted = 0 OR id = :wanted) " +
                            condition,
         soci::use(wanted, "wanted"), soci::into(row.id), soci::into(source), soci::into(folder), soci::into(result),
         soci::into(state), soci::into(phase), soci::into(row.share), soci::into(row.left), soci::into(row.hasDamage),
         soci::into(error), soci::into(message), soci::into(who), soci::into(workstation));
    std::vector<Job> jobs;
    for (bool more = statement.execute(true); more; more = statement.fetch()) {
        Job job;
        job.id = JobId{row.id};
        job.source = source;
        job.folder = folder;
        job.result = result;
        job.state = jobStateFrom(state);
        job.phase = phaseFrom(phase);
        job.share = row.share;
        job.left = row.left < 0 ? std::nullopt : std::optional{std::chrono::seconds{row.left}};
        job.hasDamage = row.hasDamage != 0;
        job.error = {errorCodeFrom(error), message};
        job.who = who;
        job.workstation = workstation;
        jobs.push_back(std::move(job));
    }
    return jobs;
}

}  // namespace

std::vector<Job> selectJobs(soci::session& sql) {
    return fetchJobs(sql, "ORDER BY place, id", 0);
}

std::optional<Job> selectJob(soci::session& sql, JobId id) {
    auto found = fetchJobs(sql, "AND id <> 0", id.value());
    return !id.isValid() || found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

base::Result<FileStamp> stampOf(const std::filesystem::path& file) {
    struct stat found {};
    if (::stat(file.c_str(), &found) != 0) {
        if (errno == ENOENT || errno == ENOTDIR) {
            return base::fail(base::ErrorCode::NotFound, "there is no file " + file.string());
        }
        return base::fail(base::errorFromErrno(errno, "look at " + file.string()));
    }
    if (!S_ISREG(found.st_mode)) {
        return base::fail(base::ErrorCode::InvalidInput, file.string() + " is no file");
    }
    return FileStamp{found.st_size, std::int64_t{found.st_mtim.tv_sec} * 1'000'000 + found.st_mtim.tv_nsec / 1'000};
}

FileStamp selectStamp(soci::session& sql, JobId id) {
    const StoredNumber wanted = id.value();
    StoredNumber bytes = 0;
    StoredNumber time = 0;
    sql << "SELECT source_bytes, source_time FROM transcode_job WHERE id = :id", soci::use(wanted, "id"),
        soci::into(bytes), soci::into(time);
    return {bytes, time};
}

void auditJob(store::Transaction& transaction, const std::string& who, const std::string& workstation,
              const std::string& action, const Job& job, const nlohmann::json& details) {
    store::AuditEvent event;
    event.who = who;
    event.workstation = workstation;
    event.action = action;
    event.object = "recording " + std::to_string(job.id.value());
    event.details = details;
    event.personal = job.result.empty() ? job.source.string() : job.source.string() + " to " + job.result.string();
    event.witnesses = {{&jobWitness(), job.id.value()}};
    transaction.audit(event);
    transaction.notify(kJobsTopic, std::to_string(job.id.value()));
}

const store::AuditWitness& jobWitness() {
    static const store::AuditWitness witness{"transcode_job",
                                             "transcode_job",
                                             "id",
                                             "source",
                                             {"id", "source", "folder", "result", "who", "workstation", "report"},
                                             store::AuditWitness::Rows::Changing};
    return witness;
}

}  // namespace leedswatch::transcode

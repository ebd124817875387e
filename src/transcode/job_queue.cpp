#include "transcode/job_queue.h"

#include "transcode/job_progress.h"
#include "transcode/job_rows.h"
#include "transcode/transcode_report.h"

namespace leedswatch::transcode {
namespace {

/// Those that would fill what little room there is, and fail one after the other.
long long stopWaiting(soci::session& sql, const std::filesystem::path& folder) {
    const std::string name = folder.string();
    soci::statement statement = (sql.prepare << "UPDATE transcode_job SET state = 'stopped', seconds_left = NULL "
                                                "WHERE state = 'waiting' AND folder = :folder",
                                 soci::use(name, "folder"));
    statement.execute(true);
    return statement.get_affected_rows();
}

}  // namespace

base::Result<void> JobQueue::putBack() {
    const auto count = [](soci::session& sql) -> base::Result<int> {
        int running = 0;
        sql << "SELECT count(*) FROM transcode_job WHERE state = 'running'", soci::into(running);
        return running;
    };
    TRY_ASSIGN(const int running, m_database.read(count));
    if (running == 0) {
        return {};
    }
    return m_database.write([](store::Transaction& transaction) -> base::Result<void> {
        transaction.sql() << "UPDATE transcode_job SET state = 'waiting', seconds_left = NULL WHERE state = 'running'";
        transaction.notify(kJobsTopic, "");
        return {};
    });
}

base::Result<std::optional<Job>> JobQueue::takeNext() {
    const auto next = [](soci::session& sql) -> base::Result<JobId> {
        long long id = 0;
        sql << "SELECT id FROM transcode_job WHERE state = 'waiting' ORDER BY place, id LIMIT 1", soci::into(id);
        return sql.got_data() ? JobId{id} : JobId{};
    };
    TRY_ASSIGN(const JobId waiting, m_database.read(next));
    if (!waiting.isValid()) {
        return std::nullopt;
    }
    return m_database.write([&](store::Transaction& transaction) -> base::Result<std::optional<Job>> {
        TRY_ASSIGN(const JobId id, next(transaction.sql()));
        const long long number = id.value();
        transaction.sql() << "UPDATE transcode_job SET state = 'running' WHERE id = :id", soci::use(number, "id");
        transaction.notify(kJobsTopic, std::to_string(number));
        return selectJob(transaction.sql(), id);
    });
}

base::Result<void> JobQueue::checkSource(const Job& job) {
    TRY_ASSIGN(const FileStamp now, stampOf(job.source));
    TRY_ASSIGN(const FileStamp then, m_database.read([&](soci::session& sql) -> base::Result<FileStamp> {
        return selectStamp(sql, job.id);
    }));
    if (now != then) {
        return base::fail(base::ErrorCode::InvalidInput,
                          job.source.string() + " has been changed since it was put on the list");
    }
    return {};
}

base::Result<bool> JobQueue::isResultOfOther(const Job& job, const std::filesystem::path& result) {
    return m_database.read([&](soci::session& sql) -> base::Result<bool> {
        const long long id = job.id.value();
        const std::string path = result.string();
        int others = 0;
        sql << "SELECT count(*) FROM transcode_job WHERE result = :result AND id <> :id", soci::use(path, "result"),
            soci::use(id, "id"), soci::into(others);
        return others > 0;
    });
}

base::Result<void> JobQueue::setResult(Job& job, const std::filesystem::path& result) {
    job.result = result;
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        const long long id = job.id.value();
        const std::string path = result.string();
        transaction.sql() << "UPDATE transcode_job SET result = :result WHERE id = :id", soci::use(path, "result"),
            soci::use(id, "id");
        auditJob(transaction, job.who, job.workstation, "transcode.begun", job);
        return {};
    });
}

base::Result<std::optional<JobState>> JobQueue::stateOf(JobId job) {
    return m_database.read([&](soci::session& sql) -> base::Result<std::optional<JobState>> {
        const auto found = selectJob(sql, job);
        return found ? std::optional{found->state} : std::nullopt;
    });
}

base::Result<void> JobQueue::tell(JobId job, const JobProgress& progress) {
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        const long long id = job.value();
        const std::string phase{nameOf(progress.phase())};
        const int share = progress.share();
        const long long left = progress.left().value_or(std::chrono::seconds{-1}).count();
        transaction.sql() << "UPDATE transcode_job SET phase = :phase, share = :share, "
                             "seconds_left = nullif(:left, -1) WHERE id = :id AND state = 'running'",
            soci::use(phase, "phase"), soci::use(share, "share"), soci::use(left, "left"), soci::use(id, "id");
        transaction.notify(kJobsTopic, std::to_string(id));
        return {};
    });
}

base::Result<void> JobQueue::finish(const Job& job, const nlohmann::json& report) {
    const std::string text = textOf(report);
    const nlohmann::json details{{"source_sha256", report["source"]["sha256"]},
                                 {"result_sha256", report["result"]["sha256"]},
                                 {"pictures_in", report["pictures_in"]},
                                 {"pictures_out", report["pictures_out"]},
                                 {"damage", report["damage"]["found"]}};
    const int hasDamage = report["damage"]["found"].get<bool>() ? 1 : 0;
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        const long long id = job.id.value();
        // Whatever a person has said meanwhile: the result is there.
        transaction.sql() << "UPDATE transcode_job SET state = 'done', share = 1000, seconds_left = NULL, error = '', "
                             "message = '', has_damage = :damage, report = :report WHERE id = :id",
            soci::use(hasDamage, "damage"), soci::use(text, "report"), soci::use(id, "id");
        auditJob(transaction, job.who, job.workstation, "transcode.finished", job, details);
        return {};
    });
}

base::Result<void> JobQueue::fail(const Job& job, const base::Error& error) {
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        const long long id = job.id.value();
        const std::string kind{base::nameOf(error.code)};
        transaction.sql() << "UPDATE transcode_job SET state = 'failed', seconds_left = NULL, error = :error, "
                             "message = :message WHERE id = :id AND state = 'running'",
            soci::use(kind, "error"), soci::use(error.message, "message"), soci::use(id, "id");
        nlohmann::json details{{"error", kind}};
        if (error.code == base::ErrorCode::StorageFull) {
            details["stopped_too"] = stopWaiting(transaction.sql(), job.folder);
        }
        auditJob(transaction, job.who, job.workstation, "transcode.failed", job, details);
        return {};
    });
}

}  // namespace leedswatch::transcode

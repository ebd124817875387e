#include "evidence/archive_seal.h"

#include "store/audit_run.h"

namespace leedswatch::evidence {
namespace {

// A run is one commit, and desks wait for its lock.
constexpr std::int64_t rowsOfRun = 1'000;
constexpr int mostRuns = 16;

// video::segmentPath() in SQL: rows no longer hold what follows from others, and what is vouched for stays the same.
constexpr const char* fileName =
    "coalesce(file, printf('%04d/%s/%04d-%s.%03dZ.mp4', number, strftime('%Y-%m-%d', begin_time / 1000000, "
    "'unixepoch'), number, strftime('%Y%m%dT%H%M%S', begin_time / 1000000, 'unixepoch'), begin_time / 1000 % 1000))";

}  // namespace

const store::AuditWitness& segmentWitness() {
    static const store::AuditWitness witness{
        "archive_segment",
        "segment",
        "id",
        fileName,
        {"camera_id", fileName, "begin_time", "begin_time + duration", "first_media_time",
         "first_media_time + media_span", "frames", "bytes", "lower(hex(sha256))", "cause"},
        store::AuditWitness::Rows::InRuns,
        "segment_digest",
        "segment_run"};
    return witness;
}

base::Result<std::int64_t> sealArchive(store::Database& database) {
    store::AuditEvent event;
    event.who = "station";
    event.action = "archive.sealed";
    event.object = "archive";
    std::int64_t sealed = 0;
    for (int run = 0; run < mostRuns; ++run) {
        TRY_ASSIGN(const std::int64_t rows, store::sealNewRows(database, segmentWitness(), event, rowsOfRun));
        sealed += rows;
        if (rows < rowsOfRun) {
            break;
        }
    }
    return sealed;
}

}  // namespace leedswatch::evidence

#include "evidence/archive_seal.h"

#include "store/audit_run.h"

namespace leedswatch::evidence {
namespace {

// A run is one commit, and desks wait for its lock.
constexpr std::int64_t rowsOfRun = 1'000;
constexpr int mostRuns = 16;

}  // namespace

const store::AuditWitness& segmentWitness() {
    static const store::AuditWitness witness{"archive_segment",
                                             "segment",
                                             "id",
                                             "file",
                                             {"camera_id", "file", "begin_time", "end_time", "first_media_time",
                                              "last_media_time", "frames", "bytes", "sha256", "cause"},
                                             store::AuditWitness::Rows::InRuns,
                                             "segment_digest"};
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

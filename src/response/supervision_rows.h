#pragma once

#include "response/supervision_journal.h"

#include <soci/soci.h>

#include <string>
#include <vector>

namespace leedswatch::response {

// The rows of supervision as they go in and out. Each throws soci::soci_error.

/// Writes changes and the states that they lead to, with statements that are prepared once; the state of a path that is
/// supervised no longer is removed. Within one transaction.
class ChangeWriter {
public:
    explicit ChangeWriter(soci::session& sql);
    ChangeWriter(const ChangeWriter&) = delete;
    ChangeWriter& operator=(const ChangeWriter&) = delete;

    SupervisionChangeId write(const PathChange& change);
    SupervisionChangeId write(const TestChange& change);

private:
    SupervisionChangeId insert();

    soci::session& m_sql;
    long long m_id = 0;
    long long m_panel = 0;
    std::string m_subject;
    std::string m_from;
    std::string m_to;
    long long m_changed = 0;
    int m_bothFailed = 0;
    // Last: they are bound to those above.
    soci::statement m_insert;
    soci::statement m_savePath;
};

void saveHeard(soci::session& sql, const HeardPaths& heard, base::UtcTime now);

[[nodiscard]] SupervisionMemory selectMemory(soci::session& sql);
/// In the order of their ids, or the newest first.
struct ChangeSelection {
    SupervisionQuery query = {};
    SupervisionChangeId after = {};
    bool newestFirst = true;
};
[[nodiscard]] std::vector<StoredSupervisionChange> selectChanges(soci::session& sql, const ChangeSelection& which);

}  // namespace leedswatch::response

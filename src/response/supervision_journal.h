#pragma once

#include "access/person.h"
#include "response/path_supervisor.h"
#include "response/test_supervisor.h"
#include "store/database.h"

#include <variant>
#include <vector>

namespace leedswatch::response {

using SupervisionChangeId = base::Id<struct SupervisionChangeTag>;

/// A change read back.
struct StoredSupervisionChange {
    SupervisionChangeId id;
    std::variant<PathChange, TestChange> change;
};

struct SupervisionQuery {
    base::UtcTime from = base::UtcTime::min();
    base::UtcTime until = base::UtcTime::max();
    std::optional<estate::PanelId> panel = {};
    int most = 100;
};

/// What a run of the station leaves to the next.
struct SupervisionMemory {
    std::chrono::microseconds uptime{};       ///< of all runs together
    std::optional<base::UtcTime> alive = {};  ///< when it was written last; none: nobody ever watched
    std::vector<PathStanding> paths = {};
    std::vector<TestStanding> tests = {};
};

/// What was heard since it was written last, with the clock that silence is measured on.
struct HeardPaths {
    std::chrono::microseconds uptime{};
    std::vector<PathStanding> paths = {};
    std::vector<TestStanding> tests = {};
};

/// How the paths and tests of panels stand, and all changes of that. Invariants: a change and the state that it leads
/// to are in one commit; no change is changed or removed. Thread-safe.
/// Topic of the change feed: "supervision".
class SupervisionJournal {
public:
    explicit SupervisionJournal(store::Database& database) : m_database{database} {}

    /// All of them in one commit, with what was heard of their paths: the rows of those that `heard` names.
    [[nodiscard]] base::Result<void> add(const SupervisionChanges& changes, const HeardPaths& heard);
    /// Observations alone, in one commit.
    [[nodiscard]] base::Result<void> setHeard(const HeardPaths& heard);

    /// By panel, the primary path first.
    [[nodiscard]] base::Result<SupervisionMemory> memory();

    /// The newest first. Error: NotPermitted (the right to read the log).
    [[nodiscard]] base::Result<std::vector<StoredSupervisionChange>> changes(const access::Acting& acting,
                                                                             const SupervisionQuery& query);
    /// Those after one that is known, in their order: for who must miss none.
    [[nodiscard]] base::Result<std::vector<StoredSupervisionChange>> changesAfter(SupervisionChangeId last, int most);

    /// What the audit log vouches for; for AuditLog::verify.
    [[nodiscard]] static const store::AuditWitness& witness();

private:
    store::Database& m_database;
};

}  // namespace leedswatch::response

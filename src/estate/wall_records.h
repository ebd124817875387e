#pragma once

#include "access/person.h"
#include "store/database.h"

#include <cstdint>
#include <string>
#include <vector>

namespace leedswatch::estate {

enum class WallRecordKind { View, Sequence };

/// A row as it is stored; `content` is JSON. Who has no right to it never gets it.
struct WallRecord {
    std::int64_t id = 0;
    std::string name;
    bool isShared = false;  ///< else it is the acting person's own
    std::string content;
    std::string changedBy;
    base::UtcTime changedAt{};
};

/// What views and sequences have in common: who may see, keep and change them, that names are unique among a person's
/// own and among the shared ones (case does not count), and that each change is in the audit log. Own ones are for
/// whoever watches live pictures, shared ones for who has Right::ShareViews. Thread-safe.
/// Topic of the change feed: "wall_records".
class WallRecords {
public:
    WallRecords(store::Database& database, WallRecordKind kind) : m_database{database}, m_kind{kind} {}

    /// The shared ones and the person's own, by name.
    [[nodiscard]] base::Result<std::vector<WallRecord>> list(const access::Acting& acting);
    /// Errors: NotPermitted, InvalidInput (the name), AlreadyExists. The new row's id.
    [[nodiscard]] base::Result<std::int64_t> add(const access::Acting& acting, const std::string& name, bool isShared,
                                                 const std::string& content);
    /// Errors of these: NotPermitted; NotFound: it was deleted meanwhile, or is somebody else's own.
    [[nodiscard]] base::Result<void> replace(const access::Acting& acting, std::int64_t id, const std::string& content);
    [[nodiscard]] base::Result<void> rename(const access::Acting& acting, std::int64_t id, const std::string& name);
    [[nodiscard]] base::Result<void> remove(const access::Acting& acting, std::int64_t id);

    /// What the audit log vouches for; for AuditLog::verify.
    [[nodiscard]] static const store::AuditWitness& witness();

private:
    [[nodiscard]] base::Result<WallRecord> findForChange(store::Transaction& transaction, const access::Acting& acting,
                                                         std::int64_t id) const;
    void audit(store::Transaction& transaction, const access::Acting& acting, const char* verb,
               const WallRecord& record) const;

    store::Database& m_database;
    const WallRecordKind m_kind;
};

}  // namespace leedswatch::estate

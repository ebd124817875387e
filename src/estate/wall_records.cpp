#include "estate/wall_records.h"

#include "base/utf8.h"
#include "store/audit_witness.h"

#include <algorithm>
#include <cctype>

namespace leedswatch::estate {
namespace {

using base::ErrorCode;

constexpr std::size_t kLongestName = 60;

const store::AuditWitness& recordWitness() {
    static const store::AuditWitness witness{
        "wall_record",
        "wall_record",
        "id",
        "name",
        {"kind", "owner_id", "name", "name_key", "content", "deleted", "changed_at", "changed_by"},
        store::AuditWitness::Rows::Changing};
    return witness;
}

std::string nameOf(WallRecordKind kind) {
    switch (kind) {
        case WallRecordKind::View: return "view";
        case WallRecordKind::Sequence: return "sequence";
    }
    return {};
}

/// By which two names are the same: letters of ASCII in lower case, without spaces around.
std::string keyOf(const std::string& name) {
    std::string key = name;
    std::transform(key.begin(), key.end(), key.begin(), [](unsigned char character) {
        return static_cast<char>(character < 0x80U ? std::tolower(character) : character);
    });
    return key;
}

base::Result<std::string> checkedName(const std::string& typed, const std::string& kind) {
    const auto first = typed.find_first_not_of(' ');
    const auto last = typed.find_last_not_of(' ');
    auto name = first == std::string::npos ? std::string{} : typed.substr(first, last - first + 1);
    const auto characters = std::count_if(name.begin(), name.end(), [](char character) {
        return (static_cast<unsigned char>(character) & 0xc0U) != 0x80U;
    });
    if (name.empty()) {
        return base::fail(ErrorCode::InvalidInput, "the " + kind + " has no name: give it one");
    }
    if (static_cast<std::size_t>(characters) > kLongestName) {
        return base::fail(ErrorCode::InvalidInput, "the name of a " + kind + " has at most 60 characters");
    }
    if (!base::isPlainText(name) || name.find_first_of("\t\r\n") != std::string::npos) {
        return base::fail(ErrorCode::InvalidInput, "the name of a " + kind + " is one line of text");
    }
    return name;
}

/// Two of one name would be AlreadyExists by the table's rule, in the database's words; here it is said in the room's.
base::Result<void> requireFree(soci::session& sql, const std::string& kind, std::int64_t owner, const std::string& name,
                               std::int64_t but) {
    const auto key = keyOf(name);
    int found = 0;
    sql << "SELECT count(*) FROM wall_record WHERE kind = :kind AND coalesce(owner_id, 0) = :owner AND "
           "name_key = :key AND deleted = 0 AND id <> :but",
        soci::use(kind, "kind"), soci::use(owner, "owner"), soci::use(key, "key"), soci::use(but, "but"),
        soci::into(found);
    if (found > 0) {
        return base::fail(ErrorCode::AlreadyExists, std::string{owner == 0 ? "there is a shared " : "you have a "} +
                                                        kind + " named '" + name + "' already");
    }
    return {};
}

base::Result<void> requireMayKeep(const access::Acting& acting, bool isShared) {
    TRY(access::require(acting, isShared ? access::Right::ShareViews : access::Right::WatchLive));
    if (!isShared && !acting.id.isValid()) {
        return base::fail(ErrorCode::InvalidInput, acting.username + " is not a person who could have views: share it");
    }
    return {};
}

}  // namespace

base::Result<std::vector<WallRecord>> WallRecords::list(const access::Acting& acting) {
    TRY(access::require(acting, access::Right::WatchLive));
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<WallRecord>> {
        const auto kind = nameOf(m_kind);
        const auto person = acting.id.value();
        std::vector<WallRecord> records;
        WallRecord row;
        std::int64_t owner = 0;
        std::int64_t changedAt = 0;
        soci::statement statement =
            (sql.prepare << "SELECT id, name, coalesce(owner_id, 0), content, changed_by, changed_at FROM wall_record "
                            "WHERE kind = :kind AND deleted = 0 AND coalesce(owner_id, 0) IN (0, :person) "
                            "ORDER BY name_key, id",
             soci::use(kind, "kind"), soci::use(person, "person"), soci::into(row.id), soci::into(row.name),
             soci::into(owner), soci::into(row.content), soci::into(row.changedBy), soci::into(changedAt));
        statement.execute();
        while (statement.fetch()) {
            row.isShared = owner == 0;
            row.changedAt = base::fromStored(changedAt);
            records.push_back(row);
        }
        return records;
    });
}

base::Result<std::int64_t> WallRecords::add(const access::Acting& acting, const std::string& name, bool isShared,
                                            const std::string& content) {
    TRY(requireMayKeep(acting, isShared));
    WallRecord record;
    TRY_ASSIGN(record.name, checkedName(name, nameOf(m_kind)));
    record.isShared = isShared;
    return m_database.write([&](store::Transaction& transaction) -> base::Result<std::int64_t> {
        const auto kind = nameOf(m_kind);
        const auto owner = isShared ? 0 : acting.id.value();
        TRY(requireFree(transaction.sql(), kind, owner, record.name, 0));
        const auto key = keyOf(record.name);
        const auto now = base::toStored(transaction.now());
        transaction.sql()
            << "INSERT INTO wall_record (kind, owner_id, name, name_key, content, changed_at, changed_by) "
               "VALUES (:kind, nullif(:owner, 0), :name, :key, :content, :now, :who) RETURNING id",
            soci::use(kind, "kind"), soci::use(owner, "owner"), soci::use(record.name, "name"), soci::use(key, "key"),
            soci::use(content, "content"), soci::use(now, "now"), soci::use(acting.username, "who"),
            soci::into(record.id);
        audit(transaction, acting, "added", record);
        return record.id;
    });
}

base::Result<void> WallRecords::replace(const access::Acting& acting, std::int64_t id, const std::string& content) {
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        TRY_ASSIGN(const auto record, findForChange(transaction, acting, id));
        const auto now = base::toStored(transaction.now());
        transaction.sql() << "UPDATE wall_record SET content = :content, changed_at = :now, changed_by = :who "
                             "WHERE id = :id",
            soci::use(content, "content"), soci::use(now, "now"), soci::use(acting.username, "who"),
            soci::use(id, "id");
        audit(transaction, acting, "changed", record);
        return {};
    });
}

base::Result<void> WallRecords::rename(const access::Acting& acting, std::int64_t id, const std::string& name) {
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        TRY_ASSIGN(auto record, findForChange(transaction, acting, id));
        TRY_ASSIGN(record.name, checkedName(name, nameOf(m_kind)));
        const auto owner = record.isShared ? 0 : acting.id.value();
        TRY(requireFree(transaction.sql(), nameOf(m_kind), owner, record.name, id));
        const auto key = keyOf(record.name);
        const auto now = base::toStored(transaction.now());
        transaction.sql() << "UPDATE wall_record SET name = :name, name_key = :key, changed_at = :now, "
                             "changed_by = :who WHERE id = :id",
            soci::use(record.name, "name"), soci::use(key, "key"), soci::use(now, "now"),
            soci::use(acting.username, "who"), soci::use(id, "id");
        audit(transaction, acting, "renamed", record);
        return {};
    });
}

base::Result<void> WallRecords::remove(const access::Acting& acting, std::int64_t id) {
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        TRY_ASSIGN(const auto record, findForChange(transaction, acting, id));
        const auto now = base::toStored(transaction.now());
        transaction.sql() << "UPDATE wall_record SET deleted = 1, changed_at = :now, changed_by = :who WHERE id = :id",
            soci::use(now, "now"), soci::use(acting.username, "who"), soci::use(id, "id");
        audit(transaction, acting, "deleted", record);
        return {};
    });
}

base::Result<WallRecord> WallRecords::findForChange(store::Transaction& transaction, const access::Acting& acting,
                                                    std::int64_t id) const {
    const auto kind = nameOf(m_kind);
    WallRecord record;
    std::int64_t owner = 0;
    transaction.sql() << "SELECT name, coalesce(owner_id, 0) FROM wall_record WHERE id = :id AND kind = :kind AND "
                         "deleted = 0",
        soci::use(id, "id"), soci::use(kind, "kind"), soci::into(record.name), soci::into(owner);
    const bool isFound = transaction.sql().got_data();
    if (!isFound || (owner != 0 && owner != acting.id.value())) {
        return base::fail(ErrorCode::NotFound, "the " + kind + " is no longer there: somebody has deleted it");
    }
    record.id = id;
    record.isShared = owner == 0;
    TRY(requireMayKeep(acting, record.isShared));
    return record;
}

void WallRecords::audit(store::Transaction& transaction, const access::Acting& acting, const char* verb,
                        const WallRecord& record) const {
    store::AuditEvent event;
    event.who = acting.username;
    event.workstation = acting.workstation;
    event.action = nameOf(m_kind) + "." + verb;
    event.object = nameOf(m_kind) + " " + std::to_string(record.id);
    event.details = {{"shared", record.isShared}};
    event.personal = record.name;
    event.witnesses = {{&recordWitness(), record.id}};
    transaction.audit(event);
    transaction.notify("wall_records", event.object);
}

const store::AuditWitness& WallRecords::witness() {
    return recordWitness();
}

}  // namespace leedswatch::estate

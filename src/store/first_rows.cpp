#include "store/first_rows.h"

#include "base/hash.h"
#include "store/signing_key.h"

#include <unistd.h>

#include <array>

namespace leedswatch::store {
namespace {

constexpr std::size_t kIdBytes = 16;

std::string hostName() {
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "unknown";
}

void storeInstallationId(soci::session& sql) {
    const auto id = base::toHex(base::randomBytes(kIdBytes));
    sql << "INSERT INTO setting (name, value) VALUES ('installation', :id)", soci::use(id, "id");
}

}  // namespace

base::Result<void> writeFirstRows(Database& database, const std::vector<std::string>& applied) {
    TRY_ASSIGN(const bool isNew, database.read([](soci::session& sql) -> base::Result<bool> {
        int known = 0;
        sql << "SELECT count(*) FROM setting WHERE name = 'installation'", soci::into(known);
        return known == 0;
    }));
    nlohmann::json details{{"migrations", applied}};
    if (isNew) {
        TRY_ASSIGN(const auto key, openOrCreateAuditKey(database.folder()));
        const auto raw = key.verifyingKey().rawBytes();
        // The first event names the key that all checkpoints are signed with.
        details["audit_key"] = base::toHex(std::as_bytes(std::span{raw}));
    }
    return database.write([&](Transaction& transaction) -> base::Result<void> {
        if (isNew) {
            storeInstallationId(transaction.sql());
        }
        AuditEvent event;
        event.who = "store";
        event.workstation = hostName();
        event.action = isNew ? "store.created" : "store.migrated";
        event.object = "store";
        event.details = details;
        transaction.audit(event);
        return {};
    });
}

base::Result<std::string> installationId(Database& database) {
    return database.read([](soci::session& sql) -> base::Result<std::string> {
        std::string id;
        sql << "SELECT value FROM setting WHERE name = 'installation'", soci::into(id);
        return id;
    });
}

}  // namespace leedswatch::store

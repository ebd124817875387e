#include "store/audit_appender.h"

#include "base/local_time.h"
#include "store/audit_run.h"
#include "store/audit_witness.h"
#include "store/sqlite_connection.h"

#include <sodium.h>
#include <sys/timex.h>

#include <algorithm>
#include <fstream>

namespace leedswatch::store {
namespace {

constexpr std::size_t kSaltBytes = 32;

/// Which run of the machine this is: the monotonic times of one run can be compared.
const std::string& bootId() {
    static const std::string id = [] {
        std::ifstream file{"/proc/sys/kernel/random/boot_id"};
        std::string text;
        std::getline(file, text);
        return text;
    }();
    return id;
}

/// What the kernel knows of its clock: whether something disciplines it, and by how much it was off.
nlohmann::json clockQuality() {
    timex state{};
    const int answer = ::adjtimex(&state);
    const bool nanoseconds = (state.status & STA_NANO) != 0;
    return {{"sync", answer != TIME_ERROR && (state.status & STA_UNSYNC) == 0},
            {"off_us", nanoseconds ? state.offset / 1000 : state.offset}};
}

bool hasFloat(const nlohmann::json& value) {
    if (value.is_number_float()) {
        return true;
    }
    return value.is_structured() && std::any_of(value.begin(), value.end(), hasFloat);
}

nlohmann::json witnessedRun(soci::session& sql, const WitnessedChange& change) {
    RunHash run;
    StoredDigests digests{sql, *change.witness, change.key, change.last};
    while (const auto digest = digests.next()) {
        if (!change.removed || digest->removed) {
            run.add(*digest);
        }
    }
    nlohmann::json one{{"kind", change.witness->kind},
                       {"id", change.key},
                       {"to", change.last},
                       {"rows", run.rows()},
                       {"sha256", base::toHex(run.digest())}};
    if (change.removed) {
        one["removed"] = true;
    }
    return one;
}

nlohmann::json witnessedAddition(soci::session& sql, const WitnessedChange& change) {
    const std::int64_t wanted = change.last - change.key + 1;
    RunHash run;
    std::string marks;
    std::int64_t last = 0;
    for (WitnessedRows rows{sql, *change.witness, change.key - 1, wanted}; const auto row = rows.next();) {
        run.add({row->key, row->digest});
        marks += rowMark(row->digest);
        last = row->key;
    }
    if (run.rows() != wanted || last != change.last) {
        throw StoreFailure{{base::ErrorCode::Internal, "an audit event vouches for " + change.witness->kind +
                                                           " rows that do not stand one behind the other"}};
    }
    return {{"kind", change.witness->kind},        {"id", change.key}, {"to", change.last}, {"rows", run.rows()},
            {"sha256", base::toHex(run.digest())}, {"marks", marks}};
}

nlohmann::json witnessesOf(soci::session& sql, const AuditEvent& event) {
    auto list = nlohmann::json::array();
    for (const auto& change : event.witnesses) {
        if (change.witness->rows == AuditWitness::Rows::InRuns) {
            list.push_back(witnessedRun(sql, change));
            continue;
        }
        if (change.last > change.key) {
            list.push_back(witnessedAddition(sql, change));
            continue;
        }
        nlohmann::json one{{"kind", change.witness->kind}, {"id", change.key}};
        // A row that is gone is vouched for as gone.
        const auto row = WitnessedRows{sql, *change.witness, change.key}.next();
        one["sha256"] = row ? nlohmann::json(base::toHex(row->digest)) : nlohmann::json(nullptr);
        list.push_back(std::move(one));
    }
    return list;
}

/// The canonical form of RFC 8785: keys sorted, no spaces, integers only. Our keys are ASCII, for which the order of
/// bytes is the order that it asks for.
std::string canonical(const nlohmann::json& body) {
    return body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string commitmentTo(const std::string& personal, const std::vector<std::byte>& salt) {
    base::Sha256Digest mac{};
    crypto_auth_hmacsha256(reinterpret_cast<unsigned char*>(mac.data()),
                           reinterpret_cast<const unsigned char*>(personal.data()), personal.size(),
                           reinterpret_cast<const unsigned char*>(salt.data()));
    return base::toHex(mac);
}

std::string storedBlob(soci::session& sql, const char* query, std::int64_t first, std::int64_t second) {
    std::string blob;
    soci::statement statement = (sql.prepare << query, soci::into(blob), soci::use(first, "a"), soci::use(second, "b"));
    return statement.execute(true) ? blob : std::string{};
}

void storeNode(soci::session& sql, int level, std::int64_t index, const base::Sha256Digest& hash) {
    const auto blob = toBlobText(hash);
    sql << "INSERT INTO audit_node (level, idx, hash) VALUES (:level, :idx, CAST(:hash AS BLOB))",
        soci::use(level, "level"), soci::use(index, "idx"), soci::use(blob, "hash");
}

/// Leaf `seq` completes a subtree for each 1 at the end of its number; the other half of each is stored already.
void storeCompletedNodes(soci::session& sql, std::int64_t seq, const base::Sha256Digest& leaf) {
    const auto nodes = storedNodes(sql);
    auto hash = leaf;
    auto index = seq;
    for (int level = 0; index % 2 == 1; ++level) {
        hash = nodeHash(nodes(level, index - 1), hash);
        index /= 2;
        storeNode(sql, level + 1, index, hash);
    }
}

void storePersonal(soci::session& sql, std::int64_t seq, const std::vector<std::byte>& salt,
                   const std::string& personal) {
    const std::string saltBlob{reinterpret_cast<const char*>(salt.data()), salt.size()};
    sql << "INSERT INTO audit_private (seq, salt, personal) VALUES (:seq, CAST(:salt AS BLOB), :personal)",
        soci::use(seq, "seq"), soci::use(saltBlob, "salt"), soci::use(personal, "personal");
}

}  // namespace

void appendAuditEvent(soci::session& sql, const AuditEvent& event, base::UtcTime now, base::SteadyTime steadyNow) {
    if (hasFloat(event.details)) {
        throw StoreFailure{{base::ErrorCode::Internal, "an audit event holds a float: " + event.action}};
    }
    const auto seq = auditSize(sql);
    const auto sinceBoot = std::chrono::duration_cast<base::Microseconds>(steadyNow.time_since_epoch()).count();
    nlohmann::json body{{"v", 1},
                        {"seq", seq},
                        {"t", base::formatUtc(now)},
                        {"boot", bootId()},
                        {"mono_us", sinceBoot},
                        {"clk", clockQuality()},
                        {"who", event.who},
                        {"ws", event.workstation},
                        {"act", event.action},
                        {"obj", event.object}};
    if (!event.details.empty()) {
        body["d"] = event.details;
    }
    if (!event.witnesses.empty()) {
        body["w"] = witnessesOf(sql, event);
    }
    std::vector<std::byte> salt;
    if (!event.personal.empty()) {
        salt = base::randomBytes(kSaltBytes);
        body["priv"] = commitmentTo(event.personal, salt);
    }
    const auto text = canonical(body);
    const auto leaf = leafHash(text);
    const auto leafBlob = toBlobText(leaf);
    sql << "INSERT INTO audit_event (seq, body, leaf) VALUES (:seq, CAST(:body AS BLOB), CAST(:leaf AS BLOB))",
        soci::use(seq, "seq"), soci::use(text, "body"), soci::use(leafBlob, "leaf");
    storeCompletedNodes(sql, seq, leaf);
    if (!event.personal.empty()) {
        storePersonal(sql, seq, salt, event.personal);
    }
}

std::int64_t auditSize(soci::session& sql) {
    long long size = 0;
    sql << "SELECT coalesce(max(seq) + 1, 0) FROM audit_event", soci::into(size);
    return size;
}

NodeSource storedNodes(soci::session& sql) {
    return [&sql](int level, std::int64_t index) {
        const auto blob =
            level == 0 ? storedBlob(sql, "SELECT leaf FROM audit_event WHERE seq = :a AND :b = 0", index, 0)
                       : storedBlob(sql, "SELECT hash FROM audit_node WHERE level = :a AND idx = :b", level, index);
        base::Sha256Digest digest{};
        if (!fromBlobText(blob, digest)) {
            throw StoreFailure{{base::ErrorCode::Damaged, "the audit log has lost hash " + std::to_string(index) +
                                                              " of level " + std::to_string(level) +
                                                              ": run `leedswatchctl audit verify`"}};
        }
        return digest;
    };
}

std::string toBlobText(const base::Sha256Digest& digest) {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

bool fromBlobText(const std::string& text, base::Sha256Digest& digest) {
    if (text.size() != digest.size()) {
        return false;
    }
    std::copy_n(reinterpret_cast<const std::byte*>(text.data()), digest.size(), digest.begin());
    return true;
}

}  // namespace leedswatch::store

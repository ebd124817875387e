#include "store/audit_log.h"

#include "store/audit_appender.h"
#include "store/audit_verifier.h"
#include "store/checkpoint_note.h"
#include "store/first_rows.h"

namespace leedswatch::store {
namespace {

std::string originOf(const std::string& installation) {
    return "leedswatch/" + installation + "/audit/1";
}

struct Newest {
    std::int64_t size = 0;
    std::string note;
};

std::optional<Newest> newestCheckpoint(soci::session& sql) {
    Newest newest;
    sql << "SELECT size, note FROM audit_checkpoint ORDER BY size DESC LIMIT 1", soci::into(newest.size),
        soci::into(newest.note);
    return sql.got_data() ? std::optional{newest} : std::nullopt;
}

tl::unexpected<base::Error> notAnExtension(std::int64_t size) {
    return base::fail(
        base::ErrorCode::Damaged,
        "the audit log is not a continuation of its checkpoint over " + std::to_string(size) +
            " events, so nothing was signed: run `leedswatchctl audit verify` and keep a copy of the folder");
}

/// "A log must not sign a checkpoint that is inconsistent with one that it signed before."
base::Result<void> requireExtension(soci::session& sql, const Newest& newest, const Checkpoint& next,
                                    const VerifyingKey& key) {
    const auto before = parseCheckpoint(newest.note);
    if (!before || before->checkpoint.size != newest.size || before->checkpoint.origin != next.origin ||
        !isSignedBy(*before, key) || newest.size > next.size) {
        return notAnExtension(newest.size);
    }
    TRY_ASSIGN(const auto proof, consistencyProof(storedNodes(sql), newest.size, next.size));
    if (!verifyConsistency(newest.size, before->checkpoint.root, next.size, next.root, proof)) {
        return notAnExtension(newest.size);
    }
    return {};
}

void storeCheckpoint(soci::session& sql, std::int64_t size, const std::string& note) {
    sql << "INSERT INTO audit_checkpoint (size, note) VALUES (:size, :note)", soci::use(size, "size"),
        soci::use(note, "note");
}

}  // namespace

base::Result<std::string> AuditLog::checkpoint() {
    TRY_ASSIGN(const auto key, openAuditKey(m_database.folder()));
    TRY_ASSIGN(const auto installation, installationId(m_database));
    return m_database.write([&](Transaction& transaction) -> base::Result<std::string> {
        auto& sql = transaction.sql();
        Checkpoint next;
        next.origin = originOf(installation);
        next.size = auditSize(sql);
        next.root = merkleRoot(storedNodes(sql), next.size);
        if (const auto newest = newestCheckpoint(sql)) {
            TRY(requireExtension(sql, *newest, next, key.verifyingKey()));
            if (newest->size == next.size) {
                return newest->note;
            }
        }
        auto note = signCheckpoint(next, key);
        storeCheckpoint(sql, next.size, note);
        return note;
    });
}

base::Result<std::int64_t> AuditLog::eventsSinceCheckpoint() {
    return m_database.read([](soci::session& sql) -> base::Result<std::int64_t> {
        const auto newest = newestCheckpoint(sql);
        return auditSize(sql) - (newest ? newest->size : 0);
    });
}

base::Result<AuditVerification> AuditLog::verify(const std::vector<const AuditWitness*>& witnesses,
                                                 const std::vector<std::string>& outsideNotes) {
    TRY_ASSIGN(const auto key, openAuditPublicKey(m_database.folder()));
    TRY_ASSIGN(const auto installation, installationId(m_database));
    return m_database.read([&](soci::session& sql) -> base::Result<AuditVerification> {
        AuditVerifier verifier{sql, originOf(installation), key, witnesses};
        for (std::size_t number = 0; number < outsideNotes.size(); ++number) {
            verifier.addCheckpoint(outsideNotes[number], "the given checkpoint " + std::to_string(number + 1));
        }
        return verifier.run();
    });
}

}  // namespace leedswatch::store

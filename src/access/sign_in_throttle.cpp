#include "access/sign_in_throttle.h"

namespace leedswatch::access {
namespace {

constexpr int kFailuresInARow = 5;
constexpr base::Microseconds kHold = std::chrono::minutes{1};
constexpr base::Microseconds kForgetAfter = std::chrono::hours{24};

struct Attempts {
    int failures = 0;
    std::int64_t heldUntil = 0;
};

Attempts attemptsOf(soci::session& sql, const std::string& username) {
    Attempts attempts;
    sql << "SELECT failures, held_until FROM sign_in_attempt WHERE username = :name", soci::use(username, "name"),
        soci::into(attempts.failures), soci::into(attempts.heldUntil);
    return attempts;
}

base::Result<void> refuseIfHeld(const Attempts& attempts, base::UtcTime now) {
    // A wall clock that was set back must not lengthen the hold.
    const auto left = base::fromStored(attempts.heldUntil) - now;
    if (left <= base::Microseconds{0} || left > kHold) {
        return {};
    }
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(left).count();
    return base::fail(base::ErrorCode::TimedOut,
                      "there were five wrong passwords in a row: try again in " + std::to_string(seconds) + " s");
}

void storeAttempts(soci::session& sql, const std::string& username, const Attempts& attempts, base::UtcTime now) {
    const auto at = base::toStored(now);
    const auto forgotten = base::toStored(now - kForgetAfter);
    sql << "DELETE FROM sign_in_attempt WHERE last_at < :forgotten", soci::use(forgotten, "forgotten");
    sql << "INSERT INTO sign_in_attempt (username, failures, held_until, last_at) "
           "VALUES (:name, :failures, :held, :at) ON CONFLICT (username) DO UPDATE SET "
           "failures = excluded.failures, held_until = excluded.held_until, last_at = excluded.last_at",
        soci::use(username, "name"), soci::use(attempts.failures, "failures"), soci::use(attempts.heldUntil, "held"),
        soci::use(at, "at");
}

void auditSignIn(store::Transaction& transaction, const std::string& who, const std::string& workstation,
                 const std::string& action, const std::string& object, nlohmann::json details,
                 const std::string& personal) {
    store::AuditEvent event;
    event.who = who;
    event.workstation = workstation;
    event.action = action;
    event.object = object;
    event.details = std::move(details);
    event.personal = personal;
    transaction.audit(event);
}

}  // namespace

base::Result<void> SignInThrottle::checkNotHeld(const std::string& username) {
    return m_database.read([&](soci::session& sql) -> base::Result<void> {
        return refuseIfHeld(attemptsOf(sql, username), m_database.clock().now());
    });
}

base::Result<void> SignInThrottle::refused(const std::string& username, bool known, const std::string& workstation) {
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        auto attempts = attemptsOf(transaction.sql(), username);
        TRY(refuseIfHeld(attempts, transaction.now()));
        attempts.heldUntil = 0;
        if (++attempts.failures >= kFailuresInARow) {
            attempts = {0, base::toStored(transaction.now() + kHold)};
        }
        storeAttempts(transaction.sql(), username, attempts, transaction.now());
        auditSignIn(transaction, known ? username : "unknown", workstation, "signin.refused",
                    known ? "person " + username : "person unknown", {{"held", attempts.heldUntil != 0}},
                    known ? "" : username);
        return {};
    });
}

base::Result<void> SignInThrottle::accepted(const Acting& acting, SignInPurpose purpose) {
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        TRY(refuseIfHeld(attemptsOf(transaction.sql(), acting.username), transaction.now()));
        transaction.sql() << "DELETE FROM sign_in_attempt WHERE username = :name", soci::use(acting.username, "name");
        const char* action = purpose == SignInPurpose::Desk ? "signin.accepted" : "signin.confirmed";
        auditSignIn(transaction, acting.username, acting.workstation, action, "person " + acting.username, {}, "");
        return {};
    });
}

}  // namespace leedswatch::access

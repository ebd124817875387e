#include "estate/fault_register.h"

#include "store/audit_witness.h"

#include <spdlog/spdlog.h>

namespace leedswatch::estate {
namespace {

using StoredInteger = long long;

constexpr const char* kTopic = "faults";

std::vector<Fault> select(soci::session& sql, const std::string& condition, const std::string& kind = {},
                          const std::string& object = {}, StoredInteger number = 0) {
    Fault fault;
    StoredInteger id = 0;
    StoredInteger since = 0;
    StoredInteger acknowledged = 0;
    StoredInteger ended = 0;
    soci::indicator hasEnded = soci::i_null;
    soci::statement statement =
        (sql.prepare << "SELECT id, kind, object, since, cause, message, coalesce(acknowledged_by, ''), "
                        "coalesce(acknowledged_at, 0), ended FROM station_fault WHERE (:kind = '' OR kind = :kind) "
                        "AND (:object = '' OR object = :object) AND (:number = 0 OR :number <> 0) " +
                            condition,
         soci::use(kind, "kind"), soci::use(object, "object"), soci::use(number, "number"), soci::into(id),
         soci::into(fault.kind), soci::into(fault.object), soci::into(since), soci::into(fault.cause),
         soci::into(fault.message), soci::into(fault.acknowledgedBy), soci::into(acknowledged),
         soci::into(ended, hasEnded));
    std::vector<Fault> faults;
    for (bool more = statement.execute(true); more; more = statement.fetch()) {
        fault.id = FaultId{id};
        fault.since = base::fromStored(since);
        fault.acknowledgedAt = base::fromStored(acknowledged);
        fault.ended = hasEnded == soci::i_ok ? std::optional{base::fromStored(ended)} : std::nullopt;
        faults.push_back(fault);
    }
    return faults;
}

std::optional<Fault> lasting(soci::session& sql, std::string_view kind, const std::string& object) {
    auto found = select(sql, "AND ended IS NULL", std::string{kind}, object);
    return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

void audit(store::Transaction& transaction, const access::Acting& acting, const std::string& action,
           const Fault& fault) {
    store::AuditEvent event;
    event.who = acting.username;
    event.workstation = acting.workstation;
    event.action = action;
    event.object = fault.object;
    event.details = {{"kind", fault.kind}, {"cause", fault.cause}};
    event.witnesses = {{&FaultRegister::witness(), fault.id.value()}};
    transaction.audit(event);
    transaction.notify(kTopic, fault.object);
}

void insert(soci::session& sql, Fault& fault, base::UtcTime now) {
    const StoredInteger since = base::toStored(now);
    StoredInteger id = 0;
    sql << "INSERT INTO station_fault (kind, object, since, cause, message) "
           "VALUES (:kind, :object, :since, :cause, :message) RETURNING id",
        soci::use(fault.kind, "kind"), soci::use(fault.object, "object"), soci::use(since, "since"),
        soci::use(fault.cause, "cause"), soci::use(fault.message, "message"), soci::into(id);
    fault.id = FaultId{id};
}

}  // namespace

const store::AuditWitness& FaultRegister::witness() {
    static const store::AuditWitness witness{
        "station_fault",
        "station_fault",
        "id",
        "object",
        {"kind", "object", "since", "cause", "message", "acknowledged_by", "acknowledged_at", "ended"},
        store::AuditWitness::Rows::Changing};
    return witness;
}

base::Result<void> FaultRegister::raise(std::string_view kind, const std::string& object, const std::string& cause,
                                        const std::string& message) {
    TRY_ASSIGN(const auto known, m_database.read([&](soci::session& sql) -> base::Result<std::optional<Fault>> {
        return lasting(sql, kind, object);
    }));
    if (known && known->cause == cause && known->message == message) {
        return {};
    }
    if (!known) {
        spdlog::error("{}: {}", object, cause);
    }
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        auto fault = lasting(transaction.sql(), kind, object);
        if (!fault) {
            fault = Fault{{}, std::string{kind}, object, {}, cause, message, {}, {}, {}};
            insert(transaction.sql(), *fault, transaction.now());
            audit(transaction, access::Acting::station(), "fault.raised", *fault);
            return {};
        }
        const StoredInteger id = fault->id.value();
        transaction.sql() << "UPDATE station_fault SET cause = :cause, message = :message WHERE id = :id",
            soci::use(cause, "cause"), soci::use(message, "message"), soci::use(id, "id");
        fault->cause = cause;
        audit(transaction, access::Acting::station(), "fault.changed", *fault);
        return {};
    });
}

base::Result<void> FaultRegister::end(std::string_view kind, const std::string& object) {
    TRY_ASSIGN(const bool lasts, m_database.read([&](soci::session& sql) -> base::Result<bool> {
        return lasting(sql, kind, object).has_value();
    }));
    if (!lasts) {
        return {};
    }
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        const auto fault = lasting(transaction.sql(), kind, object);
        if (!fault) {
            return {};
        }
        const StoredInteger id = fault->id.value();
        const StoredInteger now = base::toStored(transaction.now());
        transaction.sql() << "UPDATE station_fault SET ended = :now WHERE id = :id", soci::use(now, "now"),
            soci::use(id, "id");
        audit(transaction, access::Acting::station(), "fault.ended", *fault);
        spdlog::info("{}: the fault is over ({})", object, fault->cause);
        return {};
    });
}

base::Result<void> FaultRegister::acknowledge(const access::Acting& acting, FaultId fault) {
    TRY(access::require(acting, access::Right::AcknowledgeFaults));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        const StoredInteger id = fault.value();
        const auto found = select(transaction.sql(), "AND ended IS NULL AND id = :number", {}, {}, id);
        if (found.empty()) {
            return base::fail(base::ErrorCode::NotFound, "fault " + std::to_string(id) + " is over already");
        }
        if (!found.front().acknowledgedBy.empty()) {
            return {};
        }
        const StoredInteger now = base::toStored(transaction.now());
        transaction.sql() << "UPDATE station_fault SET acknowledged_by = :who, acknowledged_at = :now WHERE id = :id",
            soci::use(acting.username, "who"), soci::use(now, "now"), soci::use(id, "id");
        audit(transaction, acting, "fault.acknowledged", found.front());
        return {};
    });
}

base::Result<std::vector<Fault>> FaultRegister::current() {
    return m_database.read([](soci::session& sql) -> base::Result<std::vector<Fault>> {
        return select(sql, "AND ended IS NULL ORDER BY since, id");
    });
}

base::Result<std::vector<Fault>> FaultRegister::history(int most) {
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<Fault>> {
        return select(sql, "ORDER BY since DESC, id DESC LIMIT :number", {}, {}, most);
    });
}

}  // namespace leedswatch::estate

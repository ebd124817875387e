#include "response/engineer_visits.h"

#include "base/local_time.h"
#include "base/utf8.h"

namespace leedswatch::response {

namespace {

using base::ErrorCode;
using VisitKey = long long;

constexpr std::size_t longestVisitor = 500;

template <typename... Bound>
std::vector<EngineerVisit> selectVisits(soci::session& sql, const std::string& condition, Bound&&... bound) {
    std::vector<EngineerVisit> visits;
    EngineerVisit visit;
    VisitKey id = 0;
    VisitKey premises = 0;
    VisitKey begins = 0;
    VisitKey ends = 0;
    soci::statement statement =
        ((sql.prepare << "SELECT id, premises_id, begins, ends, engineer, placed_by FROM engineer_visit WHERE ended IS "
                         "NULL " +
                             condition,
          soci::into(id), soci::into(premises), soci::into(begins), soci::into(ends), soci::into(visit.engineer),
          soci::into(visit.placedBy)),
         ..., std::forward<Bound>(bound));
    statement.execute();
    while (statement.fetch()) {
        visit.id = EngineerVisitId{id};
        visit.premises = estate::PremisesId{premises};
        visit.begins = base::fromStored(begins);
        visit.ends = base::fromStored(ends);
        visits.push_back(visit);
    }
    return visits;
}

std::vector<EngineerVisit> selectLasting(soci::session& sql, estate::PremisesId premises) {
    const VisitKey key = premises.value();
    return selectVisits(sql, "AND premises_id = :premises ORDER BY ends DESC", soci::use(key, "premises"));
}

base::Result<void> checkVisit(const EngineerVisit& wanted, base::UtcTime now) {
    if (wanted.engineer.find_first_not_of(" \t\r\n") == std::string::npos) {
        return base::fail(ErrorCode::InvalidInput, "say who is on site, of which firm, and how that is known");
    }
    if (wanted.engineer.size() > longestVisitor || !base::isPlainText(wanted.engineer)) {
        return base::fail(ErrorCode::InvalidInput, "who is on site is at most 500 bytes of text");
    }
    if (wanted.ends <= now || wanted.ends - now > EngineerVisits::longest) {
        return base::fail(ErrorCode::InvalidInput,
                          "a visit ends within the next twelve hours; begin another one if it takes longer");
    }
    return {};
}

void auditVisit(store::Transaction& transaction, const access::Acting& acting, const char* action,
                const EngineerVisit& visit) {
    store::AuditEvent event;
    event.who = acting.username;
    event.workstation = acting.workstation;
    event.action = action;
    event.object = "engineer visit " + std::to_string(visit.id.value());
    event.details = {{"premises", visit.premises.value()}, {"ends", base::formatUtc(visit.ends)}};
    event.personal = visit.engineer;
    transaction.audit(event);
    transaction.notify("engineer_visits", std::to_string(visit.id.value()));
}

void endVisit(store::Transaction& transaction, const access::Acting& acting, const EngineerVisit& visit) {
    const VisitKey id = visit.id.value();
    const VisitKey now = base::toStored(transaction.now());
    transaction.sql() << "UPDATE engineer_visit SET ended = :now, ended_by = :who WHERE id = :id",
        soci::use(now, "now"), soci::use(acting.username, "who"), soci::use(id, "id");
    auditVisit(transaction, acting, "engineer.left", visit);
}

EngineerVisit insertVisit(store::Transaction& transaction, const access::Acting& acting, EngineerVisit visit) {
    for (const EngineerVisit& before : selectLasting(transaction.sql(), visit.premises)) {
        endVisit(transaction, acting, before);
    }
    visit.begins = transaction.now();
    visit.placedBy = acting.username;
    const VisitKey premises = visit.premises.value();
    const VisitKey begins = base::toStored(visit.begins);
    const VisitKey ends = base::toStored(visit.ends);
    VisitKey id = 0;
    transaction.sql() << "INSERT INTO engineer_visit (premises_id, begins, ends, engineer, placed_by) VALUES "
                         "(:premises, :begins, :ends, :engineer, :placed) RETURNING id",
        soci::use(premises, "premises"), soci::use(begins, "begins"), soci::use(ends, "ends"),
        soci::use(visit.engineer, "engineer"), soci::use(visit.placedBy, "placed"), soci::into(id);
    visit.id = EngineerVisitId{id};
    auditVisit(transaction, acting, "engineer.arrived", visit);
    return visit;
}

}  // namespace

base::Result<EngineerVisit> EngineerVisits::begin(const access::Acting& acting, const EngineerVisit& wanted) {
    TRY(access::require(acting, access::Right::AnswerAlarms));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<EngineerVisit> {
        TRY(checkVisit(wanted, transaction.now()));
        const VisitKey premises = wanted.premises.value();
        int count = 0;
        transaction.sql() << "SELECT count(*) FROM premises WHERE id = :id", soci::use(premises, "id"),
            soci::into(count);
        if (count == 0) {
            return base::fail(ErrorCode::NotFound, "these premises are not in the list of premises");
        }
        return base::Result<EngineerVisit>{tl::in_place, insertVisit(transaction, acting, wanted)};
    });
}

base::Result<void> EngineerVisits::end(const access::Acting& acting, EngineerVisitId id) {
    TRY(access::require(acting, access::Right::AnswerAlarms));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        const VisitKey key = id.value();
        const auto found = selectVisits(transaction.sql(), "AND id = :id", soci::use(key, "id"));
        if (found.empty()) {
            return base::fail(ErrorCode::NotFound, "this visit is over already");
        }
        endVisit(transaction, acting, found.front());
        return {};
    });
}

base::Result<std::vector<EngineerVisit>> EngineerVisits::lasting() {
    return m_database.read([](soci::session& sql) -> base::Result<std::vector<EngineerVisit>> {
        return selectVisits(sql, "ORDER BY ends");
    });
}

base::Result<int> EngineerVisits::endDue(base::UtcTime now) {
    const VisitKey until = base::toStored(now);
    TRY_ASSIGN(const bool isAny, m_database.read([&](soci::session& sql) -> base::Result<bool> {
        return !selectVisits(sql, "AND ends <= :now LIMIT 1", soci::use(until, "now")).empty();
    }));
    if (!isAny) {
        return 0;
    }
    return m_database.write([&](store::Transaction& transaction) -> base::Result<int> {
        const auto due =
            selectVisits(transaction.sql(), "AND ends <= :now ORDER BY ends LIMIT 200", soci::use(until, "now"));
        for (const EngineerVisit& visit : due) {
            endVisit(transaction, access::Acting::station(), visit);
        }
        return static_cast<int>(due.size());
    });
}

std::optional<EngineerVisit> EngineerVisits::at(soci::session& sql, estate::PremisesId premises, base::UtcTime now) {
    auto lasting = selectLasting(sql, premises);
    const bool isThere = !lasting.empty() && lasting.front().ends > now;
    return isThere ? std::optional{std::move(lasting.front())} : std::nullopt;
}

void EngineerVisits::reported(store::Transaction& transaction, estate::PremisesId premises, bool isOnSite,
                              const std::string& words) {
    const access::Acting station = access::Acting::station();
    if (isOnSite) {
        EngineerVisit visit;
        visit.premises = premises;
        visit.engineer = words;
        visit.ends = transaction.now() + ofPanels;
        [[maybe_unused]] const auto begun = insertVisit(transaction, station, visit);
        return;
    }
    for (const EngineerVisit& visit : selectLasting(transaction.sql(), premises)) {
        endVisit(transaction, station, visit);
    }
}

}  // namespace leedswatch::response

#include "response/fire_rules.h"

#include "base/csv_table.h"
#include "estate/premises_rows.h"

#include <algorithm>

namespace leedswatch::response {

namespace {

using base::ErrorCode;
using FireKey = long long;

/// As kinds are compared: "Care home" is "care-home".
std::string comparableKind(std::string kind) {
    kind = base::loweredAscii(std::move(kind));
    std::ranges::replace(kind, ' ', '-');
    return kind;
}

std::vector<FireRule> selectRules(soci::session& sql) {
    std::vector<FireRule> rules;
    FireRule rule;
    std::string hours;
    std::string handling;
    soci::statement statement =
        (sql.prepare << "SELECT authority, kind, hours, handling FROM fire_rule ORDER BY authority, kind, hours",
         soci::into(rule.authority), soci::into(rule.kind), soci::into(hours), soci::into(handling));
    statement.execute();
    while (statement.fetch()) {
        // Hours that cannot be read are those of a newer program: the fire service is rather called than not.
        auto schedule = base::WeeklySchedule::parse(hours);
        rule.hours = schedule ? *std::move(schedule) : base::WeeklySchedule{};
        rule.handling = schedule ? fireHandlingFrom(handling).value_or(FireHandling::Pass) : FireHandling::Pass;
        rules.push_back(rule);
    }
    return rules;
}

std::string authorityOf(soci::session& sql, estate::PremisesId premises) {
    const FireKey key = premises.value();
    std::string authority;
    sql << "SELECT authority FROM premises_fire WHERE premises_id = :premises", soci::use(key, "premises"),
        soci::into(authority);
    return sql.got_data() ? authority : std::string{};
}

/// How closely a rule fits; negative: not at all.
int fitOfRule(const FireRule& rule, const std::string& authority, const std::string& kind, base::UtcTime when) {
    if (!rule.authority.empty() && base::loweredAscii(rule.authority) != base::loweredAscii(authority)) {
        return -1;
    }
    if (!rule.kind.empty() && comparableKind(rule.kind) != comparableKind(kind)) {
        return -1;
    }
    if (!rule.hours.isEmpty() && !rule.hours.contains(when)) {
        return -1;
    }
    return (rule.authority.empty() ? 0 : 4) + (rule.kind.empty() ? 0 : 2) + (rule.hours.isEmpty() ? 0 : 1);
}

std::string handlingWords(FireHandling handling) {
    switch (handling) {
        case FireHandling::Pass: return "the fire service is called at once.";
        case FireHandling::Challenge: return "the premises are called first.";
        case FireHandling::Confirm:
            return "the premises are called first, and the fire service comes only if somebody says that there is a "
                   "fire.";
    }
    return {};
}

std::string reasonOf(const FireRule& rule) {
    std::string text = "Fire rule for " + (rule.kind.empty() ? std::string{"all premises"} : rule.kind);
    text += rule.authority.empty() ? "" : " of " + rule.authority;
    text += rule.hours.isEmpty() ? "" : ", " + rule.hours.text();
    return text + ": " + handlingWords(rule.handling);
}

base::Result<FireRule> readRule(const base::CsvRow& row) {
    FireRule rule;
    TRY_ASSIGN(rule.authority, row.text("authority"));
    TRY_ASSIGN(const std::string kind, row.text("kind"));
    rule.kind = comparableKind(kind);
    TRY_ASSIGN(const std::string hours, row.text("hours"));
    auto schedule = base::WeeklySchedule::parse(hours);
    if (!schedule) {
        return row.refuse("hours", schedule.error().message);
    }
    rule.hours = *std::move(schedule);
    TRY_ASSIGN(const std::string name, row.text("handling"));
    const auto handling = fireHandlingFrom(base::loweredAscii(name));
    if (!handling) {
        return row.refuse("handling", "write pass, challenge or confirm");
    }
    rule.handling = *handling;
    return base::Result<FireRule>{tl::in_place, std::move(rule)};
}

base::Result<std::vector<FireRule>> readRules(std::string_view csv) {
    TRY_ASSIGN(const auto table, base::CsvTable::read(csv, {"authority", "kind", "hours", "handling"}, {"handling"}));
    std::vector<FireRule> rules;
    for (std::size_t index = 0; index < table.size(); ++index) {
        const base::CsvRow row = table.row(index);
        TRY_ASSIGN(FireRule rule, readRule(row));
        const bool isTwice = std::ranges::any_of(rules, [&](const FireRule& other) {
            return other.authority == rule.authority && other.kind == rule.kind && other.hours == rule.hours;
        });
        if (isTwice) {
            return row.refuse("kind", "this rule is there twice: keep one");
        }
        rules.push_back(std::move(rule));
    }
    const bool hasOneForAll = std::ranges::any_of(rules, [](const FireRule& rule) {
        return rule.authority.empty() && rule.kind.empty() && rule.hours.isEmpty();
    });
    if (!hasOneForAll) {
        return base::fail(ErrorCode::InvalidInput,
                          "one rule without authority, kind and hours must say what holds for all others");
    }
    return base::Result<std::vector<FireRule>>{tl::in_place, std::move(rules)};
}

void insertRule(soci::session& sql, const FireRule& rule) {
    const std::string handling{nameOf(rule.handling)};
    sql << "INSERT INTO fire_rule (authority, kind, hours, handling) VALUES (:authority, :kind, :hours, :handling)",
        soci::use(rule.authority, "authority"), soci::use(rule.kind, "kind"), soci::use(rule.hours.text(), "hours"),
        soci::use(handling, "handling");
}

void saveAuthority(soci::session& sql, estate::PremisesId premises, const std::string& authority) {
    const FireKey key = premises.value();
    if (authority.empty()) {
        sql << "DELETE FROM premises_fire WHERE premises_id = :premises", soci::use(key, "premises");
        return;
    }
    sql << "INSERT INTO premises_fire (premises_id, authority) VALUES (:premises, :authority) ON CONFLICT "
           "(premises_id) DO UPDATE SET authority = excluded.authority",
        soci::use(key, "premises"), soci::use(authority, "authority");
}

void auditFire(store::Transaction& transaction, const access::Acting& acting, const char* action, std::string object,
               nlohmann::json details) {
    store::AuditEvent event;
    event.who = acting.username;
    event.workstation = acting.workstation;
    event.action = action;
    event.object = std::move(object);
    event.details = std::move(details);
    transaction.audit(event);
    transaction.notify("fire_rules", action);
}

}  // namespace

FireDecision FireRules::decide(soci::session& sql, estate::PremisesId premises, const std::string& kind,
                               base::UtcTime when) {
    const auto rules = selectRules(sql);
    const std::string authority = authorityOf(sql, premises);
    const auto best = std::ranges::max_element(
        rules, {}, [&](const FireRule& rule) { return fitOfRule(rule, authority, kind, when); });
    if (best == rules.end() || fitOfRule(*best, authority, kind, when) < 0) {
        return {FireHandling::Pass, "No fire rule is for these premises: the fire service is called at once."};
    }
    return {best->handling, reasonOf(*best)};
}

base::Result<std::vector<FireRule>> FireRules::list(const access::Acting& acting) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    return m_database.read([](soci::session& sql) -> base::Result<std::vector<FireRule>> { return selectRules(sql); });
}

base::Result<int> FireRules::importCsv(const access::Acting& acting, std::string_view csv) {
    TRY(access::require(acting, access::Right::EditActionPlans));
    TRY_ASSIGN(const auto rules, readRules(csv));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<int> {
        transaction.sql() << "DELETE FROM fire_rule";
        auto details = nlohmann::json::array();
        for (const FireRule& rule : rules) {
            insertRule(transaction.sql(), rule);
            details.push_back(reasonOf(rule));
        }
        auditFire(transaction, acting, "fire-rules.changed", "fire rules", {{"rules", std::move(details)}});
        return static_cast<int>(rules.size());
    });
}

base::Result<void> FireRules::setAuthority(const access::Acting& acting, estate::PremisesId premises,
                                           const std::string& authority) {
    TRY(access::require(acting, access::Right::ManagePremises));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        const FireKey key = premises.value();
        std::string reference;
        transaction.sql() << "SELECT reference FROM premises WHERE id = :id", soci::use(key, "id"),
            soci::into(reference);
        if (!transaction.sql().got_data()) {
            return base::fail(ErrorCode::NotFound, "these premises are not in the list of premises");
        }
        saveAuthority(transaction.sql(), premises, authority);
        auditFire(transaction, acting, "premises.fire-authority-changed", "premises " + reference,
                  {{"authority", authority}});
        return {};
    });
}

base::Result<estate::ImportReport> FireRules::importAuthorities(const access::Acting& acting, std::string_view csv) {
    TRY(access::require(acting, access::Right::ManagePremises));
    TRY_ASSIGN(const auto table, base::CsvTable::read(csv, {"premises", "authority"}, {"premises", "authority"}));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<estate::ImportReport> {
        estate::ImportReport report;
        for (std::size_t index = 0; index < table.size(); ++index) {
            const base::CsvRow row = table.row(index);
            TRY_ASSIGN(const std::string reference, row.text("premises"));
            TRY_ASSIGN(const std::string authority, row.text("authority"));
            const auto found = estate::selectPremises(transaction.sql(), reference);
            if (found.empty()) {
                return row.refuse("premises", "there are no premises '" + reference + "': import them first");
            }
            if (authorityOf(transaction.sql(), found.front().id) == authority) {
                ++report.unchanged;
                continue;
            }
            saveAuthority(transaction.sql(), found.front().id, authority);
            auditFire(transaction, acting, "premises.fire-authority-changed", "premises " + reference,
                      {{"authority", authority}});
            ++report.changed;
        }
        return report;
    });
}

}  // namespace leedswatch::response

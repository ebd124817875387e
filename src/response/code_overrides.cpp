#include "response/code_overrides.h"

#include "store/audit_witness.h"

namespace leedswatch::response {

namespace {

using StoredId = long long;

constexpr const char* overridesTopic = "code_overrides";

/// What there is of a rule's code.
struct Found {
    StoredId premises = 0;  ///< 0: the rule is a maker's
    StoredId id = 0;        ///< 0: there was never one
    bool isRemoved = false;
    std::string category = {};
    std::string event = {};
};

enum class Outcome { Added, Changed, Unchanged };

Outcome outcomeOf(const CodeRule& rule, const Found& found) {
    if (found.id == 0 || found.isRemoved) {
        return Outcome::Added;
    }
    const bool isSame = found.category == alarm::nameOf(rule.code.category) && found.event == rule.code.event;
    return isSame ? Outcome::Unchanged : Outcome::Changed;
}

void countInto(estate::ImportReport& report, Outcome outcome) {
    switch (outcome) {
        case Outcome::Added: ++report.added; break;
        case Outcome::Changed: ++report.changed; break;
        case Outcome::Unchanged: ++report.unchanged; break;
    }
}

base::Result<Found> findRule(soci::session& sql, const CodeRule& rule) {
    Found found;
    if (!rule.premises.empty()) {
        sql << "SELECT id FROM premises WHERE reference = :reference", soci::use(rule.premises, "reference"),
            soci::into(found.premises);
        if (!sql.got_data()) {
            return base::fail(base::ErrorCode::NotFound,
                              "there are no premises " + rule.premises.substr(0, 40) + ": import them first");
        }
    }
    const std::string scheme{alarm::nameOf(rule.code.scheme)};
    int removed = 0;
    sql << "SELECT id, removed, category, event FROM code_override WHERE coalesce(premises_id, 0) = :premises AND "
           "transmitter = :transmitter AND scheme = :scheme AND code = :code",
        soci::use(found.premises, "premises"), soci::use(rule.transmitter, "transmitter"), soci::use(scheme, "scheme"),
        soci::use(rule.code.code, "code"), soci::into(found.id), soci::into(removed), soci::into(found.category),
        soci::into(found.event);
    found.isRemoved = removed != 0;
    return found;
}

void auditRule(store::Transaction& transaction, const access::Acting& acting, const char* action, const CodeRule& rule,
               StoredId id) {
    store::AuditEvent event;
    event.who = acting.username;
    event.workstation = acting.workstation;
    event.action = action;
    event.object = "code " + wordsOf(rule);
    event.details = {{"category", std::string{alarm::nameOf(rule.code.category)}}};
    event.witnesses = {{&CodeOverrides::witness(), id}};
    transaction.audit(event);
}

void saveRule(store::Transaction& transaction, const access::Acting& acting, const CodeRule& rule, const Found& found) {
    StoredId id = found.id;
    const std::string scheme{alarm::nameOf(rule.code.scheme)};
    const std::string category{alarm::nameOf(rule.code.category)};
    if (id == 0) {
        transaction.sql() << "INSERT INTO code_override (premises_id, transmitter, scheme, code, category, event) "
                             "VALUES (nullif(:premises, 0), :transmitter, :scheme, :code, :category, :event) "
                             "RETURNING id",
            soci::use(found.premises, "premises"), soci::use(rule.transmitter, "transmitter"),
            soci::use(scheme, "scheme"), soci::use(rule.code.code, "code"), soci::use(category, "category"),
            soci::use(rule.code.event, "event"), soci::into(id);
    } else {
        transaction.sql() << "UPDATE code_override SET category = :category, event = :event, removed = 0 "
                             "WHERE id = :id",
            soci::use(category, "category"), soci::use(rule.code.event, "event"), soci::use(id, "id");
    }
    auditRule(transaction, acting, "code.mapped", rule, id);
}

std::vector<ScopedOverride> selectOverrides(soci::session& sql) {
    std::vector<ScopedOverride> all;
    StoredId id = 0;
    StoredId premises = 0;
    std::string scheme;
    std::string category;
    ScopedOverride row;
    soci::statement statement =
        (sql.prepare << "SELECT o.id, coalesce(o.premises_id, 0), coalesce(p.reference, ''), o.transmitter, o.scheme, "
                        "o.code, o.category, o.event FROM code_override o LEFT JOIN premises p ON p.id = "
                        "o.premises_id WHERE o.removed = 0 ORDER BY coalesce(p.reference, ''), o.transmitter, "
                        "o.scheme, o.code",
         soci::into(id), soci::into(premises), soci::into(row.reference), soci::into(row.transmitter),
         soci::into(scheme), soci::into(row.code.code), soci::into(category), soci::into(row.code.event));
    statement.execute();
    while (statement.fetch()) {
        row.id = OverrideId{id};
        row.premises = premises == 0 ? std::nullopt : std::optional{estate::PremisesId{premises}};
        const auto knownScheme = alarm::codeSchemeFrom(scheme);
        const auto knownCategory = alarm::signalCategoryFrom(category);
        if (knownScheme && knownCategory) {
            row.code.scheme = *knownScheme;
            row.code.category = *knownCategory;
            all.push_back(row);
        }
    }
    return all;
}

base::Error errorOfProblems(const std::vector<std::string>& problems) {
    const std::string more =
        problems.size() > 1 ? " (and " + std::to_string(problems.size() - 1) + " more; --dry-run lists them)" : "";
    return {base::ErrorCode::InvalidInput, problems.front() + more};
}

/// Looks up all rules of a file, adding what is wrong with them to its problems.
std::vector<Found> findRules(soci::session& sql, CodeFile& file) {
    std::vector<Found> all;
    for (const CodeRule& rule : file.rules) {
        auto found = findRule(sql, rule);
        if (!found) {
            file.problems.push_back("line " + std::to_string(rule.lineOfFile) +
                                    ", column premises: " + found.error().message);
        }
        all.push_back(found.value_or(Found{}));
    }
    return all;
}

}  // namespace

base::Result<std::vector<ScopedOverride>> CodeOverrides::list() {
    return m_database.read(
        [](soci::session& sql) -> base::Result<std::vector<ScopedOverride>> { return selectOverrides(sql); });
}

base::Result<OverrideTable> CodeOverrides::table() {
    TRY_ASSIGN(const auto all, list());
    return OverrideTable{all};
}

base::Result<void> CodeOverrides::set(const access::Acting& acting, const CodeRule& rule) {
    TRY(access::require(acting, access::Right::ManagePremises));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        TRY_ASSIGN(const auto found, findRule(transaction.sql(), rule));
        if (outcomeOf(rule, found) != Outcome::Unchanged) {
            saveRule(transaction, acting, rule, found);
            transaction.notify(overridesTopic, rule.code.code);
        }
        return {};
    });
}

base::Result<void> CodeOverrides::remove(const access::Acting& acting, const CodeRule& rule) {
    TRY(access::require(acting, access::Right::ManagePremises));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        TRY_ASSIGN(const auto found, findRule(transaction.sql(), rule));
        if (found.id == 0 || found.isRemoved) {
            return base::fail(base::ErrorCode::NotFound, wordsOf(rule) + " has no meaning of its own");
        }
        const StoredId id = found.id;
        transaction.sql() << "UPDATE code_override SET removed = 1 WHERE id = :id", soci::use(id, "id");
        auditRule(transaction, acting, "code.removed", rule, id);
        transaction.notify(overridesTopic, rule.code.code);
        return {};
    });
}

base::Result<estate::ImportReport> CodeOverrides::importCsv(const access::Acting& acting, std::string_view csv) {
    TRY(access::require(acting, access::Right::ManagePremises));
    TRY_ASSIGN(CodeFile file, readCodesCsv(csv));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<estate::ImportReport> {
        const auto found = findRules(transaction.sql(), file);
        if (!file.problems.empty()) {
            return base::fail(errorOfProblems(file.problems));
        }
        estate::ImportReport report;
        for (std::size_t index = 0; index < found.size(); ++index) {
            const Outcome outcome = outcomeOf(file.rules[index], found[index]);
            countInto(report, outcome);
            if (outcome != Outcome::Unchanged) {
                saveRule(transaction, acting, file.rules[index], found[index]);
            }
        }
        if (report.added + report.changed > 0) {
            transaction.notify(overridesTopic, "import");
        }
        return report;
    });
}

base::Result<CodeImportCheck> CodeOverrides::checkCsv(const access::Acting& acting, std::string_view csv) {
    TRY(access::require(acting, access::Right::ManagePremises));
    TRY_ASSIGN(CodeFile file, readCodesCsv(csv));
    return m_database.read([&](soci::session& sql) -> base::Result<CodeImportCheck> {
        CodeImportCheck check;
        const auto found = findRules(sql, file);
        for (std::size_t index = 0; index < found.size(); ++index) {
            countInto(check.report, outcomeOf(file.rules[index], found[index]));
        }
        check.problems = std::move(file.problems);
        return check;
    });
}

base::Result<std::string> CodeOverrides::exportCsv(const access::Acting& acting) {
    TRY(access::require(acting, access::Right::ManagePremises));
    TRY_ASSIGN(const auto all, list());
    return writeCodesCsv(all);
}

const store::AuditWitness& CodeOverrides::witness() {
    static const store::AuditWitness witness{
        "code_override",
        "code_override",
        "id",
        "code",
        {"premises_id", "transmitter", "scheme", "code", "category", "event", "removed"},
        store::AuditWitness::Rows::Changing};
    return witness;
}

}  // namespace leedswatch::response

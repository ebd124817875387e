#include "incident/incident_types.h"

#include "base/utf8.h"
#include "base/words.h"
#include "incident/standard_types.h"
#include "store/audit_witness.h"

#include <algorithm>
#include <functional>

namespace leedswatch::incident {

namespace {

using base::ErrorCode;

constexpr std::size_t longestCode = 24;
constexpr std::size_t longestName = 80;

/// A type with its place among those of its parent.
struct TypeRow {
    IncidentType type;
    int position = 0;
};

std::vector<TypeRow> storedTypes(soci::session& sql) {
    std::vector<TypeRow> rows;
    TypeRow row;
    int isRetired = 0;
    soci::statement statement =
        (sql.prepare << "SELECT code, name, parent, position, retired IS NOT NULL FROM incident_type ORDER BY id",
         soci::into(row.type.code), soci::into(row.type.name), soci::into(row.type.parent), soci::into(row.position),
         soci::into(isRetired));
    statement.execute();
    while (statement.fetch()) {
        row.type.isRetired = isRetired != 0;
        rows.push_back(row);
    }
    return rows;
}

std::vector<TypeRow> standardRows() {
    std::vector<TypeRow> rows;
    for (const StandardType& standard : standardTypes()) {
        IncidentType type{std::string{standard.code}, std::string{standard.name}, std::string{standard.parent}};
        rows.push_back({std::move(type), standard.position});
    }
    return rows;
}

/// Those that the program knows, as supervisors left them, and those that they made; by position.
std::vector<TypeRow> selectTypeRows(soci::session& sql) {
    std::vector<TypeRow> rows = standardRows();
    const auto stored = storedTypes(sql);
    for (const TypeRow& row : stored) {
        const auto known =
            std::ranges::find_if(rows, [&](const TypeRow& one) { return one.type.code == row.type.code; });
        known == rows.end() ? rows.push_back(row) : static_cast<void>(*known = row);
    }
    std::ranges::stable_sort(rows, {}, &TypeRow::position);
    return rows;
}

/// Returns its row.
long long saveTypeRow(soci::session& sql, const TypeRow& row, base::UtcTime now) {
    long long retired = base::toStored(now);
    auto indicator = row.type.isRetired ? soci::i_ok : soci::i_null;
    long long id = 0;
    sql << "INSERT INTO incident_type (code, name, parent, position, retired) VALUES (:code, :name, :parent, "
           ":position, :retired) ON CONFLICT (code) DO UPDATE SET name = excluded.name, parent = excluded.parent, "
           "position = excluded.position, retired = excluded.retired RETURNING id",
        soci::use(row.type.code, "code"), soci::use(row.type.name, "name"), soci::use(row.type.parent, "parent"),
        soci::use(row.position, "position"), soci::use(retired, indicator, "retired"), soci::into(id);
    return id;
}

const TypeRow* rowOf(const std::vector<TypeRow>& rows, std::string_view code) {
    const auto found = std::ranges::find_if(rows, [&](const TypeRow& row) { return row.type.code == code; });
    return found == rows.end() ? nullptr : &*found;
}

base::Result<void> checkCode(const std::string& code) {
    const bool isWord = std::ranges::all_of(code, [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '-';
    });
    if (code.empty() || code.size() > longestCode || !isWord || code.front() == '-') {
        return base::fail(ErrorCode::InvalidInput,
                          "the code of a type is what is typed behind #: up to 24 small letters, digits and hyphens");
    }
    return {};
}

base::Result<void> checkParent(const std::vector<TypeRow>& rows, const IncidentType& type) {
    if (!type.parent.empty() && rowOf(rows, type.parent) == nullptr) {
        return base::fail(ErrorCode::NotFound, "there is no type '" + type.parent.substr(0, longestCode) + "'");
    }
    for (const TypeRow* above = rowOf(rows, type.parent); above != nullptr; above = rowOf(rows, above->type.parent)) {
        if (above->type.code == type.code) {
            return base::fail(ErrorCode::InvalidInput,
                              "'" + type.code + "' cannot be a kind of itself or of what is below it");
        }
    }
    return {};
}

int placeBehindAll(const std::vector<TypeRow>& rows, const std::string& parent) {
    int position = 1;
    for (const TypeRow& row : rows) {
        position = row.type.parent == parent ? std::max(position, row.position + 1) : position;
    }
    return position;
}

void auditType(store::Transaction& transaction, const access::Acting& acting, const char* action,
               const std::string& code, std::vector<store::WitnessedChange> witnesses) {
    store::AuditEvent event;
    event.who = acting.username;
    event.workstation = acting.workstation;
    event.action = action;
    event.object = "incident type " + code;
    event.witnesses = std::move(witnesses);
    transaction.audit(event);
    transaction.notify("incident_types", code);
}

std::vector<IncidentType> treeOf(const std::vector<TypeRow>& rows) {
    std::vector<IncidentType> tree;
    const std::function<void(const std::string&)> addBelow = [&](const std::string& parent) {
        for (const TypeRow& row : rows) {
            if (row.type.parent == parent) {
                tree.push_back(row.type);
                addBelow(row.type.code);
            }
        }
    };
    addBelow({});
    return tree;
}

}  // namespace

std::vector<IncidentType> selectIncidentTypes(soci::session& sql) {
    return treeOf(selectTypeRows(sql));
}

std::vector<IncidentType> standardIncidentTypes() {
    return treeOf(standardRows());
}

std::vector<std::string> typesBelow(const std::vector<IncidentType>& types, std::string_view code) {
    std::vector<std::string> below{std::string{code}};
    // Each type stands behind the one that it is a kind of.
    for (const IncidentType& type : types) {
        if (std::ranges::find(below, type.parent) != below.end()) {
            below.push_back(type.code);
        }
    }
    return below;
}

std::string fullNameOf(const std::vector<IncidentType>& types, std::string_view code) {
    const auto found = std::ranges::find_if(types, [&](const IncidentType& type) { return type.code == code; });
    if (found == types.end()) {
        return std::string{code};
    }
    return found->parent.empty() ? found->name : fullNameOf(types, found->parent) + ", " + found->name;
}

base::Result<void> requireType(soci::session& sql, const std::string& code) {
    int isRetired = 0;
    sql << "SELECT retired IS NOT NULL FROM incident_type WHERE code = :code", soci::use(code, "code"),
        soci::into(isRetired);
    const bool isStandard = std::ranges::find(standardTypes(), code, &StandardType::code) != standardTypes().end();
    if (!sql.got_data() && !isStandard) {
        return base::fail(ErrorCode::InvalidInput, "there is no type '" +
                                                       (base::isPlainText(code) ? code.substr(0, longestCode) : "") +
                                                       "': choose one of the list");
    }
    if (isRetired != 0) {
        return base::fail(ErrorCode::InvalidInput, "the type '" + code + "' is not used any more: choose another one");
    }
    return {};
}

base::Result<std::vector<IncidentType>> IncidentTypes::list() {
    return m_database.read([](soci::session& sql) -> base::Result<std::vector<IncidentType>> {
        return base::Result<std::vector<IncidentType>>{tl::in_place, selectIncidentTypes(sql)};
    });
}

base::Result<void> IncidentTypes::add(const access::Acting& acting, const IncidentType& type) {
    TRY(access::require(acting, access::Right::EditIncidentTypes));
    TRY(checkCode(type.code));
    TRY(base::requireWords(type.name, "the type needs a name", longestName));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        const auto rows = selectTypeRows(transaction.sql());
        if (rowOf(rows, type.code) != nullptr) {
            return base::fail(ErrorCode::AlreadyExists,
                              "there is a type '" + type.code + "' already: a code is never used for another one");
        }
        TRY(checkParent(rows, type));
        TypeRow row{type, placeBehindAll(rows, type.parent)};
        const long long id = saveTypeRow(transaction.sql(), row, transaction.now());
        auditType(transaction, acting, "incident-type.added", type.code, {{&witness(), id}});
        return {};
    });
}

base::Result<void> IncidentTypes::change(const access::Acting& acting, const IncidentType& type) {
    TRY(access::require(acting, access::Right::EditIncidentTypes));
    TRY(base::requireWords(type.name, "the type needs a name", longestName));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        const auto rows = selectTypeRows(transaction.sql());
        const TypeRow* known = rowOf(rows, type.code);
        if (known == nullptr) {
            return base::fail(ErrorCode::NotFound, "there is no type '" + type.code.substr(0, longestCode) + "'");
        }
        TRY(checkParent(rows, type));
        const bool isMoved = known->type.parent != type.parent;
        const TypeRow row{type, isMoved ? placeBehindAll(rows, type.parent) : known->position};
        const long long id = saveTypeRow(transaction.sql(), row, transaction.now());
        auditType(transaction, acting, "incident-type.changed", type.code, {{&witness(), id}});
        return {};
    });
}

base::Result<void> IncidentTypes::move(const access::Acting& acting, const std::string& code, int places) {
    TRY(access::require(acting, access::Right::EditIncidentTypes));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        auto rows = selectTypeRows(transaction.sql());
        const TypeRow* known = rowOf(rows, code);
        if (known == nullptr) {
            return base::fail(ErrorCode::NotFound, "there is no type '" + code.substr(0, longestCode) + "'");
        }
        std::vector<TypeRow> siblings;
        std::ranges::copy_if(rows, std::back_inserter(siblings),
                             [&](const TypeRow& row) { return row.type.parent == known->type.parent; });
        const auto from = std::ranges::find_if(siblings, [&](const TypeRow& row) { return row.type.code == code; });
        const auto last = static_cast<std::ptrdiff_t>(siblings.size()) - 1;
        const auto to = std::clamp<std::ptrdiff_t>(from - siblings.begin() + places, 0, last);
        const TypeRow moved = *from;
        siblings.erase(from);
        siblings.insert(siblings.begin() + to, moved);
        std::vector<store::WitnessedChange> witnesses;
        for (std::size_t index = 0; index < siblings.size(); ++index) {
            siblings[index].position = static_cast<int>(index) + 1;
            witnesses.push_back({&witness(), saveTypeRow(transaction.sql(), siblings[index], transaction.now())});
        }
        auditType(transaction, acting, "incident-type.moved", code, std::move(witnesses));
        return {};
    });
}

const store::AuditWitness& IncidentTypes::witness() {
    static const store::AuditWitness witness{"incident_type",
                                             "incident_type",
                                             "id",
                                             "code",
                                             {"code", "name", "parent", "position", "retired"},
                                             store::AuditWitness::Rows::Changing};
    return witness;
}

}  // namespace leedswatch::incident

#include "estate/police_systems.h"

#include "base/csv_table.h"
#include "base/utf8.h"
#include "estate/premises_details_rows.h"
#include "estate/premises_registry.h"
#include "estate/premises_rows.h"

#include <algorithm>

namespace leedswatch::estate {

namespace {

using base::ErrorCode;
using PoliceKey = long long;

struct PoliceKindName {
    PoliceSystemKind kind;
    std::string_view name;
    std::string_view title;
};

constexpr std::array<PoliceKindName, 4> policeKindNames{{
    {PoliceSystemKind::Intruder, "intruder", "Intruder"},
    {PoliceSystemKind::HoldUp, "hold-up", "Hold-up"},
    {PoliceSystemKind::Video, "video", "Video"},
    {PoliceSystemKind::LoneWorker, "lone-worker", "Lone worker"},
}};

constexpr std::size_t longestPoliceWords = 500;

const PoliceKindName& namesOf(PoliceSystemKind kind) {
    return policeKindNames.at(static_cast<std::size_t>(kind));
}

// A hold-up is passed on as it comes until the police want it otherwise; what may be an animal or a draught is not.
bool needsConfirmationAtFirst(PoliceSystemKind kind) {
    return kind == PoliceSystemKind::Intruder || kind == PoliceSystemKind::Video;
}

struct StoredPoliceSystem {
    PoliceSystem system;
    PoliceKey row = 0;  ///< 0: nothing but the reference of the premises is known
};

std::optional<StoredPoliceSystem> selectStored(soci::session& sql, PremisesId premises, PoliceSystemKind kind) {
    const PoliceKey key = premises.value();
    const std::string name{nameOf(kind)};
    StoredPoliceSystem found;
    found.system.kind = kind;
    found.system.needsConfirmation = needsConfirmationAtFirst(kind);
    std::string ofPremises;
    sql << "SELECT police_reference FROM premises WHERE id = :id", soci::use(key, "id"), soci::into(ofPremises);
    if (!sql.got_data()) {
        return std::nullopt;
    }
    int needsConfirmation = 0;
    PoliceKey countsFrom = 0;
    sql << "SELECT id, reference, force, level, needs_confirmation, counts_from FROM police_system WHERE premises_id = "
           ":premises AND system = :system",
        soci::use(key, "premises"), soci::use(name, "system"), soci::into(found.row),
        soci::into(found.system.reference), soci::into(found.system.force), soci::into(found.system.level),
        soci::into(needsConfirmation), soci::into(countsFrom);
    if (sql.got_data()) {
        found.system.needsConfirmation = needsConfirmation != 0;
        found.system.countsFrom = base::fromStored(countsFrom);
    }
    if (kind == PoliceSystemKind::Intruder) {
        found.system.reference = ofPremises;
    }
    return found;
}

/// The row's id.
PoliceKey saveRow(soci::session& sql, PremisesId premises, const PoliceSystem& system) {
    const PoliceKey key = premises.value();
    const std::string name{nameOf(system.kind)};
    const std::string reference = system.kind == PoliceSystemKind::Intruder ? std::string{} : system.reference;
    const int needsConfirmation = system.needsConfirmation ? 1 : 0;
    const PoliceKey countsFrom = base::toStored(system.countsFrom);
    PoliceKey id = 0;
    sql << "INSERT INTO police_system (premises_id, system, reference, force, level, needs_confirmation, counts_from) "
           "VALUES (:premises, :system, :reference, :force, :level, :needs, :from) ON CONFLICT (premises_id, system) "
           "DO UPDATE SET reference = excluded.reference, force = excluded.force, level = excluded.level, "
           "needs_confirmation = excluded.needs_confirmation, counts_from = excluded.counts_from RETURNING id",
        soci::use(key, "premises"), soci::use(name, "system"), soci::use(reference, "reference"),
        soci::use(system.force, "force"), soci::use(system.level, "level"), soci::use(needsConfirmation, "needs"),
        soci::use(countsFrom, "from"), soci::into(id);
    return id;
}

void auditPolice(store::Transaction& transaction, const access::Acting& acting, const char* action,
                 const Premises& premises, const PoliceSystem& system, std::vector<store::WitnessedChange> witnesses) {
    store::AuditEvent event;
    event.who = acting.username;
    event.workstation = acting.workstation;
    event.action = action;
    event.object = "premises " + premises.reference;
    event.details = {{"system", nameOf(system.kind)}, {"reference", system.reference}, {"level", system.level}};
    event.witnesses = std::move(witnesses);
    transaction.audit(event);
    transaction.notify("premises", premises.reference);
}

bool isPoliceText(const std::string& text) {
    return text.size() <= longestPoliceWords && base::isPlainText(text) &&
           text.find_first_of("\r\n\t") == std::string::npos;
}

void saveSystem(store::Transaction& transaction, const access::Acting& acting, const Premises& premises,
                const PoliceSystem& system) {
    std::vector<store::WitnessedChange> witnesses;
    if (system.kind == PoliceSystemKind::Intruder) {
        const PoliceKey key = premises.id.value();
        transaction.sql() << "UPDATE premises SET police_reference = :reference WHERE id = :id",
            soci::use(system.reference, "reference"), soci::use(key, "id");
        witnesses.push_back({&PremisesRegistry::witness(), key});
    }
    const PoliceKey row = saveRow(transaction.sql(), premises.id, system);
    witnesses.push_back({&PoliceSystems::witness(), row});
    auditPolice(transaction, acting, "police.changed", premises, system, std::move(witnesses));
}

/// A line of a file, put over what is known.
base::Result<PoliceSystem> readSystem(const base::CsvRow& row, const PoliceSystem& before) {
    PoliceSystem system = before;
    TRY_ASSIGN(const std::string reference, row.text("reference"));
    TRY_ASSIGN(const std::string force, row.text("force"));
    TRY_ASSIGN(const auto needs, row.yesNo("needs_confirmation"));
    if (!reference.empty()) {
        system.reference = reference == "-" ? "" : reference;
    }
    system.force = force.empty() ? system.force : force;
    system.needsConfirmation = needs.value_or(system.needsConfirmation);
    return system;
}

base::Result<PoliceSystemKind> readKind(const base::CsvRow& row) {
    TRY_ASSIGN(const std::string name, row.text("system"));
    const auto kind = policeSystemKindFrom(base::loweredAscii(name));
    if (!kind) {
        return row.refuse("system", "write intruder, hold-up, video or lone-worker");
    }
    return *kind;
}

}  // namespace

std::string_view nameOf(PoliceSystemKind kind) {
    return namesOf(kind).name;
}

std::string_view titleOf(PoliceSystemKind kind) {
    return namesOf(kind).title;
}

std::optional<PoliceSystemKind> policeSystemKindFrom(std::string_view name) {
    const auto* found = std::ranges::find(policeKindNames, name, &PoliceKindName::name);
    return found == policeKindNames.end() ? std::nullopt : std::optional{found->kind};
}

std::optional<PoliceSystem> PoliceSystems::select(soci::session& sql, PremisesId premises, PoliceSystemKind kind) {
    const auto found = selectStored(sql, premises, kind);
    return found && !found->system.reference.empty() ? std::optional{found->system} : std::nullopt;
}

void PoliceSystems::writeLevel(store::Transaction& transaction, const access::Acting& acting, PremisesId premises,
                               const PoliceSystem& system, int level, const std::string& why) {
    PoliceSystem changed = system;
    changed.level = level;
    if (system.level == policeWithdrawn && level != policeWithdrawn) {
        changed.countsFrom = transaction.now();
        changed.needsConfirmation = changed.needsConfirmation || system.kind == PoliceSystemKind::HoldUp;
    }
    const PoliceKey row = saveRow(transaction.sql(), premises, changed);
    const PoliceKey key = premises.value();
    const std::string name{nameOf(system.kind)};
    const PoliceKey at = base::toStored(transaction.now());
    PoliceKey line = 0;
    transaction.sql() << "INSERT INTO police_level (premises_id, system, at, level, who, why) VALUES (:premises, "
                         ":system, :at, :level, :who, :why) RETURNING id",
        soci::use(key, "premises"), soci::use(name, "system"), soci::use(at, "at"), soci::use(level, "level"),
        soci::use(acting.username, "who"), soci::use(why, "why"), soci::into(line);
    const auto place = selectPremisesById(transaction.sql(), premises);
    auditPolice(transaction, acting, "police.level-changed", place.value_or(Premises{}), changed,
                {{&witness(), row}, {&levelWitness(), line}});
}

base::Result<std::vector<PoliceSystem>> PoliceSystems::of(const access::Acting& acting, PremisesId premises) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<PoliceSystem>> {
        std::vector<PoliceSystem> all;
        for (const PoliceSystemKind kind : policeSystemKinds) {
            if (auto system = select(sql, premises, kind)) {
                all.push_back(*std::move(system));
            }
        }
        return all;
    });
}

base::Result<std::vector<PoliceLevelChange>> PoliceSystems::levels(const access::Acting& acting, PremisesId premises,
                                                                   PoliceSystemKind kind) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<PoliceLevelChange>> {
        std::vector<PoliceLevelChange> lines;
        const PoliceKey key = premises.value();
        const std::string name{nameOf(kind)};
        PoliceLevelChange line;
        PoliceKey at = 0;
        soci::statement statement =
            (sql.prepare << "SELECT at, level, who, why FROM police_level WHERE premises_id = :premises AND system = "
                            ":system ORDER BY id DESC",
             soci::use(key, "premises"), soci::use(name, "system"), soci::into(at), soci::into(line.level),
             soci::into(line.who), soci::into(line.why));
        statement.execute();
        while (statement.fetch()) {
            line.at = base::fromStored(at);
            lines.push_back(line);
        }
        return lines;
    });
}

base::Result<void> PoliceSystems::set(const access::Acting& acting, PremisesId premises, const PoliceSystem& wanted) {
    TRY(access::require(acting, access::Right::ManagePoliceReferences));
    if (!isPoliceText(wanted.reference) || !isPoliceText(wanted.force)) {
        return base::fail(ErrorCode::InvalidInput, "a reference and the name of a police force are one line of text");
    }
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        const auto place = selectPremisesById(transaction.sql(), premises);
        const auto stored = selectStored(transaction.sql(), premises, wanted.kind);
        if (!place || !stored) {
            return base::fail(ErrorCode::NotFound, "these premises are not in the list of premises");
        }
        PoliceSystem system = stored->system;
        system.reference = wanted.reference;
        system.force = wanted.force;
        system.needsConfirmation = wanted.needsConfirmation;
        saveSystem(transaction, acting, *place, system);
        return {};
    });
}

base::Result<void> PoliceSystems::setLevel(const access::Acting& acting, PremisesId premises, PoliceSystemKind kind,
                                           int level, const std::string& why) {
    TRY(access::require(acting, access::Right::ManagePoliceReferences));
    if (level < policeImmediate || level > policeWithdrawn) {
        return base::fail(ErrorCode::InvalidInput, "the level is 1 (at once), 2 (as they can) or 3 (withdrawn)");
    }
    if (why.find_first_not_of(' ') == std::string::npos || !isPoliceText(why)) {
        return base::fail(ErrorCode::InvalidInput, "say in a line why the level changes: the letter of the police");
    }
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        const auto system = select(transaction.sql(), premises, kind);
        if (!system) {
            return base::fail(ErrorCode::NotFound, "these premises have no police reference for this system");
        }
        writeLevel(transaction, acting, premises, *system, level, why);
        return {};
    });
}

base::Result<ImportReport> PoliceSystems::importCsv(const access::Acting& acting, std::string_view csv) {
    TRY(access::require(acting, access::Right::ManagePoliceReferences));
    TRY_ASSIGN(const auto table,
               base::CsvTable::read(csv, {"premises", "system", "reference", "force", "level", "needs_confirmation"},
                                    {"premises", "system", "reference"}));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<ImportReport> {
        ImportReport report;
        for (std::size_t index = 0; index < table.size(); ++index) {
            const base::CsvRow row = table.row(index);
            TRY_ASSIGN(const std::string reference, row.text("premises"));
            const auto places = selectPremises(transaction.sql(), reference);
            if (places.empty()) {
                return row.refuse("premises", "there are no premises '" + reference + "': import them first");
            }
            TRY_ASSIGN(const PoliceSystemKind kind, readKind(row));
            const auto before = selectStored(transaction.sql(), places.front().id, kind);
            TRY_ASSIGN(PoliceSystem system, readSystem(row, before->system));
            if (!(system == before->system)) {
                saveSystem(transaction, acting, places.front(), system);
                before->system.reference.empty() ? ++report.added : ++report.changed;
            } else {
                ++report.unchanged;
            }
            if (!row.raw("level").empty()) {
                TRY_ASSIGN(const int level, row.integer("level", policeImmediate, policeWithdrawn));
                if (level != system.level) {
                    writeLevel(transaction, acting, places.front().id, system, level, "Imported.");
                }
            }
        }
        return report;
    });
}

const store::AuditWitness& PoliceSystems::witness() {
    static const store::AuditWitness witness{
        "police_system",
        "police_system",
        "id",
        "system",
        {"premises_id", "system", "reference", "force", "level", "needs_confirmation", "counts_from"},
        store::AuditWitness::Rows::Changing};
    return witness;
}

const store::AuditWitness& PoliceSystems::levelWitness() {
    static const store::AuditWitness witness{"police_level",
                                             "police_level",
                                             "id",
                                             "system",
                                             {"premises_id", "system", "at", "level", "who", "why"},
                                             store::AuditWitness::Rows::OnlyAdded};
    return witness;
}

}  // namespace leedswatch::estate

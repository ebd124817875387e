#include "base/csv_table.h"
#include "base/local_time.h"
#include "base/spreadsheet_field.h"
#include "base/words.h"
#include "dispatch/key_checks.h"
#include "dispatch/key_register.h"
#include "dispatch/key_rows.h"
#include "estate/premises_rows.h"

#include <algorithm>

// How keys come into the register, one or a file of them, and how they are listed in a file.

namespace leedswatch::dispatch {

namespace {

using base::ErrorCode;

constexpr int mostExported = 100'000;

/// Writes a bunch that was checked and is not there.
KeyBunch addBunch(store::Transaction& transaction, const access::Acting& acting, const NewBunch& from,
                  const estate::Premises& premises, std::vector<store::WitnessedChange>& bunches,
                  std::vector<store::WitnessedChange>& movements) {
    KeyBunch bunch;
    bunch.tag = from.tag;
    bunch.premises = premises.id;
    bunch.premisesReference = premises.reference;
    bunch.premisesName = premises.name;
    bunch.opens = from.opens;
    bunch.keys = from.keys;
    bunch.hook = from.hook;
    bunch.since = transaction.now();
    insertBunch(transaction.sql(), bunch, acting.username);
    store::vouchForAdded(bunches, KeyRegister::witness(), bunch.id.value());
    KeyMovement movement;
    movement.bunch = bunch.id;
    movement.at = transaction.now();
    movement.kind = KeyMovementKind::Added;
    movement.who = acting.username;
    movement.workstation = acting.workstation;
    movement.text = std::to_string(bunch.keys) + (bunch.keys == 1 ? " key" : " keys") +
                    (bunch.hook.empty() ? "" : ", " + bunch.hook);
    insertMovement(transaction.sql(), movement);
    store::vouchForAdded(movements, KeyRegister::movementWitness(), movement.id);
    return bunch;
}

void auditBunches(store::Transaction& transaction, const access::Acting& acting, const char* action,
                  const std::string& object, std::vector<store::WitnessedChange> witnesses,
                  const std::vector<store::WitnessedChange>& movements) {
    store::AuditEvent event;
    event.who = acting.username;
    event.workstation = acting.workstation;
    event.action = action;
    event.object = object;
    event.witnesses = std::move(witnesses);
    event.witnesses.insert(event.witnesses.end(), movements.begin(), movements.end());
    transaction.audit(event);
    transaction.notify("keys", object);
}

base::Result<NewBunch> bunchOfRow(const base::CsvRow& row) {
    NewBunch bunch;
    TRY_ASSIGN(bunch.tag, row.text("tag"));
    TRY_ASSIGN(bunch.premises, row.text("premises"));
    TRY_ASSIGN(bunch.opens, row.text("opens"));
    TRY_ASSIGN(bunch.hook, row.text("hook"));
    if (!row.raw("keys").empty()) {
        TRY_ASSIGN(bunch.keys, row.integer("keys", 1, 200));
    }
    return base::Result<NewBunch>{tl::in_place, std::move(bunch)};
}

/// A tag that is there already: its row may say another hook, and nothing else.
base::Result<bool> moveIfOther(store::Transaction& transaction, const access::Acting& acting, const base::CsvRow& row,
                               const NewBunch& from, KeyBunch& known, std::vector<store::WitnessedChange>& movements) {
    if (known.premisesReference != from.premises || known.opens != from.opens || known.state == KeyState::Withdrawn) {
        return row.refuse("tag", "keys " + known.tag +
                                     " are in the register for other premises or doors, or are "
                                     "withdrawn: a tag is never used again");
    }
    if (from.hook.empty() || from.hook == known.hook) {
        return false;
    }
    KeyMovement movement;
    movement.bunch = known.id;
    movement.at = transaction.now();
    movement.kind = KeyMovementKind::Moved;
    movement.who = acting.username;
    movement.workstation = acting.workstation;
    movement.text = "From " + known.hook + " to " + from.hook;
    known.hook = from.hook;
    updateBunch(transaction.sql(), known);
    insertMovement(transaction.sql(), movement);
    store::vouchForAdded(movements, KeyRegister::movementWitness(), movement.id);
    return true;
}

std::string stateText(const KeyBunch& bunch) {
    return std::string{nameOf(bunch.state)};
}

}  // namespace

base::Result<KeyBunch> KeyRegister::add(const access::Acting& acting, const NewBunch& wanted) {
    TRY(access::require(acting, access::Right::ManageResponse));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<KeyBunch> {
        NewBunch bunch = wanted;
        const auto premises = estate::selectPremises(transaction.sql(), bunch.premises);
        if (premises.empty()) {
            return base::fail(ErrorCode::NotFound,
                              "there are no premises '" + bunch.premises.substr(0, 40) + "'; see premises list");
        }
        TRY(checkNewBunch(bunch, premises.front()));
        if (selectBunch(transaction.sql(), bunch.tag)) {
            return base::fail(ErrorCode::AlreadyExists,
                              "the tag " + bunch.tag + " is in the register: a tag is never used again");
        }
        std::vector<store::WitnessedChange> bunches;
        std::vector<store::WitnessedChange> movements;
        KeyBunch added = addBunch(transaction, acting, bunch, premises.front(), bunches, movements);
        auditBunches(transaction, acting, "keys.added", "keys " + added.tag, std::move(bunches), movements);
        return base::Result<KeyBunch>{tl::in_place, std::move(added)};
    });
}

base::Result<estate::ImportReport> KeyRegister::importCsv(const access::Acting& acting, std::string_view csv) {
    TRY(access::require(acting, access::Right::ManageResponse));
    TRY_ASSIGN(const auto table,
               base::CsvTable::read(csv, {"tag", "premises", "opens", "keys", "hook"}, {"tag", "premises", "opens"}));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<estate::ImportReport> {
        estate::ImportReport report;
        std::vector<store::WitnessedChange> bunches;
        std::vector<store::WitnessedChange> movements;
        for (std::size_t index = 0; index < table.size(); ++index) {
            const base::CsvRow row = table.row(index);
            TRY_ASSIGN(NewBunch bunch, bunchOfRow(row));
            const auto premises = estate::selectPremises(transaction.sql(), bunch.premises);
            if (premises.empty()) {
                return row.refuse("premises", "there are no premises '" + bunch.premises + "': import them first");
            }
            if (auto known = selectBunch(transaction.sql(), base::trimmedUpper(bunch.tag))) {
                TRY_ASSIGN(const bool isMoved, moveIfOther(transaction, acting, row, bunch, *known, movements));
                ++(isMoved ? report.changed : report.unchanged);
                continue;
            }
            if (const auto checked = checkNewBunch(bunch, premises.front()); !checked) {
                return row.refuse("tag", checked.error().message);
            }
            addBunch(transaction, acting, bunch, premises.front(), bunches, movements);
            ++report.added;
        }
        if (report.added + report.changed > 0) {
            auditBunches(transaction, acting, "keys.imported", "keys", std::move(bunches), movements);
        }
        return report;
    });
}

base::Result<std::string> KeyRegister::exportCsv(const access::Acting& acting) {
    TRY(access::require(acting, access::Right::ManageResponse));
    return m_database.read([&](soci::session& sql) -> base::Result<std::string> {
        std::string csv = "tag,premises,opens,keys,hook,state,holder,since,due\r\n";
        const auto all = selectBunchesLike(sql, {}, mostExported);
        for (const KeyBunch& bunch : all) {
            csv += base::spreadsheetLine({bunch.tag, bunch.premisesReference, bunch.opens, std::to_string(bunch.keys),
                                          bunch.hook, stateText(bunch), bunch.holder, base::formatLocal(bunch.since),
                                          bunch.due ? base::formatLocal(*bunch.due) : ""});
        }
        return base::Result<std::string>{tl::in_place, std::move(csv)};
    });
}

}  // namespace leedswatch::dispatch

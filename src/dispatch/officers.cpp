#include "dispatch/officers.h"

#include "base/words.h"
#include "dispatch/unit_rows.h"

#include <algorithm>
#include <cctype>

namespace leedswatch::dispatch {

namespace {

using base::ErrorCode;

constexpr std::size_t licenceDigits = 16;

base::Result<void> checkOfficer(Officer& officer) {
    TRY(base::requireWords(officer.name, "say the officer's name", base::longestLine));
    TRY(base::checkWords(officer.phone, base::longestLine));
    std::erase(officer.licence, ' ');
    if (officer.licence.empty()) {
        officer.licenceExpires.clear();
        return {};
    }
    const bool isNumber = std::ranges::all_of(
        officer.licence, [](char letter) { return std::isdigit(static_cast<unsigned char>(letter)) != 0; });
    if (!isNumber || officer.licence.size() != licenceDigits) {
        return base::fail(ErrorCode::InvalidInput, "a licence number of the Security Industry Authority has 16 digits");
    }
    if (!isDay(officer.licenceExpires)) {
        return base::fail(ErrorCode::InvalidInput, "say the last day of the licence as in 2027-03-31");
    }
    return {};
}

void auditOfficer(store::Transaction& transaction, const access::Acting& acting, const char* action,
                  const Officer& officer) {
    store::AuditEvent event;
    event.who = acting.username;
    event.workstation = acting.workstation;
    event.action = action;
    event.object = "officer " + std::to_string(officer.id.value());
    event.details = {{"licence_expires", officer.licenceExpires}};
    event.personal = officer.name + ", licence " + officer.licence + ", " + officer.phone;
    event.witnesses = {{&Officers::witness(), officer.id.value()}};
    transaction.audit(event);
    transaction.notify("response_units", "officer");
}

}  // namespace

base::Result<std::vector<Officer>> Officers::list(const access::Acting& acting) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    return m_database.read([](soci::session& sql) -> base::Result<std::vector<Officer>> {
        return base::Result<std::vector<Officer>>{tl::in_place, selectOfficers(sql)};
    });
}

base::Result<Officer> Officers::save(const access::Acting& acting, Officer officer) {
    TRY(access::require(acting, access::Right::ManageResponse));
    TRY(checkOfficer(officer));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<Officer> {
        const auto all = selectOfficers(transaction.sql());
        const bool isKnown = std::ranges::find(all, officer.id, &Officer::id) != all.end();
        if (officer.id.isValid() && !isKnown) {
            return base::fail(ErrorCode::NotFound, "there is no such officer any more");
        }
        const bool isTaken = !officer.licence.empty() && std::ranges::any_of(all, [&](const Officer& other) {
            return other.licence == officer.licence && other.id != officer.id;
        });
        if (isTaken) {
            return base::fail(ErrorCode::AlreadyExists, "another officer has this licence number");
        }
        saveOfficer(transaction.sql(), officer);
        auditOfficer(transaction, acting, isKnown ? "officer.changed" : "officer.added", officer);
        return base::Result<Officer>{tl::in_place, officer};
    });
}

base::Result<void> Officers::retire(const access::Acting& acting, OfficerId id) {
    TRY(access::require(acting, access::Right::ManageResponse));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        const auto officer = selectOfficer(transaction.sql(), id);
        if (!officer) {
            return base::fail(ErrorCode::NotFound, "there is no such officer any more");
        }
        const auto unitId = selectUnitOfOfficer(transaction.sql(), id);
        const auto unit = unitId ? selectUnit(transaction.sql(), *unitId) : std::nullopt;
        if (unit && unit->status != UnitStatus::OffDuty) {
            return base::fail(ErrorCode::Busy,
                              officer->name + " is on duty in " + unit->callSign + ": take the unit off duty first");
        }
        retireOfficer(transaction.sql(), id, transaction.now());
        auditOfficer(transaction, acting, "officer.retired", *officer);
        return {};
    });
}

const store::AuditWitness& Officers::witness() {
    static const store::AuditWitness witness{"response officer",
                                             "response_officer",
                                             "id",
                                             "id",
                                             {"name", "licence", "licence_expires", "phone", "retired"},
                                             store::AuditWitness::Rows::Changing};
    return witness;
}

}  // namespace leedswatch::dispatch

#include "dispatch/unit_rows.h"

#include "store/nullable.h"

namespace leedswatch::dispatch {

namespace {

using UnitKey = long long;

template <typename... Bound>
std::vector<Officer> officersWhere(soci::session& sql, const std::string& condition, Bound&&... bound) {
    std::vector<Officer> officers;
    Officer officer;
    UnitKey id = 0;
    soci::statement statement = ((sql.prepare << "SELECT officer.id, name, licence, licence_expires, phone FROM "
                                                 "response_officer AS officer " +
                                                     condition,
                                  soci::into(id), soci::into(officer.name), soci::into(officer.licence),
                                  soci::into(officer.licenceExpires), soci::into(officer.phone)),
                                 ..., std::forward<Bound>(bound));
    statement.execute();
    while (statement.fetch()) {
        officer.id = OfficerId{id};
        officers.push_back(officer);
    }
    return officers;
}

template <typename... Bound>
std::vector<Unit> unitsWhere(soci::session& sql, const std::string& condition, Bound&&... bound) {
    std::vector<Unit> units;
    Unit unit;
    UnitKey id = 0;
    int minutes = 0;
    std::string status;
    UnitKey since = 0;
    store::Nullable due;
    int isLate = 0;
    {
        soci::statement statement =
            ((sql.prepare << "SELECT id, call_sign, vehicle, check_in_minutes, status, since, check_in_due, is_late "
                             "FROM response_unit WHERE retired IS NULL " +
                                 condition,
              soci::into(id), soci::into(unit.callSign), soci::into(unit.vehicle), soci::into(minutes),
              soci::into(status), soci::into(since), due.into(), soci::into(isLate)),
             ..., std::forward<Bound>(bound));
        statement.execute();
        while (statement.fetch()) {
            unit.id = UnitId{id};
            unit.checkInEvery = std::chrono::minutes{minutes};
            unit.status = unitStatusFrom(status).value_or(UnitStatus::OffDuty);
            unit.since = base::fromStored(since);
            unit.checkInDue = due.time();
            unit.isLate = isLate != 0;
            units.push_back(unit);
        }
    }
    for (Unit& each : units) {
        const UnitKey key = each.id.value();
        each.crew = officersWhere(sql,
                                  "JOIN response_crew AS crew ON crew.officer_id = officer.id WHERE crew.unit_id = "
                                  ":unit ORDER BY name, officer.id",
                                  soci::use(key, "unit"));
    }
    return units;
}

}  // namespace

std::vector<Officer> selectOfficers(soci::session& sql) {
    return officersWhere(sql, "WHERE retired IS NULL ORDER BY name, id");
}

std::optional<Officer> selectOfficer(soci::session& sql, OfficerId id) {
    const UnitKey key = id.value();
    auto found = officersWhere(sql, "WHERE retired IS NULL AND id = :id", soci::use(key, "id"));
    return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

void saveOfficer(soci::session& sql, Officer& officer) {
    UnitKey id = officer.id.value();
    if (officer.id.isValid()) {
        sql << "UPDATE response_officer SET name = :name, licence = :licence, licence_expires = :expires, phone = "
               ":phone WHERE id = :id",
            soci::use(officer.name, "name"), soci::use(officer.licence, "licence"),
            soci::use(officer.licenceExpires, "expires"), soci::use(officer.phone, "phone"), soci::use(id, "id");
        return;
    }
    sql << "INSERT INTO response_officer (name, licence, licence_expires, phone) VALUES (:name, :licence, :expires, "
           ":phone) RETURNING id",
        soci::use(officer.name, "name"), soci::use(officer.licence, "licence"),
        soci::use(officer.licenceExpires, "expires"), soci::use(officer.phone, "phone"), soci::into(id);
    officer.id = OfficerId{id};
}

void retireOfficer(soci::session& sql, OfficerId id, base::UtcTime now) {
    const UnitKey key = id.value();
    const UnitKey at = base::toStored(now);
    sql << "DELETE FROM response_crew WHERE officer_id = :id", soci::use(key, "id");
    sql << "UPDATE response_officer SET retired = :at WHERE id = :id", soci::use(at, "at"), soci::use(key, "id");
}

std::vector<Unit> selectUnits(soci::session& sql) {
    return unitsWhere(sql, "ORDER BY call_sign");
}

std::optional<Unit> selectUnit(soci::session& sql, UnitId id) {
    const UnitKey key = id.value();
    auto found = unitsWhere(sql, "AND id = :id", soci::use(key, "id"));
    return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

void saveUnit(soci::session& sql, Unit& unit) {
    UnitKey id = unit.id.value();
    const int minutes = static_cast<int>(unit.checkInEvery.count());
    const std::string status{nameOf(unit.status)};
    const UnitKey since = base::toStored(unit.since);
    const store::Nullable due{unit.checkInDue};
    const int isLate = unit.isLate ? 1 : 0;
    if (unit.id.isValid()) {
        sql << "UPDATE response_unit SET call_sign = :sign, vehicle = :vehicle, check_in_minutes = :minutes, status = "
               ":status, since = :since, check_in_due = :due, is_late = :late WHERE id = :id",
            soci::use(unit.callSign, "sign"), soci::use(unit.vehicle, "vehicle"), soci::use(minutes, "minutes"),
            soci::use(status, "status"), soci::use(since, "since"), due.use("due"), soci::use(isLate, "late"),
            soci::use(id, "id");
        return;
    }
    sql << "INSERT INTO response_unit (call_sign, vehicle, check_in_minutes, status, since) VALUES (:sign, :vehicle, "
           ":minutes, :status, :since) RETURNING id",
        soci::use(unit.callSign, "sign"), soci::use(unit.vehicle, "vehicle"), soci::use(minutes, "minutes"),
        soci::use(status, "status"), soci::use(since, "since"), soci::into(id);
    unit.id = UnitId{id};
}

void retireUnit(soci::session& sql, UnitId id, base::UtcTime now) {
    const UnitKey key = id.value();
    const UnitKey at = base::toStored(now);
    sql << "DELETE FROM response_crew WHERE unit_id = :id", soci::use(key, "id");
    sql << "UPDATE response_unit SET retired = :at WHERE id = :id", soci::use(at, "at"), soci::use(key, "id");
}

void replaceCrew(soci::session& sql, UnitId id, const std::vector<Officer>& crew) {
    const UnitKey key = id.value();
    sql << "DELETE FROM response_crew WHERE unit_id = :unit", soci::use(key, "unit");
    for (const Officer& officer : crew) {
        const UnitKey who = officer.id.value();
        sql << "INSERT INTO response_crew (officer_id, unit_id) VALUES (:officer, :unit) ON CONFLICT (officer_id) DO "
               "UPDATE SET unit_id = excluded.unit_id",
            soci::use(who, "officer"), soci::use(key, "unit");
    }
}

std::optional<UnitId> selectUnitOfOfficer(soci::session& sql, OfficerId id) {
    const UnitKey key = id.value();
    UnitKey unit = 0;
    sql << "SELECT unit_id FROM response_crew WHERE officer_id = :id", soci::use(key, "id"), soci::into(unit);
    return sql.got_data() ? std::optional{UnitId{unit}} : std::nullopt;
}

std::vector<Unit> selectLateUnits(soci::session& sql, base::UtcTime now, int most) {
    const UnitKey until = base::toStored(now);
    return unitsWhere(sql,
                      "AND check_in_due IS NOT NULL AND is_late = 0 AND check_in_due <= :until ORDER BY check_in_due "
                      "LIMIT :most",
                      soci::use(until, "until"), soci::use(most, "most"));
}

void insertUnitEntry(soci::session& sql, UnitEntry& entry) {
    const UnitKey unit = entry.unit.value();
    const UnitKey at = base::toStored(entry.at);
    const std::string status{nameOf(entry.status)};
    const store::Nullable job{entry.job};
    UnitKey id = 0;
    sql << "INSERT INTO response_unit_entry (unit_id, at, status, job_id, who, workstation, text) VALUES (:unit, :at, "
           ":status, :job, :who, :workstation, :text) RETURNING id",
        soci::use(unit, "unit"), soci::use(at, "at"), soci::use(status, "status"), job.use("job"),
        soci::use(entry.who, "who"), soci::use(entry.workstation, "workstation"), soci::use(entry.text, "text"),
        soci::into(id);
    entry.id = id;
}

std::vector<UnitEntry> selectUnitEntries(soci::session& sql, UnitId unit, int most) {
    std::vector<UnitEntry> entries;
    const UnitKey key = unit.value();
    UnitEntry entry;
    UnitKey id = 0;
    UnitKey at = 0;
    std::string status;
    store::Nullable job;
    soci::statement statement =
        (sql.prepare << "SELECT id, at, status, job_id, who, workstation, text FROM response_unit_entry WHERE unit_id "
                        "= :unit ORDER BY id DESC LIMIT :most",
         soci::use(key, "unit"), soci::use(most, "most"), soci::into(id), soci::into(at), soci::into(status),
         job.into(), soci::into(entry.who), soci::into(entry.workstation), soci::into(entry.text));
    statement.execute();
    while (statement.fetch()) {
        entry.id = id;
        entry.unit = unit;
        entry.at = base::fromStored(at);
        entry.status = unitStatusFrom(status).value_or(UnitStatus::OffDuty);
        entry.job = job.id<JobId>();
        entries.push_back(entry);
    }
    return entries;
}

}  // namespace leedswatch::dispatch

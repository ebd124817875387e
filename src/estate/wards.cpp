#include "estate/wards.h"

#include "base/csv_table.h"
#include "store/audit_witness.h"

namespace leedswatch::estate {

namespace {

using base::ErrorCode;

template <typename... Bound>
std::vector<Ward> wardsWhere(soci::session& sql, const std::string& condition, Bound&&... bound) {
    std::vector<Ward> wards;
    Ward ward;
    long long id = 0;
    soci::statement statement = ((sql.prepare << "SELECT ward.id, ward.name, committee.name FROM ward JOIN "
                                                 "community_committee AS committee ON committee.id = committee_id " +
                                                     condition,
                                  soci::into(id), soci::into(ward.name), soci::into(ward.committee)),
                                 ..., std::forward<Bound>(bound));
    statement.execute();
    while (statement.fetch()) {
        ward.id = WardId{id};
        wards.push_back(ward);
    }
    return wards;
}

long long committeeNamed(soci::session& sql, const std::string& name) {
    long long id = 0;
    sql << "INSERT INTO community_committee (name) VALUES (:name) ON CONFLICT (name) DO UPDATE SET name = name "
           "RETURNING id",
        soci::use(name, "name"), soci::into(id);
    return id;
}

enum class Applied { Added, Changed, Unchanged };

void count(ImportReport& report, Applied applied) {
    ++(applied == Applied::Added ? report.added : applied == Applied::Changed ? report.changed : report.unchanged);
}

Applied applyWard(soci::session& sql, const std::string& name, const std::string& committee, long long& id) {
    const auto known = wardsWhere(sql, "WHERE ward.name = :name", soci::use(name, "name"));
    if (!known.empty() && known.front().committee == committee) {
        return Applied::Unchanged;
    }
    const long long committeeId = committeeNamed(sql, committee);
    sql << "INSERT INTO ward (name, committee_id) VALUES (:name, :committee) ON CONFLICT (name) DO UPDATE SET "
           "committee_id = excluded.committee_id RETURNING id",
        soci::use(name, "name"), soci::use(committeeId, "committee"), soci::into(id);
    return known.empty() ? Applied::Added : Applied::Changed;
}

Applied standIn(soci::session& sql, CameraId camera, const std::optional<Ward>& ward) {
    const auto known = selectWardOfCamera(sql, camera);
    if ((known && ward && known->id == ward->id) || (!known && !ward)) {
        return Applied::Unchanged;
    }
    const long long id = camera.value();
    if (!ward) {
        sql << "DELETE FROM camera_ward WHERE camera_id = :camera", soci::use(id, "camera");
        return Applied::Changed;
    }
    const long long wardId = ward->id.value();
    sql << "INSERT INTO camera_ward (camera_id, ward_id) VALUES (:camera, :ward) ON CONFLICT (camera_id) DO UPDATE SET "
           "ward_id = excluded.ward_id",
        soci::use(id, "camera"), soci::use(wardId, "ward");
    return known ? Applied::Changed : Applied::Added;
}

void auditImport(store::Transaction& transaction, const access::Acting& acting, const char* action,
                 std::vector<store::WitnessedChange> witnesses) {
    if (witnesses.empty()) {
        return;
    }
    store::AuditEvent event;
    event.who = acting.username;
    event.workstation = acting.workstation;
    event.action = action;
    event.object = "wards";
    event.witnesses = std::move(witnesses);
    transaction.audit(event);
    transaction.notify("wards", "import");
}

base::Result<CameraId> cameraNumbered(soci::session& sql, const base::CsvRow& row) {
    TRY_ASSIGN(const int number, row.integer("camera", 1, 99'999));
    long long id = 0;
    sql << "SELECT id FROM camera WHERE number = :number", soci::use(number, "number"), soci::into(id);
    if (!sql.got_data()) {
        return row.refuse("camera",
                          "camera " + std::to_string(number) + " is not in the estate: import the cameras first");
    }
    return CameraId{id};
}

base::Result<std::optional<Ward>> wardNamed(soci::session& sql, const base::CsvRow& row) {
    TRY_ASSIGN(const std::string name, row.text("ward"));
    if (name.empty()) {
        return std::optional<Ward>{};
    }
    const auto known = wardsWhere(sql, "WHERE ward.name = :name", soci::use(name, "name"));
    if (known.empty()) {
        return row.refuse("ward", "there is no ward '" + name + "': import the wards first");
    }
    return std::optional{known.front()};
}

}  // namespace

base::Result<std::vector<Ward>> Wards::list() {
    return m_database.read([](soci::session& sql) -> base::Result<std::vector<Ward>> {
        return base::Result<std::vector<Ward>>{tl::in_place, wardsWhere(sql, "ORDER BY committee.name, ward.name")};
    });
}

base::Result<ImportReport> Wards::importWards(const access::Acting& acting, std::string_view csv) {
    TRY(access::require(acting, access::Right::ManageCameras));
    TRY_ASSIGN(const auto table, base::CsvTable::read(csv, {"ward", "committee"}, {"ward", "committee"}));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<ImportReport> {
        ImportReport report;
        std::vector<store::WitnessedChange> witnesses;
        for (std::size_t index = 0; index < table.size(); ++index) {
            const base::CsvRow row = table.row(index);
            TRY_ASSIGN(const std::string name, row.text("ward"));
            TRY_ASSIGN(const std::string committee, row.text("committee"));
            if (name.empty() || committee.empty()) {
                return row.refuse(name.empty() ? "ward" : "committee", "a name is missing");
            }
            long long id = 0;
            const Applied applied = applyWard(transaction.sql(), name, committee, id);
            count(report, applied);
            if (applied != Applied::Unchanged) {
                witnesses.push_back({&witness(), id});
            }
        }
        auditImport(transaction, acting, "wards.imported", std::move(witnesses));
        return report;
    });
}

base::Result<ImportReport> Wards::importCameras(const access::Acting& acting, std::string_view csv) {
    TRY(access::require(acting, access::Right::ManageCameras));
    TRY_ASSIGN(const auto table, base::CsvTable::read(csv, {"camera", "ward"}, {"camera", "ward"}));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<ImportReport> {
        ImportReport report;
        std::vector<store::WitnessedChange> witnesses;
        for (std::size_t index = 0; index < table.size(); ++index) {
            const base::CsvRow row = table.row(index);
            TRY_ASSIGN(const CameraId camera, cameraNumbered(transaction.sql(), row));
            TRY_ASSIGN(const auto ward, wardNamed(transaction.sql(), row));
            const Applied applied = standIn(transaction.sql(), camera, ward);
            count(report, applied);
            if (applied != Applied::Unchanged) {
                witnesses.push_back({&cameraWitness(), camera.value()});
            }
        }
        auditImport(transaction, acting, "cameras.placed-in-wards", std::move(witnesses));
        return report;
    });
}

const store::AuditWitness& Wards::witness() {
    static const store::AuditWitness witness{
        "ward",
        "ward",
        "id",
        "name",
        {"name", "(SELECT name FROM community_committee WHERE community_committee.id = ward.committee_id)"},
        store::AuditWitness::Rows::Changing};
    return witness;
}

const store::AuditWitness& Wards::cameraWitness() {
    static const store::AuditWitness witness{"camera_ward", "camera_ward", "camera_id",
                                             "camera_id",   {"ward_id"},   store::AuditWitness::Rows::Changing};
    return witness;
}

std::optional<Ward> selectWardOfCamera(soci::session& sql, CameraId camera) {
    const long long id = camera.value();
    const auto found =
        wardsWhere(sql, "JOIN camera_ward ON ward_id = ward.id WHERE camera_id = :camera", soci::use(id, "camera"));
    return found.empty() ? std::nullopt : std::optional{found.front()};
}

std::optional<Ward> selectWard(soci::session& sql, WardId id) {
    const long long key = id.value();
    const auto found = wardsWhere(sql, "WHERE ward.id = :id", soci::use(key, "id"));
    return found.empty() ? std::nullopt : std::optional{found.front()};
}

}  // namespace leedswatch::estate

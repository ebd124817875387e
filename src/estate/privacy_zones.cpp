#include "estate/privacy_zones.h"

#include "estate/camera_rows.h"
#include "store/audit_witness.h"

namespace leedswatch::estate {
namespace {

/// Null if there is no row.
std::optional<std::string> storedZones(soci::session& sql, CameraId camera) {
    const auto id = camera.value();
    std::string text;
    sql << "SELECT zones FROM privacy_zones WHERE camera_id = :id", soci::use(id, "id"), soci::into(text);
    return sql.got_data() ? std::optional{text} : std::nullopt;
}

}  // namespace

base::Result<std::unordered_map<CameraId, PrivacyZones::OfCamera>> PrivacyZones::all() {
    return m_database.read([](soci::session& sql) -> base::Result<std::unordered_map<CameraId, OfCamera>> {
        std::unordered_map<CameraId, OfCamera> found;
        std::int64_t id = 0;
        std::string text;
        soci::statement statement =
            (sql.prepare << "SELECT camera_id, zones FROM privacy_zones", soci::into(id), soci::into(text));
        statement.execute();
        while (statement.fetch()) {
            found.emplace(CameraId{id}, privacyZonesFromText(text));
        }
        return found;
    });
}

PrivacyZones::OfCamera PrivacyZones::of(CameraId camera) {
    return m_database.read([&](soci::session& sql) -> OfCamera {
        const auto text = storedZones(sql, camera);
        return text ? privacyZonesFromText(*text) : OfCamera{};
    });
}

base::Result<void> PrivacyZones::set(const access::Acting& acting, const Camera& camera,
                                     const std::vector<PrivacyZone>& zones) {
    TRY(access::require(acting, access::Right::ManagePrivacyZones));
    TRY(checkPrivacyZones(zones));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        auto& sql = transaction.sql();
        TRY(requireInEstate(sql, camera));
        // Zones that are damaged are mended by setting them anew.
        const auto before = storedZones(sql, camera.id);
        const auto zonesBefore = before ? privacyZonesFromText(*before) : OfCamera{};
        const auto id = camera.id.value();
        const std::string text = textOfPrivacyZones(zones);
        sql << "INSERT INTO privacy_zones (camera_id, camera_number, zones) VALUES (:id, :number, :zones) "
               "ON CONFLICT (camera_id) DO UPDATE SET camera_number = excluded.camera_number, zones = excluded.zones",
            soci::use(id, "id"), soci::use(camera.number, "number"), soci::use(text, "zones");
        store::AuditEvent event;
        event.who = acting.username;
        event.workstation = acting.workstation;
        event.action = "privacy.zones-set";
        event.object = "camera " + std::to_string(camera.number);
        event.details = {{"zones", static_cast<std::int64_t>(zones.size())},
                         {"zones_before", zonesBefore ? static_cast<std::int64_t>(zonesBefore->size()) : -1}};
        event.witnesses = {{&witness(), id}};
        transaction.audit(event);
        transaction.notify("privacy_zones", std::to_string(camera.number));
        return {};
    });
}

const store::AuditWitness& PrivacyZones::witness() {
    static const store::AuditWitness witness{"privacy_zones",
                                             "privacy_zones",
                                             "camera_id",
                                             "camera_number",
                                             {"camera_id", "camera_number", "zones"},
                                             store::AuditWitness::Rows::Changing};
    return witness;
}

}  // namespace leedswatch::estate

#include "estate/premises_details_rows.h"

namespace leedswatch::estate {

namespace {

using DetailKey = long long;

}  // namespace

std::optional<Premises> selectPremisesById(soci::session& sql, PremisesId premises) {
    const DetailKey id = premises.value();
    Premises found;
    found.id = premises;
    DetailKey latitude = 0;
    DetailKey longitude = 0;
    soci::indicator hasLatitude = soci::i_null;
    soci::indicator hasLongitude = soci::i_null;
    sql << "SELECT reference, name, address, ward, committee, latitude, longitude, kind, police_reference FROM "
           "premises WHERE id = :id",
        soci::use(id, "id"), soci::into(found.reference), soci::into(found.name), soci::into(found.address),
        soci::into(found.ward), soci::into(found.committee), soci::into(latitude, hasLatitude),
        soci::into(longitude, hasLongitude), soci::into(found.kind), soci::into(found.policeReference);
    if (!sql.got_data()) {
        return std::nullopt;
    }
    if (hasLatitude == soci::i_ok && hasLongitude == soci::i_ok) {
        found.latitude = static_cast<int>(latitude);
        found.longitude = static_cast<int>(longitude);
    }
    return found;
}

std::vector<Keyholder> selectKeyholders(soci::session& sql, PremisesId premises) {
    std::vector<Keyholder> keyholders;
    const DetailKey id = premises.value();
    Keyholder one;
    std::string availability;
    int holdsKeys = 0;
    soci::statement statement =
        (sql.prepare << "SELECT position, name, phones, availability, holds_keys, note FROM keyholder WHERE "
                        "premises_id = :premises ORDER BY position",
         soci::use(id, "premises"), soci::into(one.position), soci::into(one.name), soci::into(one.phones),
         soci::into(availability), soci::into(holdsKeys), soci::into(one.note));
    statement.execute();
    while (statement.fetch()) {
        one.availability = base::WeeklySchedule::parse(availability).value_or(base::WeeklySchedule{});
        one.holdsKeys = holdsKeys != 0;
        keyholders.push_back(one);
    }
    return keyholders;
}

std::vector<std::int64_t> replaceKeyholders(soci::session& sql, PremisesId premises,
                                            const std::vector<Keyholder>& keyholders) {
    const DetailKey id = premises.value();
    std::vector<std::int64_t> touched;
    DetailKey row = 0;
    soci::statement before = (sql.prepare << "SELECT id FROM keyholder WHERE premises_id = :premises",
                              soci::use(id, "premises"), soci::into(row));
    before.execute();
    while (before.fetch()) {
        touched.push_back(row);
    }
    sql << "DELETE FROM keyholder WHERE premises_id = :premises", soci::use(id, "premises");
    for (const Keyholder& one : keyholders) {
        const int holdsKeys = one.holdsKeys ? 1 : 0;
        sql << "INSERT INTO keyholder (premises_id, position, name, phones, availability, holds_keys, note) VALUES "
               "(:premises, :position, :name, :phones, :availability, :keys, :note) RETURNING id",
            soci::use(id, "premises"), soci::use(one.position, "position"), soci::use(one.name, "name"),
            soci::use(one.phones, "phones"), soci::use(one.availability.text(), "availability"),
            soci::use(holdsKeys, "keys"), soci::use(one.note, "note"), soci::into(row);
        touched.push_back(row);
    }
    return touched;
}

std::vector<PremisesCamera> selectPremisesCameras(soci::session& sql, PremisesId premises) {
    std::vector<PremisesCamera> cameras;
    const DetailKey id = premises.value();
    DetailKey camera = 0;
    PremisesCamera one;
    soci::statement statement =
        (sql.prepare << "SELECT camera.id, camera.number, zone FROM premises_camera JOIN camera ON camera.id = "
                        "camera_id WHERE premises_id = :premises ORDER BY position",
         soci::use(id, "premises"), soci::into(camera), soci::into(one.number), soci::into(one.zone));
    statement.execute();
    while (statement.fetch()) {
        one.camera = CameraId{camera};
        cameras.push_back(one);
    }
    return cameras;
}

void replacePremisesCameras(soci::session& sql, PremisesId premises, const std::vector<PremisesCamera>& cameras) {
    const DetailKey id = premises.value();
    sql << "DELETE FROM premises_camera WHERE premises_id = :premises", soci::use(id, "premises");
    int position = 0;
    for (const PremisesCamera& one : cameras) {
        const DetailKey camera = one.camera.value();
        ++position;
        sql << "INSERT INTO premises_camera (premises_id, position, camera_id, zone) VALUES (:premises, :position, "
               ":camera, :zone)",
            soci::use(id, "premises"), soci::use(position, "position"), soci::use(camera, "camera"),
            soci::use(one.zone, "zone");
    }
}

std::string selectSealedWords(soci::session& sql, PremisesId premises) {
    const DetailKey id = premises.value();
    std::string sealed;
    sql << "SELECT sealed FROM premises_word WHERE premises_id = :premises", soci::use(id, "premises"),
        soci::into(sealed);
    return sql.got_data() ? sealed : std::string{};
}

void saveSealedWords(soci::session& sql, PremisesId premises, const std::string& sealed) {
    const DetailKey id = premises.value();
    sql << "INSERT INTO premises_word (premises_id, sealed) VALUES (:premises, :sealed) ON CONFLICT (premises_id) DO "
           "UPDATE SET sealed = excluded.sealed",
        soci::use(id, "premises"), soci::use(sealed, "sealed");
}

std::optional<CameraId> selectCameraId(soci::session& sql, int number) {
    DetailKey id = 0;
    sql << "SELECT id FROM camera WHERE number = :number", soci::use(number, "number"), soci::into(id);
    return sql.got_data() ? std::optional{CameraId{id}} : std::nullopt;
}

}  // namespace leedswatch::estate

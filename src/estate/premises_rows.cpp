#include "estate/premises_rows.h"

namespace leedswatch::estate {

namespace {

/// A column that may be null.
struct Number {
    Number() = default;
    explicit Number(std::optional<int> number)
        : value{number.value_or(0)}, indicator{number ? soci::i_ok : soci::i_null} {}

    [[nodiscard]] std::optional<int> get() const {
        return indicator == soci::i_ok ? std::optional{value} : std::nullopt;
    }

    int value = 0;
    soci::indicator indicator = soci::i_null;
};

std::optional<int> hoursOf(const Panel& panel) {
    return panel.testInterval ? std::optional{static_cast<int>(panel.testInterval->count())} : std::nullopt;
}

}  // namespace

std::vector<Premises> selectPremises(soci::session& sql, const std::optional<std::string>& reference) {
    std::vector<Premises> all;
    Premises row;
    long long id = 0;
    Number latitude;
    Number longitude;
    const int isOne = reference ? 1 : 0;
    const std::string wanted = reference.value_or("");
    soci::statement statement =
        (sql.prepare << "SELECT id, reference, name, address, ward, committee, latitude, longitude, kind, "
                        "police_reference FROM premises "
                        "WHERE :one = 0 OR reference = :wanted ORDER BY reference",
         soci::use(isOne, "one"), soci::use(wanted, "wanted"), soci::into(id), soci::into(row.reference),
         soci::into(row.name), soci::into(row.address), soci::into(row.ward), soci::into(row.committee),
         soci::into(latitude.value, latitude.indicator), soci::into(longitude.value, longitude.indicator),
         soci::into(row.kind), soci::into(row.policeReference));
    statement.execute();
    while (statement.fetch()) {
        row.id = PremisesId{id};
        row.latitude = latitude.get();
        row.longitude = longitude.get();
        all.push_back(row);
    }
    return all;
}

std::vector<StoredPanel> selectPanels(soci::session& sql, const std::optional<PanelAddress>& only) {
    std::vector<StoredPanel> all;
    StoredPanel row;
    long long id = 0;
    long long premises = 0;
    Number hours;
    std::string path;
    const int isOne = only ? 1 : 0;
    const PanelAddress wanted = only.value_or(PanelAddress{});
    soci::statement statement =
        (sql.prepare
             << "SELECT id, premises_id, account, line, transmitter, sealed_key, test_hours, path_category FROM panel "
                "WHERE :one = 0 OR (account = :account AND line = :line) ORDER BY account, line",
         soci::use(isOne, "one"), soci::use(wanted.account, "account"), soci::use(wanted.line, "line"), soci::into(id),
         soci::into(premises), soci::into(row.panel.account), soci::into(row.panel.line),
         soci::into(row.panel.transmitter), soci::into(row.sealedKey), soci::into(hours.value, hours.indicator),
         soci::into(path));
    statement.execute();
    while (statement.fetch()) {
        row.panel.id = PanelId{id};
        row.panel.premises = PremisesId{premises};
        row.panel.hasKey = !row.sealedKey.empty();
        row.panel.testInterval = hours.get() ? std::optional{std::chrono::hours{*hours.get()}} : std::nullopt;
        row.panel.path = pathCategoryFrom(path);
        all.push_back(row);
    }
    return all;
}

void savePremises(soci::session& sql, Premises& premises) {
    long long id = premises.id.value();
    if (id == 0) {
        sql << "INSERT INTO premises (reference, name) VALUES (:reference, :name) RETURNING id",
            soci::use(premises.reference, "reference"), soci::use(premises.name, "name"), soci::into(id);
        premises.id = PremisesId{id};
    }
    Number latitude{premises.latitude};
    Number longitude{premises.longitude};
    sql << "UPDATE premises SET name = :name, address = :address, ward = :ward, committee = :committee, latitude = "
           ":latitude, longitude = :longitude, kind = :kind, "
           "police_reference = :police WHERE id = :id",
        soci::use(premises.name, "name"), soci::use(premises.address, "address"), soci::use(premises.ward, "ward"),
        soci::use(premises.committee, "committee"), soci::use(latitude.value, latitude.indicator, "latitude"),
        soci::use(longitude.value, longitude.indicator, "longitude"), soci::use(premises.kind, "kind"),
        soci::use(premises.policeReference, "police"), soci::use(id, "id");
}

void savePanel(soci::session& sql, StoredPanel& stored) {
    Panel& panel = stored.panel;
    long long id = panel.id.value();
    const long long premises = panel.premises.value();
    if (id == 0) {
        sql << "INSERT INTO panel (premises_id, account, line) VALUES (:premises, :account, :line) RETURNING id",
            soci::use(premises, "premises"), soci::use(panel.account, "account"), soci::use(panel.line, "line"),
            soci::into(id);
        panel.id = PanelId{id};
    }
    Number hours{hoursOf(panel)};
    const std::string path = panel.path ? std::string{nameOf(*panel.path)} : "";
    sql << "UPDATE panel SET premises_id = :premises, transmitter = :transmitter, sealed_key = :key, test_hours = "
           ":hours, path_category = :path WHERE id = :id",
        soci::use(premises, "premises"), soci::use(panel.transmitter, "transmitter"),
        soci::use(stored.sealedKey, "key"), soci::use(hours.value, hours.indicator, "hours"), soci::use(path, "path"),
        soci::use(id, "id");
}

}  // namespace leedswatch::estate

#include "estate/premises_rows.h"

#include "store/nullable.h"

namespace leedswatch::estate {

namespace {

template <typename Duration>
store::Nullable numberOf(const std::optional<Duration>& duration) {
    return store::Nullable{duration ? std::optional<long long>{duration->count()} : std::nullopt};
}

template <typename Duration>
std::optional<Duration> durationOf(const store::Nullable& number) {
    return number.isNull() ? std::nullopt : std::optional{Duration{number.value}};
}

}  // namespace

std::vector<Premises> selectPremises(soci::session& sql, const std::optional<std::string>& reference) {
    std::vector<Premises> all;
    Premises row;
    long long id = 0;
    store::Nullable latitude;
    store::Nullable longitude;
    const std::string wanted = reference.value_or("");
    // Each by an index of its own: `OR` would read all of them to find one.
    const std::string condition = reference ? "reference = :wanted" : "length(:wanted) = 0";
    soci::statement statement =
        (sql.prepare << "SELECT id, reference, name, address, ward, committee, latitude, longitude, kind, "
                        "police_reference FROM premises WHERE " +
                            condition + " ORDER BY reference",
         soci::use(wanted, "wanted"), soci::into(id), soci::into(row.reference), soci::into(row.name),
         soci::into(row.address), soci::into(row.ward), soci::into(row.committee), latitude.into(), longitude.into(),
         soci::into(row.kind), soci::into(row.policeReference));
    statement.execute();
    while (statement.fetch()) {
        row.id = PremisesId{id};
        row.latitude = latitude.number<int>();
        row.longitude = longitude.number<int>();
        all.push_back(row);
    }
    return all;
}

std::vector<StoredPanel> selectPanels(soci::session& sql, const std::optional<PanelAddress>& only) {
    std::vector<StoredPanel> all;
    StoredPanel row;
    long long id = 0;
    long long premises = 0;
    store::Nullable hours;
    store::Nullable poll;
    store::Nullable alternativePoll;
    std::string path;
    SignallingSettings& paths = row.panel.signalling;
    const PanelAddress wanted = only.value_or(PanelAddress{});
    const std::string condition =
        only ? "account = :account AND line = :line" : "length(:account) = 0 AND length(:line) = 0";
    soci::statement statement =
        (sql.prepare
             << "SELECT id, premises_id, account, line, transmitter, sealed_key, test_hours, path_category, "
                "coalesce(alternative_line, ''), coalesce(primary_source, ''), coalesce(alternative_source, ''), "
                "poll_seconds, alternative_poll_seconds, coalesce((SELECT protocol FROM panel_protocol WHERE "
                "panel_protocol.panel_id = panel.id), '') FROM panel LEFT JOIN panel_signalling ON "
                "panel_signalling.panel_id = id WHERE " +
                    condition + " ORDER BY account, line",
         soci::use(wanted.account, "account"), soci::use(wanted.line, "line"), soci::into(id), soci::into(premises),
         soci::into(row.panel.account), soci::into(row.panel.line), soci::into(row.panel.transmitter),
         soci::into(row.sealedKey), hours.into(), soci::into(path), soci::into(paths.alternativeLine),
         soci::into(paths.primarySource), soci::into(paths.alternativeSource), poll.into(), alternativePoll.into(),
         soci::into(row.panel.protocol));
    statement.execute();
    while (statement.fetch()) {
        row.panel.id = PanelId{id};
        row.panel.premises = PremisesId{premises};
        row.panel.hasKey = !row.sealedKey.empty();
        row.panel.testInterval = durationOf<std::chrono::hours>(hours);
        paths.pollInterval = durationOf<std::chrono::seconds>(poll);
        paths.alternativePollInterval = durationOf<std::chrono::seconds>(alternativePoll);
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
    } else {
        // What the index of words holds is taken out by the words as they are still in the row.
        sql << "INSERT INTO premises_search (premises_search, rowid, reference, name, address) SELECT 'delete', id, "
               "reference, name, address FROM premises WHERE id = :id",
            soci::use(id, "id");
    }
    const store::Nullable latitude{premises.latitude};
    const store::Nullable longitude{premises.longitude};
    sql << "UPDATE premises SET name = :name, address = :address, ward = :ward, committee = :committee, latitude = "
           ":latitude, longitude = :longitude, kind = :kind, "
           "police_reference = :police WHERE id = :id",
        soci::use(premises.name, "name"), soci::use(premises.address, "address"), soci::use(premises.ward, "ward"),
        soci::use(premises.committee, "committee"), latitude.use("latitude"), longitude.use("longitude"),
        soci::use(premises.kind, "kind"), soci::use(premises.policeReference, "police"), soci::use(id, "id");
    sql << "INSERT INTO premises_search (rowid, reference, name, address) SELECT id, reference, name, address FROM "
           "premises WHERE id = :id",
        soci::use(id, "id");
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
    const store::Nullable hours = numberOf(panel.testInterval);
    const std::string path = panel.path ? std::string{nameOf(*panel.path)} : "";
    sql << "UPDATE panel SET premises_id = :premises, transmitter = :transmitter, sealed_key = :key, test_hours = "
           ":hours, path_category = :path WHERE id = :id",
        soci::use(premises, "premises"), soci::use(panel.transmitter, "transmitter"),
        soci::use(stored.sealedKey, "key"), hours.use("hours"), soci::use(path, "path"), soci::use(id, "id");
}

bool saveSignalling(soci::session& sql, const Panel& panel) {
    const SignallingSettings& paths = panel.signalling;
    const long long id = panel.id.value();
    int rows = 0;
    sql << "SELECT count(*) FROM panel_signalling WHERE panel_id = :id", soci::use(id, "id"), soci::into(rows);
    if (rows == 0 && paths == SignallingSettings{}) {
        return false;
    }
    const store::Nullable poll = numberOf(paths.pollInterval);
    const store::Nullable alternativePoll = numberOf(paths.alternativePollInterval);
    sql << "INSERT INTO panel_signalling (panel_id, alternative_line, primary_source, alternative_source, "
           "poll_seconds, alternative_poll_seconds) VALUES (:id, :line, :primary, :alternative, :poll, :second) "
           "ON CONFLICT (panel_id) DO UPDATE SET alternative_line = excluded.alternative_line, primary_source = "
           "excluded.primary_source, alternative_source = excluded.alternative_source, poll_seconds = "
           "excluded.poll_seconds, alternative_poll_seconds = excluded.alternative_poll_seconds",
        soci::use(id, "id"), soci::use(paths.alternativeLine, "line"), soci::use(paths.primarySource, "primary"),
        soci::use(paths.alternativeSource, "alternative"), poll.use("poll"), alternativePoll.use("second");
    return true;
}

bool sharesItsLines(soci::session& sql, const Panel& panel) {
    const long long id = panel.id.value();
    int others = 0;
    sql << "SELECT count(*) FROM panel LEFT JOIN panel_signalling ON panel_id = id WHERE account = :account AND id <> "
           ":id AND ((:second <> '' AND (line = :second OR alternative_line = :second)) OR (:line <> '' AND "
           "alternative_line = :line))",
        soci::use(panel.account, "account"), soci::use(id, "id"), soci::use(panel.signalling.alternativeLine, "second"),
        soci::use(panel.line, "line"), soci::into(others);
    return others > 0;
}

}  // namespace leedswatch::estate

#include "estate/alarm_zones.h"

#include "base/spreadsheet_field.h"
#include "base/utf8.h"
#include "estate/premises_rows.h"
#include "estate/premises_search.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <tuple>

namespace leedswatch::estate {

namespace {

using base::ErrorCode;
using ZoneKey = long long;

constexpr std::size_t longestNumber = 16;
constexpr std::size_t longestZoneName = 100;

struct ZoneKindNames {
    ZoneKind kind;
    std::string_view name;
    std::string_view title;
};
constexpr std::array<ZoneKindNames, 7> zoneKinds{{
    {ZoneKind::Intruder, "intruder", "Intruder"},
    {ZoneKind::Fire, "fire", "Fire"},
    {ZoneKind::HoldUp, "hold-up", "Hold-up"},
    {ZoneKind::Medical, "medical", "Medical"},
    {ZoneKind::Technical, "technical", "Technical"},
    {ZoneKind::Tamper, "tamper", "Tamper"},
    {ZoneKind::Other, "other", "Other"},
}};

bool isNumberText(const std::string& number) {
    return !number.empty() && number.size() <= longestNumber && std::ranges::all_of(number, [](char letter) {
        return std::isalnum(static_cast<unsigned char>(letter)) != 0;
    });
}

base::Result<void> checkZone(const AlarmZone& zone) {
    if (!isNumberText(zone.number)) {
        return base::fail(ErrorCode::InvalidInput,
                          "a zone's number is 1 to 16 digits or letters, as its panel reports it, and not 0");
    }
    if (!zone.area.empty() && !isNumberText(zone.area)) {
        return base::fail(ErrorCode::InvalidInput, "an area's number is 1 to 16 digits or letters");
    }
    if (zone.name.size() > longestZoneName || !base::isPlainText(zone.name)) {
        return base::fail(ErrorCode::InvalidInput, "a zone's name is at most 100 bytes of text");
    }
    return {};
}

int countOfPanel(soci::session& sql, PanelId panel) {
    const ZoneKey id = panel.value();
    int count = 0;
    sql << "SELECT count(*) FROM premises_zone WHERE panel_id = :panel", soci::use(id, "panel"), soci::into(count);
    return count;
}

enum class Saved { Added, Changed, Unchanged };

std::optional<AlarmZone> selectZone(soci::session& sql, PanelId panel, const std::string& number) {
    const ZoneKey id = panel.value();
    ZoneKey row = 0;
    AlarmZone found;
    std::string kind;
    sql << "SELECT id, name, area, kind, source FROM premises_zone WHERE panel_id = :panel AND number = :number",
        soci::use(id, "panel"), soci::use(number, "number"), soci::into(row), soci::into(found.name),
        soci::into(found.area), soci::into(kind), soci::into(found.source);
    if (!sql.got_data()) {
        return std::nullopt;
    }
    found.id = ZoneId{row};
    found.panel = panel;
    found.number = number;
    found.kind = zoneKindFrom(kind).value_or(ZoneKind::Other);
    return found;
}

base::Result<Saved> writeZone(soci::session& sql, AlarmZone& zone) {
    const ZoneKey panel = zone.panel.value();
    const std::string kind{nameOf(zone.kind)};
    ZoneKey id = 0;
    if (const auto known = selectZone(sql, zone.panel, zone.number)) {
        zone.id = known->id;
        if (known->name == zone.name && known->area == zone.area && known->kind == zone.kind) {
            return Saved::Unchanged;
        }
        id = known->id.value();
        sql << "UPDATE premises_zone SET name = :name, area = :area, kind = :kind, source = :source WHERE id = :id",
            soci::use(zone.name, "name"), soci::use(zone.area, "area"), soci::use(kind, "kind"),
            soci::use(zone.source, "source"), soci::use(id, "id");
        return Saved::Changed;
    }
    if (countOfPanel(sql, zone.panel) >= AlarmZones::mostOfPanel) {
        return base::fail(ErrorCode::InvalidInput, "a panel has 2,000 zones at most: take some away first");
    }
    sql << "INSERT INTO premises_zone (panel_id, number, name, area, kind, source) VALUES (:panel, :number, :name, "
           ":area, :kind, :source) RETURNING id",
        soci::use(panel, "panel"), soci::use(zone.number, "number"), soci::use(zone.name, "name"),
        soci::use(zone.area, "area"), soci::use(kind, "kind"), soci::use(zone.source, "source"), soci::into(id);
    zone.id = ZoneId{id};
    return Saved::Added;
}

void auditZones(store::Transaction& transaction, const access::Acting& acting, const std::string& object,
                nlohmann::json details) {
    store::AuditEvent event;
    event.who = acting.username;
    event.workstation = acting.workstation;
    event.action = "alarm-zones.changed";
    event.object = object;
    event.details = std::move(details);
    transaction.audit(event);
    transaction.notify("alarm_zones", object);
}

std::string zonesObject(PremisesId premises) {
    return "zones of premises " + std::to_string(premises.value());
}

bool hasPanel(soci::session& sql, PremisesId premises, PanelId panel) {
    const auto panels = selectPanelsOfPremises(sql, premises);
    return std::ranges::find(panels, panel, &PanelOfPremises::panel) != panels.end();
}

base::Result<PanelId> panelOfRow(soci::session& sql, const base::CsvRow& row) {
    TRY_ASSIGN(const std::string reference, row.text("premises"));
    const auto found = selectPremises(sql, reference);
    if (found.empty()) {
        return row.refuse("premises", "there are no premises '" + reference + "': import them first");
    }
    const auto panels = selectPanelsOfPremises(sql, found.front().id);
    TRY_ASSIGN(const std::string account, row.text("account"));
    if (account.empty()) {
        return panels.size() == 1
                   ? base::Result<PanelId>{panels.front().panel}
                   : base::Result<PanelId>{row.refuse("account", "these premises have several panels: say which")};
    }
    const auto panel = std::ranges::find(panels, account, &PanelOfPremises::account);
    if (panel == panels.end()) {
        return row.refuse("account", "premises " + reference + " have no account '" + account + "'");
    }
    return panel->panel;
}

base::Result<AlarmZone> zoneOfRow(const base::CsvRow& row, PanelId panel) {
    AlarmZone zone;
    zone.panel = panel;
    zone.source = "import";
    TRY_ASSIGN(const std::string number, row.text("zone"));
    TRY_ASSIGN(const std::string area, row.text("area"));
    TRY_ASSIGN(const std::string name, row.text("name"));
    zone.name = base::fromSpreadsheetField(name);
    zone.number = zoneNumber(number);
    zone.area = zoneNumber(area);
    const std::string kind = row.raw("kind");
    const auto known = kind.empty() ? std::optional{ZoneKind::Intruder} : zoneKindFrom(base::loweredAscii(kind));
    if (!known) {
        return row.refuse("kind", "it is intruder, fire, hold-up, medical, technical, tamper or other");
    }
    zone.kind = *known;
    if (const auto checked = checkZone(zone); !checked) {
        return row.refuse("zone", checked.error().message);
    }
    return base::Result<AlarmZone>{tl::in_place, std::move(zone)};
}

void countSaved(ImportReport& report, Saved saved) {
    switch (saved) {
        case Saved::Added: ++report.added; break;
        case Saved::Changed: ++report.changed; break;
        case Saved::Unchanged: ++report.unchanged; break;
    }
}

}  // namespace

std::string_view nameOf(ZoneKind kind) {
    return zoneKinds.at(static_cast<std::size_t>(kind)).name;
}

std::string_view titleOf(ZoneKind kind) {
    return zoneKinds.at(static_cast<std::size_t>(kind)).title;
}

std::optional<ZoneKind> zoneKindFrom(std::string_view name) {
    const auto* found = std::ranges::find(zoneKinds, name, &ZoneKindNames::name);
    return found == zoneKinds.end() ? std::nullopt : std::optional{found->kind};
}

std::string zoneNumber(std::string_view sent) {
    const auto first = sent.find_first_not_of(" 0");
    std::string number;
    for (const char letter : first == std::string_view::npos ? std::string_view{} : sent.substr(first)) {
        number += static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
    }
    while (!number.empty() && number.back() == ' ') {
        number.pop_back();
    }
    return number;
}

bool standsBefore(const AlarmZone& one, const AlarmZone& other) {
    // Without leading zeros the longer one is the larger.
    return std::tuple{one.account, one.number.size(), one.number} <
           std::tuple{other.account, other.number.size(), other.number};
}

base::Result<std::vector<AlarmZone>> AlarmZones::list(const access::Acting& acting, PremisesId premises) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    return m_database.read(
        [&](soci::session& sql) -> base::Result<std::vector<AlarmZone>> { return select(sql, premises); });
}

base::Result<AlarmZone> AlarmZones::save(const access::Acting& acting, PremisesId premises, const AlarmZone& wanted) {
    TRY(access::require(acting, access::Right::AnswerAlarms));
    AlarmZone zone = wanted;
    zone.number = zoneNumber(wanted.number);
    zone.area = zoneNumber(wanted.area);
    zone.source = "hand";
    TRY(checkZone(zone));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<AlarmZone> {
        if (!hasPanel(transaction.sql(), premises, zone.panel)) {
            return base::fail(ErrorCode::NotFound, "these premises have no such panel");
        }
        TRY_ASSIGN(const Saved saved, writeZone(transaction.sql(), zone));
        if (saved != Saved::Unchanged) {
            auditZones(transaction, acting, zonesObject(premises),
                       {{"panel", zone.panel.value()},
                        {"zone", zone.number},
                        {"name", zone.name},
                        {"area", zone.area},
                        {"kind", nameOf(zone.kind)}});
        }
        return base::Result<AlarmZone>{tl::in_place, zone};
    });
}

base::Result<int> AlarmZones::add(const access::Acting& acting, PremisesId premises,
                                  const std::vector<AlarmZone>& zones) {
    TRY(access::require(acting, access::Right::AnswerAlarms));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<int> {
        auto added = nlohmann::json::array();
        for (AlarmZone zone : zones) {
            if (!hasPanel(transaction.sql(), premises, zone.panel) || !checkZone(zone) ||
                selectZone(transaction.sql(), zone.panel, zone.number)) {
                continue;
            }
            TRY(writeZone(transaction.sql(), zone));
            added.push_back(zone.number);
        }
        const int count = static_cast<int>(added.size());
        if (count > 0) {
            auditZones(transaction, acting, zonesObject(premises), {{"learnt", std::move(added)}});
        }
        return count;
    });
}

base::Result<void> AlarmZones::remove(const access::Acting& acting, PremisesId premises, ZoneId zone) {
    TRY(access::require(acting, access::Right::PlanAlarmTests));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        const auto zones = select(transaction.sql(), premises);
        const auto found = std::ranges::find(zones, zone, &AlarmZone::id);
        if (found == zones.end()) {
            return base::fail(ErrorCode::NotFound, "this zone is not among those of the premises any more");
        }
        const ZoneKey id = zone.value();
        transaction.sql() << "DELETE FROM premises_zone WHERE id = :id", soci::use(id, "id");
        auditZones(transaction, acting, zonesObject(premises), {{"removed", found->number}, {"name", found->name}});
        return {};
    });
}

base::Result<ImportReport> AlarmZones::importCsv(const access::Acting& acting, std::string_view csv) {
    TRY(access::require(acting, access::Right::ManagePremises));
    TRY_ASSIGN(const auto table, base::CsvTable::read(csv, {"premises", "account", "zone", "name", "area", "kind"},
                                                      {"premises", "zone"}));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<ImportReport> {
        ImportReport report;
        for (std::size_t index = 0; index < table.size(); ++index) {
            const base::CsvRow row = table.row(index);
            TRY_ASSIGN(const PanelId panel, panelOfRow(transaction.sql(), row));
            TRY_ASSIGN(AlarmZone zone, zoneOfRow(row, panel));
            const auto saved = writeZone(transaction.sql(), zone);
            if (!saved) {
                return row.refuse("zone", saved.error().message);
            }
            countSaved(report, *saved);
        }
        if (report.added + report.changed > 0) {
            auditZones(transaction, acting, "zones", {{"added", report.added}, {"changed", report.changed}});
        }
        return report;
    });
}

base::Result<std::string> AlarmZones::exportCsv(const access::Acting& acting, std::optional<PremisesId> only) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    return m_database.read([&](soci::session& sql) -> base::Result<std::string> {
        std::string csv = "premises,account,zone,name,area,kind\r\n";
        const ZoneKey wanted = only ? only->value() : 0;
        const std::string condition = only ? "premises.id = :only" : ":only = 0";
        std::string reference;
        AlarmZone zone;
        std::string kind;
        soci::statement statement =
            (sql.prepare << "SELECT reference, account, number, premises_zone.name, area, premises_zone.kind FROM "
                            "premises JOIN panel ON panel.premises_id = premises.id JOIN premises_zone ON panel_id = "
                            "panel.id WHERE " +
                                condition + " ORDER BY reference, account, length(number), number",
             soci::use(wanted, "only"), soci::into(reference), soci::into(zone.account), soci::into(zone.number),
             soci::into(zone.name), soci::into(zone.area), soci::into(kind));
        statement.execute();
        while (statement.fetch()) {
            for (const std::string* field : {&reference, &zone.account, &zone.number, &zone.name, &zone.area}) {
                csv += base::spreadsheetField(*field) + ",";
            }
            csv += kind + "\r\n";
        }
        return base::Result<std::string>{tl::in_place, std::move(csv)};
    });
}

std::vector<AlarmZone> AlarmZones::select(soci::session& sql, PremisesId premises) {
    std::vector<AlarmZone> zones;
    const ZoneKey wanted = premises.value();
    ZoneKey id = 0;
    ZoneKey panel = 0;
    AlarmZone zone;
    std::string kind;
    soci::statement statement =
        (sql.prepare << "SELECT premises_zone.id, panel_id, account, number, name, area, kind, source FROM panel JOIN "
                        "premises_zone ON panel_id = panel.id WHERE premises_id = :premises",
         soci::use(wanted, "premises"), soci::into(id), soci::into(panel), soci::into(zone.account),
         soci::into(zone.number), soci::into(zone.name), soci::into(zone.area), soci::into(kind),
         soci::into(zone.source));
    statement.execute();
    while (statement.fetch()) {
        zone.id = ZoneId{id};
        zone.panel = PanelId{panel};
        zone.kind = zoneKindFrom(kind).value_or(ZoneKind::Other);
        zones.push_back(zone);
    }
    std::ranges::sort(zones, standsBefore);
    return zones;
}

}  // namespace leedswatch::estate

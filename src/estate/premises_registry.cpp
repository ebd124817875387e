#include "estate/premises_registry.h"

#include "estate/panel_protocols.h"
#include "estate/premises_csv.h"
#include "estate/premises_rows.h"
#include "estate/signalling_check.h"
#include "store/audit_witness.h"
#include "store/key_folder.h"

#include <spdlog/spdlog.h>

namespace leedswatch::estate {

namespace {

constexpr const char* keyName = "panels.key";

/// What a sealed key belongs to: it does not open for another panel.
std::string panelSealContext(PanelId panel) {
    return "panel row " + std::to_string(panel.value());
}

template <typename Value>
void take(Value& value, const std::optional<Value>& from) {
    value = from.value_or(value);
}

// 0 takes away what was there.
void takeSeconds(std::optional<std::chrono::seconds>& value, const std::optional<int>& from) {
    if (from) {
        value = *from == 0 ? std::nullopt : std::optional{std::chrono::seconds{*from}};
    }
}

void merge(Premises& premises, const ImportedPanel& line) {
    premises.reference = line.reference;
    premises.name = line.name;
    take(premises.address, line.address);
    take(premises.ward, line.ward);
    take(premises.committee, line.committee);
    take(premises.kind, line.kind);
    take(premises.policeReference, line.policeReference);
    if (line.latitude) {
        premises.latitude = line.latitude;
        premises.longitude = line.longitude;
    }
}

void merge(Panel& panel, const ImportedPanel& line) {
    panel.account = line.account;
    panel.line = line.line;
    take(panel.transmitter, line.transmitter);
    if (line.testHours) {
        panel.testInterval = *line.testHours == 0 ? std::nullopt : std::optional{std::chrono::hours{*line.testHours}};
    }
    if (line.path) {
        panel.path = line.path;
    }
    take(panel.protocol, line.protocol);
    SignallingSettings& paths = panel.signalling;
    take(paths.alternativeLine, line.alternativeLine);
    take(paths.primarySource, line.primarySource);
    take(paths.alternativeSource, line.alternativeSource);
    takeSeconds(paths.pollInterval, line.pollSeconds);
    takeSeconds(paths.alternativePollInterval, line.alternativePollSeconds);
}

/// The lines of one file going into the store, in one transaction.
class PremisesImport {
public:
    PremisesImport(store::Transaction& transaction, const access::Acting& acting, const store::SealingKey& key)
        : m_transaction{transaction}, m_acting{acting}, m_key{key} {}

    base::Result<void> apply(const ImportedPanel& line) {
        const PremisesId premises = applyPremises(line);
        const auto found = selectPanels(m_transaction.sql(), PanelAddress{line.account, line.line});
        StoredPanel after = found.empty() ? StoredPanel{} : found.front();
        merge(after.panel, line);
        after.panel.premises = premises;
        TRY(checkSignalling(m_transaction.sql(), after.panel, line.lineOfFile));
        if (found.empty()) {
            savePanel(m_transaction.sql(), after);  // its key is sealed for its row
        }
        const bool keyIsNew = applyKey(after, line);
        const bool isSame = !found.empty() && after.panel == found.front().panel && !keyIsNew;
        if (isSame) {
            m_premisesChanged ? ++m_report.changed : ++m_report.unchanged;
            return {};
        }
        savePanel(m_transaction.sql(), after);
        const bool hasSettings = saveSignalling(m_transaction.sql(), after.panel);
        std::vector<store::WitnessedChange> witnesses{{&PremisesRegistry::panelWitness(), after.panel.id.value()}};
        if (hasSettings) {
            witnesses.push_back({&PremisesRegistry::signallingWitness(), after.panel.id.value()});
        }
        audit(found.empty() ? "panel.added" : "panel.changed", "panel " + line.account, {{"key", keyIsNew}},
              std::move(witnesses));
        applyProtocol(after.panel, found.empty() ? std::string{} : found.front().panel.protocol);
        found.empty() ? ++m_report.added : ++m_report.changed;
        return {};
    }

    [[nodiscard]] const ImportReport& report() const { return m_report; }

private:
    PremisesId applyPremises(const ImportedPanel& line) {
        const auto found = selectPremises(m_transaction.sql(), line.reference);
        Premises after = found.empty() ? Premises{} : found.front();
        merge(after, line);
        m_premisesChanged = found.empty() || after != found.front();
        if (m_premisesChanged) {
            savePremises(m_transaction.sql(), after);
            audit(found.empty() ? "premises.added" : "premises.changed", "premises " + line.reference,
                  nlohmann::json::object(), {{&PremisesRegistry::witness(), after.id.value()}});
        }
        return after.id;
    }

    void applyProtocol(const Panel& panel, const std::string& before) {
        if (panel.protocol != before) {
            savePanelProtocol(m_transaction.sql(), panel.id, panel.protocol);
            audit("panel.protocol_changed", "panel " + panel.account, {{"protocol", panel.protocol}},
                  {{&PanelProtocols::witness(), panel.id.value()}});
        }
    }

    // The same key again is none that is new, though it would be sealed otherwise.
    bool applyKey(StoredPanel& stored, const ImportedPanel& line) {
        if (!line.keyBytes) {
            return false;
        }
        const std::string context = panelSealContext(stored.panel.id);
        const auto before =
            stored.sealedKey.empty() ? base::Result<std::string>{""} : m_key.unseal(stored.sealedKey, context);
        if (before && *before == *line.keyBytes) {
            return false;
        }
        stored.sealedKey = line.keyBytes->empty() ? "" : m_key.seal(*line.keyBytes, context);
        stored.panel.hasKey = !stored.sealedKey.empty();
        return true;
    }

    void audit(const char* action, std::string object, nlohmann::json details,
               std::vector<store::WitnessedChange> witnesses) {
        store::AuditEvent event;
        event.who = m_acting.username;
        event.workstation = m_acting.workstation;
        event.action = action;
        event.object = std::move(object);
        event.details = std::move(details);
        event.witnesses = std::move(witnesses);
        m_transaction.audit(event);
    }

    store::Transaction& m_transaction;
    const access::Acting& m_acting;
    const store::SealingKey& m_key;
    ImportReport m_report;
    bool m_premisesChanged = false;
};

}  // namespace

base::Result<std::vector<Premises>> PremisesRegistry::list() {
    return m_database.read(
        [](soci::session& sql) -> base::Result<std::vector<Premises>> { return selectPremises(sql, std::nullopt); });
}

base::Result<Premises> PremisesRegistry::find(const std::string& reference) {
    return m_database.read([&](soci::session& sql) -> base::Result<Premises> {
        auto found = selectPremises(sql, reference);
        if (found.empty()) {
            return base::fail(base::ErrorCode::NotFound,
                              "there are no premises '" + reference.substr(0, 60) + "'; see premises list");
        }
        return base::Result<Premises>{tl::in_place, std::move(found.front())};
    });
}

base::Result<std::vector<Panel>> PremisesRegistry::panels() {
    return m_database.read([](soci::session& sql) -> base::Result<std::vector<Panel>> {
        std::vector<Panel> panels;
        for (StoredPanel& stored : selectPanels(sql, std::nullopt)) {
            panels.push_back(std::move(stored.panel));
        }
        return panels;
    });
}

base::Result<ImportReport> PremisesRegistry::importCsv(const access::Acting& acting, std::string_view csv) {
    TRY(access::require(acting, access::Right::ManagePremises));
    TRY_ASSIGN(const auto lines, readPremisesCsv(csv));
    TRY_ASSIGN(const auto key, store::SealingKey::openOrCreate(m_database.folder(), keyName));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<ImportReport> {
        PremisesImport import{transaction, acting, key};
        for (const ImportedPanel& line : lines) {
            TRY(import.apply(line));
        }
        if (import.report().added + import.report().changed > 0) {
            transaction.notify("premises", "import");
        }
        return import.report();
    });
}

base::Result<std::string> PremisesRegistry::exportCsv(const access::Acting& acting) {
    TRY(access::require(acting, access::Right::ManagePremises));
    TRY_ASSIGN(const auto premises, list());
    TRY_ASSIGN(const auto all, panels());
    return writePremisesCsv(premises, all);
}

base::Result<std::map<PanelId, std::string>> PremisesRegistry::keys() {
    TRY_ASSIGN(const auto stored, m_database.read([](soci::session& sql) -> base::Result<std::vector<StoredPanel>> {
        return selectPanels(sql, std::nullopt);
    }));
    TRY_ASSIGN(const auto key, store::SealingKey::openOrCreate(m_database.folder(), keyName));
    std::map<PanelId, std::string> keys;
    for (const StoredPanel& one : stored) {
        if (one.sealedKey.empty()) {
            continue;
        }
        auto bytes = key.unseal(one.sealedKey, panelSealContext(one.panel.id));
        if (bytes) {
            keys.emplace(one.panel.id, *std::move(bytes));
        } else {
            spdlog::error("the key of account {} cannot be opened: {}", one.panel.account, bytes.error().message);
        }
    }
    return keys;
}

base::Result<std::map<PanelId, base::UtcTime>> PremisesRegistry::heard() {
    return m_database.read([](soci::session& sql) -> base::Result<std::map<PanelId, base::UtcTime>> {
        std::map<PanelId, base::UtcTime> heard;
        long long panel = 0;
        long long when = 0;
        soci::statement statement =
            (sql.prepare << "SELECT panel_id, heard FROM panel_heard", soci::into(panel), soci::into(when));
        statement.execute();
        while (statement.fetch()) {
            heard.emplace(PanelId{panel}, base::fromStored(when));
        }
        return heard;
    });
}

base::Result<void> PremisesRegistry::setHeard(const std::map<PanelId, base::UtcTime>& heard) {
    // Signals wait for the end of each commit.
    constexpr std::ptrdiff_t mostInACommit = 500;
    for (auto first = heard.begin(); first != heard.end();) {
        const auto last = std::next(first, std::min(mostInACommit, std::distance(first, heard.end())));
        TRY(m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
            long long panel = 0;
            long long when = 0;
            soci::statement statement =
                (transaction.sql().prepare
                     << "INSERT INTO panel_heard (panel_id, heard) SELECT :panel, :heard WHERE EXISTS (SELECT 1 FROM "
                        "panel WHERE id = :id) ON CONFLICT (panel_id) DO UPDATE SET heard = excluded.heard",
                 soci::use(panel, "panel"), soci::use(when, "heard"), soci::use(panel, "id"));
            for (; first != last; ++first) {
                panel = first->first.value();
                when = base::toStored(first->second);
                statement.execute(true);
            }
            transaction.notify("panels_heard", "");
            return {};
        }));
    }
    return {};
}

const store::AuditWitness& PremisesRegistry::witness() {
    static const store::AuditWitness witness{
        "premises",
        "premises",
        "id",
        "reference",
        {"reference", "name", "address", "ward", "committee", "latitude", "longitude", "kind", "police_reference"},
        store::AuditWitness::Rows::Changing};
    return witness;
}

const store::AuditWitness& PremisesRegistry::panelWitness() {
    static const store::AuditWitness witness{
        "panel",
        "panel",
        "id",
        "account",
        {"premises_id", "account", "line", "transmitter", "sealed_key", "test_hours", "path_category"},
        store::AuditWitness::Rows::Changing};
    return witness;
}

const store::AuditWitness& PremisesRegistry::signallingWitness() {
    static const store::AuditWitness witness{
        "panel_signalling",
        "panel_signalling",
        "panel_id",
        "(SELECT account FROM panel WHERE panel.id = panel_id)",
        {"alternative_line", "primary_source", "alternative_source", "poll_seconds", "alternative_poll_seconds"},
        store::AuditWitness::Rows::Changing};
    return witness;
}

}  // namespace leedswatch::estate

#include "estate/panel_protocols.h"

#include "base/csv_table.h"
#include "store/audit_witness.h"

#include <array>

namespace leedswatch::estate {

namespace {

constexpr std::array<std::string_view, 3> protocolNames = {"DC-09", "MLR2", "Ademco 685"};

}  // namespace

std::optional<std::string> panelProtocolFrom(std::string_view typed) {
    for (const std::string_view name : protocolNames) {
        if (base::loweredAscii(std::string{name}) == base::loweredAscii(std::string{typed})) {
            return std::string{name};
        }
    }
    return std::nullopt;
}

base::Result<PanelProtocols::Counts> PanelProtocols::others() {
    return m_database.read([](soci::session& sql) -> base::Result<Counts> {
        Counts counts;
        long long panel = 0;
        std::string protocol;
        int signals = 0;
        long long last = 0;
        soci::statement statement =
            (sql.prepare << "SELECT panel_id, protocol, signals, last FROM panel_other_protocol", soci::into(panel),
             soci::into(protocol), soci::into(signals), soci::into(last));
        statement.execute();
        while (statement.fetch()) {
            counts[{PanelId{panel}, protocol}] = {signals, base::fromStored(last)};
        }
        return counts;
    });
}

base::Result<void> PanelProtocols::addOthers(const Counts& counts) {
    if (counts.empty()) {
        return {};
    }
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        for (const auto& [key, other] : counts) {
            const long long panel = key.first.value();
            const long long last = base::toStored(other.last);
            transaction.sql()
                << "INSERT INTO panel_other_protocol (panel_id, protocol, signals, last) SELECT :panel, "
                   ":protocol, :signals, :last WHERE EXISTS (SELECT 1 FROM panel WHERE id = :panel) "
                   "ON CONFLICT (panel_id, protocol) DO UPDATE SET signals = panel_other_protocol.signals + "
                   "excluded.signals, last = excluded.last",
                soci::use(panel, "panel"), soci::use(key.second, "protocol"), soci::use(other.signals, "signals"),
                soci::use(last, "last");
        }
        transaction.notify("panels_heard", "");
        return {};
    });
}

void savePanelProtocol(soci::session& sql, PanelId panel, const std::string& protocol) {
    const long long id = panel.value();
    sql << "INSERT INTO panel_protocol (panel_id, protocol) VALUES (:panel, :protocol) ON CONFLICT (panel_id) DO "
           "UPDATE SET protocol = excluded.protocol",
        soci::use(id, "panel"), soci::use(protocol, "protocol");
    sql << "DELETE FROM panel_other_protocol WHERE panel_id = :panel", soci::use(id, "panel");
}

const store::AuditWitness& PanelProtocols::witness() {
    static const store::AuditWitness witness{"panel_protocol", "panel_protocol", "panel_id",
                                             "panel_id",       {"protocol"},     store::AuditWitness::Rows::Changing};
    return witness;
}

}  // namespace leedswatch::estate

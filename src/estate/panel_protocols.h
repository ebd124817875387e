#pragma once

#include "estate/premises.h"
#include "store/database.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace leedswatch::estate {

/// The name of a protocol as it is stored ("DC-09", "MLR2", "Ademco 685"), however it was typed. Nothing: there is no
/// such protocol.
[[nodiscard]] std::optional<std::string> panelProtocolFrom(std::string_view typed);

/// Signals of a panel that came by a protocol that is not its own.
struct OtherProtocol {
    int signals = 0;
    base::UtcTime last{};
};

/// By which protocol panels are expected to signal, and how often they did otherwise. A protocol holds nothing back: a
/// signal that comes by another one is stored, answered and judged as any, and counted here, so that people find a
/// transmitter that was exchanged or somebody who pretends to be it. Thread-safe.
class PanelProtocols {
public:
    using Counts = std::map<std::pair<PanelId, std::string>, OtherProtocol>;  ///< by panel and the other protocol

    explicit PanelProtocols(store::Database& database) : m_database{database} {}

    [[nodiscard]] base::Result<Counts> others();
    /// Adds to them; many in one commit, nothing of a panel that is not there. Topic: "panels_heard".
    [[nodiscard]] base::Result<void> addOthers(const Counts& counts);

    /// What the audit log vouches for; for AuditLog::verify.
    [[nodiscard]] static const store::AuditWitness& witness();

private:
    store::Database& m_database;
};

/// Within a transaction: sets it, and begins to count anew. Throws soci::soci_error.
void savePanelProtocol(soci::session& sql, PanelId panel, const std::string& protocol);

}  // namespace leedswatch::estate

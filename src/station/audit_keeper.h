#pragma once

#include "base/clock.h"
#include "store/audit_log.h"

#include <nlohmann/json.hpp>

#include <string>

namespace leedswatch::station {

/// Signs the audit log every five minutes or 256 events, so that what came before cannot be cut off unseen. One thread.
class AuditKeeper {
public:
    AuditKeeper(store::Database& database, const base::Clock& clock);

    /// Signs if it is time. Cheap when it is not. A failure is logged and tried again.
    void keep();
    /// Signs what is not signed yet: the last thing of a station that stops.
    void sign();
    /// Writes an event of the station itself.
    void note(const std::string& action, const std::string& object, const nlohmann::json& details);

private:
    store::Database& m_database;
    store::AuditLog m_log;
    const base::Clock& m_clock;
    base::SteadyTime m_nextSigning;
};

}  // namespace leedswatch::station

#pragma once

#include "base/clock.h"
#include "store/audit_log.h"

#include <nlohmann/json.hpp>

#include <string>

namespace leedswatch::station {

/// Every five minutes has the audit log vouch for the files that were finished since, and signs it; also every 256
/// events. So what came before can neither be changed nor cut off unseen. One thread.
class AuditKeeper {
public:
    AuditKeeper(store::Database& database, const base::Clock& clock);

    /// Seals and signs if it is time. Cheap when it is not. A failure is logged and tried again.
    void keep();
    /// Has the audit log vouch for the finished files that are new to it.
    void seal();
    /// Signs what is not signed yet: the last thing of a station that stops.
    void sign();
    /// Writes an event of the station itself.
    void note(const std::string& action, const std::string& object, const nlohmann::json& details);

private:
    store::Database& m_database;
    store::AuditLog m_log;
    const base::Clock& m_clock;
    base::SteadyTime m_nextSealing;
    base::SteadyTime m_nextSigning;
};

}  // namespace leedswatch::station

#pragma once

#include "alarm/alarm_port.h"
#include "base/time.h"
#include "store/database.h"

#include <string>
#include <vector>

namespace leedswatch::response {

/// What went through a port at which alarms are received.
struct PortStatus {
    std::string port;          ///< "0.0.0.0 port 9300": by which it is known
    base::UtcTime written{};   ///< when the station said so last
    base::UtcTime opened{};    ///< since when it counts
    std::int64_t waiting = 0;  ///< signals that are not on the disk yet
    alarm::AlarmPortCounts counts = {};
};

/// The ports' counts where people can look at them while the station runs, and after. Thread-safe.
class PortStatuses {
public:
    explicit PortStatuses(store::Database& database) : m_database{database} {}

    /// Written by the station every ten seconds.
    [[nodiscard]] base::Result<void> write(const PortStatus& status);
    /// By port.
    [[nodiscard]] base::Result<std::vector<PortStatus>> list();

private:
    store::Database& m_database;
};

}  // namespace leedswatch::response

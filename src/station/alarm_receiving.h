#pragma once

#include "alarm/alarm_port.h"
#include "estate/fault_register.h"
#include "station/panel_book.h"
#include "station/signal_desk.h"
#include "store/change_feed.h"

#include <atomic>
#include <memory>
#include <optional>
#include <string>

namespace leedswatch::station {

/// The station's part of the alarm receiving centre: the port, the panels that are known, and the desk where signals
/// become durable. A port that cannot be opened is a fault that people see, and no reason not to record cameras; it is
/// tried again. `start`, then `keep` and `stop` on one thread after the other.
class AlarmReceiving {
public:
    AlarmReceiving(store::Database& database, const base::Clock& clock,
                   std::optional<alarm::AlarmPortSettings> settings);

    /// Reads the panels, follows their changes, opens the port.
    [[nodiscard]] base::Result<void> start(store::ChangeFeed& feed);
    /// Tries again what failed, and writes when panels were heard; every ten seconds or so.
    void keep();
    /// Hears no more, and writes what was heard.
    void stop();
    /// 0: it does not listen. From any thread.
    [[nodiscard]] int port() const { return m_openPort; }

private:
    void open();
    void writeHeard();

    const base::Clock& m_clock;
    const std::optional<alarm::AlarmPortSettings> m_settings;
    estate::FaultRegister m_faults;
    estate::PremisesRegistry m_registry;
    response::SignalJournal m_journal;
    PanelBook m_book;
    std::optional<SignalDesk> m_desk;
    std::unique_ptr<alarm::AlarmPort> m_port;
    std::atomic<int> m_openPort = 0;
    std::string m_toldWhy;  ///< in the log, which would say it every ten seconds
    base::Subscription m_subscription;
};

}  // namespace leedswatch::station

#pragma once

#include "alarm/alarm_port.h"
#include "estate/fault_register.h"
#include "response/port_statuses.h"
#include "station/disk_reserve.h"
#include "station/panel_book.h"
#include "station/receiver_lines.h"
#include "station/signal_desk.h"
#include "store/change_feed.h"

#include <atomic>
#include <memory>
#include <optional>
#include <string>

namespace leedswatch::station {

/// The station's part of the alarm receiving centre: the ports of panels and of receivers, the panels that are known,
/// and the desk where signals become durable. A port that cannot be opened is a fault that people see, and no reason
/// not to record cameras; it is tried again. So is a store that cannot be written: then no panel is answered, and each
/// sends again. `start`, then `keep` and `stop` on one thread after the other.
class AlarmReceiving {
public:
    AlarmReceiving(store::Database& database, const base::Clock& clock,
                   std::optional<alarm::AlarmPortSettings> settings, alarm::Mlr2PortSettings receivers = {});

    /// Reads the panels, follows their changes, opens the port.
    [[nodiscard]] base::Result<void> start(store::ChangeFeed& feed);
    /// Tries again what failed, writes when panels were heard and what the port counted, judges their paths; every ten
    /// seconds or so.
    void keep();
    /// Hears no more, and writes what was heard.
    void stop();
    /// 0: it does not listen. From any thread.
    [[nodiscard]] int port() const { return m_openPort; }
    /// The part that hears alarm receivers. On the thread of `keep`.
    [[nodiscard]] const ReceiverLines& receivers() const { return m_receivers; }

private:
    void open();
    void writeHeard();
    void readPanels();
    void watch();
    [[nodiscard]] base::Result<void> writeCounts();
    void tellOfTheStore(const base::Result<void>& otherRows);
    void raiseStoreFault(const base::Error& error);
    void endStoreFault();

    const base::Clock& m_clock;
    const std::optional<alarm::AlarmPortSettings> m_settings;
    estate::FaultRegister m_faults;
    estate::PremisesRegistry m_registry;
    response::SignalJournal m_journal;
    response::PortStatuses m_statuses;
    const DiskReserve m_reserve;
    PanelBook m_book;
    estate::PanelProtocols m_protocols;
    SupervisionWatch m_watch;
    std::optional<SignalDesk> m_desk;
    ReceiverLines m_receivers;
    std::unique_ptr<alarm::AlarmPort> m_port;
    std::atomic<int> m_openPort = 0;
    std::string m_toldWhy;  ///< in the log, which would say it every ten seconds
    base::UtcTime m_opened{};
    std::uint64_t m_failuresSeen = 0;
    bool m_mayHaveStoreFault = true;  ///< of the station that ran before
    base::Subscription m_subscription;
    std::jthread m_ticker;  ///< has m_watch judge every second
};

}  // namespace leedswatch::station

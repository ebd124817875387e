#pragma once

#include "alarm/mlr2_port.h"
#include "estate/fault_register.h"
#include "response/signal_journal.h"

#include <chrono>
#include <map>
#include <memory>
#include <string>

namespace leedswatch::station {

/// The station's alarm receivers (Sur-Gard MLR2, Ademco 685): the port that hears them, and the faults of those that
/// are silent or report of themselves. `start`, then `keep` and `stop` on one thread after the other.
class ReceiverLines {
public:
    /// What is given outlives it.
    ReceiverLines(alarm::Mlr2PortSettings settings, estate::FaultRegister& faults, response::SignalJournal& journal,
                  const base::Clock& clock);

    /// Does nothing if no receivers are wanted. What cannot be opened is a fault.
    void start(alarm::SignalStore& store);
    /// Raises and ends faults; every ten seconds or so.
    void keep();
    void stop() { m_port.reset(); }

    [[nodiscard]] int port() const { return m_port ? m_port->port() : 0; }
    [[nodiscard]] alarm::Mlr2PortCounts counts() const { return m_port ? m_port->counts() : alarm::Mlr2PortCounts{}; }

    /// Receivers send a heartbeat every 30 seconds.
    static constexpr std::chrono::seconds longestSilence{90};

private:
    void rememberLastLines();
    void rememberSilentOnes();
    [[nodiscard]] bool isConfigured(const std::string& name) const;
    void keepListening();
    void keepReceiver(const alarm::Mlr2ReceiverState& receiver);
    void endAcknowledgedTroubles();

    alarm::Mlr2PortSettings m_settings;
    estate::FaultRegister& m_faults;
    response::SignalJournal& m_journal;
    const base::Clock& m_clock;
    std::unique_ptr<alarm::Mlr2Port> m_port;
    std::map<std::string, std::uint64_t> m_toldTroubles;  ///< by receiver
};

}  // namespace leedswatch::station

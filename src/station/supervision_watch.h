#pragma once

#include "alarm/dc09_reader.h"
#include "base/clock.h"
#include "estate/fault_register.h"
#include "estate/path_teller.h"
#include "estate/premises_registry.h"
#include "response/signal_journal.h"
#include "response/supervision_journal.h"

#include <mutex>
#include <stop_token>
#include <unordered_map>

namespace leedswatch::station {

/// Supervises the paths and tests of all panels: what is heard at the port goes in, and what becomes of their states is
/// written down, where whoever acts on it finds it (SupervisionJournal::changesAfter), and counted in two faults of the
/// installation. Thread-safe.
class SupervisionWatch {
public:
    SupervisionWatch(store::Database& database, const base::Clock& clock);

    /// From here on silence counts; what it was in earlier runs of the station is read from the store.
    [[nodiscard]] base::Result<void> start();
    [[nodiscard]] bool isStarted() const;
    /// The list of premises has changed. Nothing before start().
    [[nodiscard]] base::Result<void> readPanels();

    /// Its panel is alive by one of its paths, and perhaps tested. Blocks for no disk.
    void heard(const response::JudgedSignal& signal);
    void polled(estate::PanelId panel, const alarm::Supervision& poll);

    /// Judges, and writes what has changed, as much as goes into one commit; true: more waits.
    bool tick();
    /// Writes what was heard, and raises or ends the faults; every ten seconds or so.
    void keep();
    /// Ticks every second until it is told to stop; sooner while more waits, with a pause for other writers.
    void run(const std::stop_token& stop);

    /// More at once would keep signals waiting for the disk: when a network fails, thousands of paths do.
    static constexpr std::size_t mostInACommit = 250;
    /// What cannot be written waits, up to so many; the oldest are given up first.
    static constexpr std::size_t mostWaiting = 100'000;

private:
    [[nodiscard]] response::Moment now() const;
    [[nodiscard]] std::chrono::microseconds uptime(const response::Moment& at) const;
    [[nodiscard]] base::Result<void> supervise(const response::Moment& at);
    void heardBy(estate::PanelId panel, std::string_view line, std::string_view source,
                 response::PathSupervisor::Sign sign, const response::Moment& at);
    void takeChanges();
    [[nodiscard]] bool writeSome();
    void writeHeard();
    void tellFaults();
    void tellFault(const char* kind, const std::string& cause, const char* message);
    [[nodiscard]] std::string namesOf(const std::set<estate::PanelId>& panels) const;

    const base::Clock& m_clock;
    estate::PremisesRegistry m_registry;
    estate::FaultRegister m_faults;
    response::SupervisionJournal m_journal;

    std::mutex m_writing;  ///< held while what was judged is written, so that it is written in its order
    // Guarded by m_writing.
    response::SupervisionChanges m_unwritten;
    bool m_toldThatItCannotWrite = false;

    mutable std::mutex m_mutex;  ///< never held while anything is written
    // Guarded by m_mutex.
    std::optional<response::Moment> m_started;
    std::chrono::microseconds m_earlierUptime{};
    response::PathSupervisor m_paths;
    response::TestSupervisor m_tests;
    struct Known {
        std::string account;
        estate::PathTeller teller;
    };
    std::unordered_map<estate::PanelId, Known> m_known;
};

}  // namespace leedswatch::station

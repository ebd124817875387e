#pragma once

#include "alarm/signal_store.h"
#include "estate/panel_protocols.h"
#include "response/signal_journal.h"
#include "station/panel_book.h"
#include "station/supervision_watch.h"

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

namespace leedswatch::station {

/// Where received signals become durable: one thread writes what came since its last commit in the next one (group
/// commit), those that somebody's life may depend on first. What waits is bounded; what does not fit is not taken, so
/// that its panel sends it again. A commit that fails takes nothing of what was in it.
class SignalDesk final : public alarm::SignalStore {
public:
    /// What is held by it outlives it.
    SignalDesk(response::SignalJournal& journal, const PanelBook& book, SupervisionWatch& watch);
    /// Writes what waits.
    ~SignalDesk() override;

    void store(alarm::ReceivedSignal signal, std::function<void(bool)> stored) override;
    void saw(const alarm::Supervision& supervision, base::UtcTime when) override;
    [[nodiscard]] bool isUrgent(const alarm::ReceivedSignal& signal) const override;

    /// Why signals could not be written, until some are again.
    struct Failure {
        base::Error error;
        std::uint64_t times = 0;  ///< commits that failed since the last that did not
    };
    [[nodiscard]] std::optional<Failure> failure() const;
    /// What was wrong is seen to be over, and no signal has come that would show it.
    void forgetFailure();
    /// Signals that are not on the disk yet.
    [[nodiscard]] std::size_t waiting() const;

    /// When panels were heard since the last call, by a signal or a poll.
    [[nodiscard]] std::map<estate::PanelId, base::UtcTime> takeHeard();

    /// Signals since the last call that came by another protocol than their panel's.
    [[nodiscard]] estate::PanelProtocols::Counts takeOtherProtocols();

    static constexpr std::size_t mostWaiting = 50'000;
    static constexpr std::size_t mostInACommit = 500;

private:
    struct Waiting {
        response::JudgedSignal signal;
        std::function<void(bool)> stored;
    };

    void run(const std::stop_token& stop);
    [[nodiscard]] std::vector<Waiting> takeSome();
    void write(std::vector<Waiting> batch);
    void note(const std::optional<base::Error>& error);

    response::SignalJournal& m_journal;
    const PanelBook& m_book;
    SupervisionWatch& m_watch;
    mutable std::mutex m_mutex;
    std::condition_variable_any m_wake;
    // Guarded by m_mutex.
    std::deque<Waiting> m_urgent;
    std::deque<Waiting> m_others;
    std::map<estate::PanelId, base::UtcTime> m_heard;
    estate::PanelProtocols::Counts m_otherProtocols;
    std::optional<Failure> m_failure;
    std::size_t m_inHand = 0;  ///< in the commit that is under way

    std::jthread m_thread;
};

}  // namespace leedswatch::station

#pragma once

#include "alarm/signal_store.h"
#include "response/signal_journal.h"
#include "station/panel_book.h"

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
    SignalDesk(response::SignalJournal& journal, const PanelBook& book);
    /// Writes what waits.
    ~SignalDesk() override;

    void store(alarm::ReceivedSignal signal, std::function<void(bool)> stored) override;
    void saw(const alarm::Supervision& supervision, base::UtcTime when) override;
    [[nodiscard]] bool isUrgent(const alarm::ReceivedSignal& signal) const override;

    /// When panels were heard since the last call, by a signal or a poll.
    [[nodiscard]] std::map<estate::PanelId, base::UtcTime> takeHeard();

    static constexpr std::size_t mostWaiting = 50'000;
    static constexpr std::size_t mostInACommit = 500;

private:
    struct Waiting {
        response::JudgedSignal signal;
        std::function<void(bool)> stored;
    };

    [[nodiscard]] response::JudgedSignal judged(alarm::ReceivedSignal signal) const;
    void run(const std::stop_token& stop);
    [[nodiscard]] std::vector<Waiting> takeSome();
    void write(std::vector<Waiting> batch);

    response::SignalJournal& m_journal;
    const PanelBook& m_book;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    // Guarded by m_mutex.
    std::deque<Waiting> m_urgent;
    std::deque<Waiting> m_others;
    std::map<estate::PanelId, base::UtcTime> m_heard;

    std::jthread m_thread;
};

}  // namespace leedswatch::station

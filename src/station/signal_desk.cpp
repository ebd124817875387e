#include "station/signal_desk.h"

#include <spdlog/spdlog.h>

namespace leedswatch::station {

SignalDesk::SignalDesk(response::SignalJournal& journal, const PanelBook& book) : m_journal{journal}, m_book{book} {
    m_thread = std::jthread{[this](const std::stop_token& stop) { run(stop); }};
}

SignalDesk::~SignalDesk() {
    m_thread.request_stop();
    m_thread.join();
}

response::JudgedSignal SignalDesk::judged(alarm::ReceivedSignal signal) const {
    // The event's account says whose it is; a communicator that reports for a panel may be known by its own alone.
    auto entry = m_book.entry(signal.line, signal.account);
    if (!entry && signal.account != signal.headerAccount) {
        entry = m_book.entry(signal.line, signal.headerAccount);
    }
    auto events = response::judge(signal, entry ? entry->transmitter : std::string{});
    return {std::move(signal), entry ? std::optional{entry->panel} : std::nullopt, std::move(events)};
}

bool SignalDesk::isUrgent(const alarm::ReceivedSignal& signal) const {
    return response::isLifeSafety(judged(signal).events);
}

void SignalDesk::store(alarm::ReceivedSignal signal, std::function<void(bool)> stored) {
    Waiting waiting{judged(std::move(signal)), std::move(stored)};
    const bool isFirst = response::isLifeSafety(waiting.signal.events);
    {
        const std::scoped_lock lock{m_mutex};
        if (waiting.signal.panel) {
            m_heard[*waiting.signal.panel] = waiting.signal.received.received;
        }
        auto& queue = isFirst ? m_urgent : m_others;
        if (queue.size() < mostWaiting) {
            queue.push_back(std::move(waiting));
            m_wake.notify_one();
            return;
        }
    }
    waiting.stored(false);
}

void SignalDesk::saw(const alarm::Supervision& supervision, base::UtcTime when) {
    if (const auto entry = m_book.entry(supervision.line, supervision.account)) {
        const std::scoped_lock lock{m_mutex};
        m_heard[entry->panel] = when;
    }
}

std::map<estate::PanelId, base::UtcTime> SignalDesk::takeHeard() {
    const std::scoped_lock lock{m_mutex};
    return std::exchange(m_heard, {});
}

void SignalDesk::run(const std::stop_token& stop) {
    while (true) {
        {
            std::unique_lock lock{m_mutex};
            m_wake.wait(lock, stop, [this] { return !m_urgent.empty() || !m_others.empty(); });
        }
        auto batch = takeSome();
        if (batch.empty()) {
            return;  // asked to stop, and nothing is left
        }
        write(std::move(batch));
    }
}

std::vector<SignalDesk::Waiting> SignalDesk::takeSome() {
    const std::scoped_lock lock{m_mutex};
    std::vector<Waiting> batch;
    for (auto* queue : {&m_urgent, &m_others}) {
        while (!queue->empty() && batch.size() < mostInACommit) {
            batch.push_back(std::move(queue->front()));
            queue->pop_front();
        }
    }
    return batch;
}

void SignalDesk::write(std::vector<Waiting> batch) {
    std::vector<response::JudgedSignal> signals;
    signals.reserve(batch.size());
    for (Waiting& waiting : batch) {
        signals.push_back(std::move(waiting.signal));
    }
    const auto written = m_journal.add(signals);
    if (!written) {
        spdlog::error("{} signals could not be stored and are not answered; their panels send them again: {}",
                      signals.size(), written.error().message);
    }
    for (const Waiting& waiting : batch) {
        waiting.stored(written.has_value());
    }
}

}  // namespace leedswatch::station

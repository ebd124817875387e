#include "station/signal_desk.h"

#include <spdlog/spdlog.h>

namespace leedswatch::station {

SignalDesk::SignalDesk(response::SignalJournal& journal, const PanelBook& book, SupervisionWatch& watch)
    : m_journal{journal}, m_book{book}, m_watch{watch} {
    m_thread = std::jthread{[this](const std::stop_token& stop) { run(stop); }};
}

SignalDesk::~SignalDesk() {
    m_thread.request_stop();
    m_thread.join();
}

bool SignalDesk::isUrgent(const alarm::ReceivedSignal& signal) const {
    return response::isLifeSafety(m_book.eventsOf(signal));
}

void SignalDesk::store(alarm::ReceivedSignal signal, std::function<void(bool)> stored) {
    Waiting waiting{m_book.judged(std::move(signal)), std::move(stored)};
    const bool isFirst = response::isLifeSafety(waiting.signal.events);
    m_watch.heard(waiting.signal);
    {
        const std::scoped_lock lock{m_mutex};
        if (waiting.signal.panel) {
            m_heard[*waiting.signal.panel] = waiting.signal.received.received;
        }
        if (waiting.signal.isOtherProtocol) {
            auto& other = m_otherProtocols[{*waiting.signal.panel, waiting.signal.received.protocol}];
            ++other.signals;
            other.last = waiting.signal.received.received;
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
        m_watch.polled(entry->panel, supervision);
        const std::scoped_lock lock{m_mutex};
        m_heard[entry->panel] = when;
    }
}

std::map<estate::PanelId, base::UtcTime> SignalDesk::takeHeard() {
    const std::scoped_lock lock{m_mutex};
    return std::exchange(m_heard, {});
}

estate::PanelProtocols::Counts SignalDesk::takeOtherProtocols() {
    const std::scoped_lock lock{m_mutex};
    return std::exchange(m_otherProtocols, {});
}

std::optional<SignalDesk::Failure> SignalDesk::failure() const {
    const std::scoped_lock lock{m_mutex};
    return m_failure;
}

void SignalDesk::forgetFailure() {
    const std::scoped_lock lock{m_mutex};
    m_failure.reset();
}

std::size_t SignalDesk::waiting() const {
    const std::scoped_lock lock{m_mutex};
    return m_urgent.size() + m_others.size() + m_inHand;
}

void SignalDesk::note(const std::optional<base::Error>& error) {
    const std::scoped_lock lock{m_mutex};
    m_inHand = 0;
    if (error) {
        m_failure = Failure{*error, m_failure ? m_failure->times + 1 : 1};
    } else {
        m_failure.reset();
    }
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
    m_inHand = batch.size();
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
    note(written ? std::nullopt : std::optional{written.error()});
    for (const Waiting& waiting : batch) {
        waiting.stored(written.has_value());
    }
}

}  // namespace leedswatch::station

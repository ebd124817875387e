#include "simulator/pacer.h"

namespace leedswatch::simulator {
namespace {

// Turns that are due within this time of each other are had in one wake-up.
constexpr std::chrono::milliseconds together{2};
constexpr std::chrono::seconds longestDelay{2};

}  // namespace

Pacer::Pacer() : m_thread{[this](const std::stop_token& stop) { run(stop); }} {}

Pacer::~Pacer() {
    m_thread.request_stop();
    m_thread.join();
}

void Pacer::add(std::shared_ptr<Paced> paced, base::SteadyTime first) {
    const std::scoped_lock lock{m_mutex};
    m_turns.push({first, std::move(paced)});
    m_changed.notify_all();
}

void Pacer::run(const std::stop_token& stop) {
    std::unique_lock lock{m_mutex};
    while (!stop.stop_requested()) {
        if (m_turns.empty()) {
            m_changed.wait(lock, stop, [this] { return !m_turns.empty(); });
            continue;
        }
        const auto due = m_turns.top().due;
        const auto now = std::chrono::steady_clock::now();
        if (due > now + together) {
            m_changed.wait_until(lock, stop, due, [&] { return m_turns.top().due < due; });
            continue;
        }
        Turn turn = m_turns.top();
        m_turns.pop();
        lock.unlock();
        turn.due = turn.paced->turn(due);
        if (turn.due + longestDelay < now) {
            turn.due = now;
        }
        lock.lock();
        m_turns.push(std::move(turn));
    }
}

}  // namespace leedswatch::simulator

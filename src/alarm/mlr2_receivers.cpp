#include "alarm/mlr2_receivers.h"

#include <algorithm>
#include <utility>

namespace leedswatch::alarm {

namespace {

constexpr std::size_t mostWatched = 256;

}  // namespace

Mlr2Receivers::Entry* Mlr2Receivers::entry(const std::string& name, base::SteadyTime now) {
    if (m_entries.size() >= mostWatched && !m_entries.contains(name)) {
        return nullptr;
    }
    const auto [place, isNew] = m_entries.try_emplace(name);
    if (isNew) {
        place->second.state.name = name;
        place->second.heard = now;
    }
    return &place->second;
}

void Mlr2Receivers::expect(const std::string& name, bool isConfigured, base::SteadyTime now) {
    const std::scoped_lock lock{m_mutex};
    if (Entry* const one = entry(name, now)) {
        one->isWatched = true;
        one->state.isConfigured = one->state.isConfigured || isConfigured;
    }
}

void Mlr2Receivers::connected(const std::string& name) {
    const std::scoped_lock lock{m_mutex};
    if (const auto found = m_entries.find(name); found != m_entries.end()) {
        ++found->second.connections;
    }
}

bool Mlr2Receivers::disconnected(const std::string& name, const std::string& why) {
    const std::scoped_lock lock{m_mutex};
    const auto found = m_entries.find(name);
    if (found == m_entries.end()) {
        return false;
    }
    found->second.connections = std::max(0, found->second.connections - 1);
    return std::exchange(found->second.state.whyNot, why) != why;
}

void Mlr2Receivers::heard(const std::string& name, bool isHeartbeat, base::SteadyTime now) {
    const std::scoped_lock lock{m_mutex};
    if (!isHeartbeat && !m_entries.contains(name)) {
        return;
    }
    if (Entry* const one = entry(name, now)) {
        one->isWatched = one->isWatched || isHeartbeat;
        one->heard = now;
        one->state.wasHeard = true;
        one->connections = std::max(1, one->connections);
    }
}

void Mlr2Receivers::reported(const std::string& name, const std::string& trouble, base::SteadyTime now) {
    const std::scoped_lock lock{m_mutex};
    if (Entry* const one = entry(name, now)) {
        ++one->state.troubles;
        one->state.trouble = trouble;
    }
}

std::vector<Mlr2ReceiverState> Mlr2Receivers::states(base::SteadyTime now) const {
    const std::scoped_lock lock{m_mutex};
    std::vector<Mlr2ReceiverState> all;
    for (const auto& [name, one] : m_entries) {
        Mlr2ReceiverState state = one.state;
        state.isConnected = one.connections > 0;
        state.silent =
            one.isWatched ? std::chrono::duration_cast<std::chrono::seconds>(now - one.heard) : std::chrono::seconds{0};
        all.push_back(std::move(state));
    }
    return all;
}

}  // namespace leedswatch::alarm

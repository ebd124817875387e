#pragma once

#include "base/time.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace leedswatch::alarm {

/// How a receiver does, for those who watch it.
struct Mlr2ReceiverState {
    std::string name;           ///< "receiver at 10.1.2.3": by which it is known, whatever connection it is on
    bool isConfigured = false;  ///< we call it, or it is on a serial line; else it calls us
    bool isConnected = false;
    bool wasHeard = false;
    std::chrono::seconds silent{0};  ///< since its last line, or since it is watched
    std::string whyNot;              ///< the last reason why there is no connection
    std::uint64_t troubles = 0;      ///< how often it reported of itself
    std::string trouble;             ///< what it said last
};

/// The receivers that are watched: those that we call and those on serial lines from the beginning; one that calls us
/// from its first heartbeat on, as who never sends one promises nothing. Thread-safe.
class Mlr2Receivers {
public:
    /// One that we call, or that was silent when the station ended.
    void expect(const std::string& name, bool isConfigured, base::SteadyTime now);
    void connected(const std::string& name);
    /// Whether the reason is another than the last.
    bool disconnected(const std::string& name, const std::string& why);
    void heard(const std::string& name, bool isHeartbeat, base::SteadyTime now);
    void reported(const std::string& name, const std::string& trouble, base::SteadyTime now);

    [[nodiscard]] std::vector<Mlr2ReceiverState> states(base::SteadyTime now) const;

private:
    struct Entry {
        Mlr2ReceiverState state;
        base::SteadyTime heard{};
        int connections = 0;
        bool isWatched = false;
    };
    [[nodiscard]] Entry* entry(const std::string& name, base::SteadyTime now);

    mutable std::mutex m_mutex;
    std::map<std::string, Entry> m_entries;  ///< guarded by m_mutex
};

}  // namespace leedswatch::alarm

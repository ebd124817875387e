#pragma once

#include "base/time.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>

namespace leedswatch::simulator {

/// Something that has its turn again and again.
class Paced {
public:
    Paced() = default;
    Paced(const Paced&) = delete;
    Paced& operator=(const Paced&) = delete;
    virtual ~Paced() = default;

    /// Called when `due` has come, on the pacer's thread; must be short. Gives the time of the next turn, later than
    /// `due`.
    [[nodiscard]] virtual base::SteadyTime turn(base::SteadyTime due) = 0;
};

/// One thread that gives every camera its turns at their times, by the steady clock. Late turns are made up for, so
/// that a stream keeps its rate; after a pause of more than two seconds they are left out.
class Pacer {
public:
    Pacer();
    ~Pacer();
    Pacer(const Pacer&) = delete;
    Pacer& operator=(const Pacer&) = delete;

    void add(std::shared_ptr<Paced> paced, base::SteadyTime first);

private:
    struct Turn {
        base::SteadyTime due;
        std::shared_ptr<Paced> paced;
        [[nodiscard]] bool operator>(const Turn& other) const { return due > other.due; }
    };
    using Turns = std::priority_queue<Turn, std::vector<Turn>, std::greater<>>;

    void run(const std::stop_token& stop);

    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    Turns m_turns;  // guarded by m_mutex
    std::jthread m_thread;
};

}  // namespace leedswatch::simulator

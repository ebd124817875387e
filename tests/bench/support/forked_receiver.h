#pragma once

#include <sys/types.h>

#include <functional>

namespace leedswatch::bench {

/// A receiver in a process of its own, so that its processor time and its descriptors are told from those of the panels
/// that load it. Made by fork: only while this process has one thread.
class ForkedReceiver {
public:
    /// `serve` never returns; it calls what it is given with the port at which it listens.
    explicit ForkedReceiver(const std::function<void(const std::function<void(int)>& listensAt)>& serve);
    /// Kills it: what it stored is looked at by others.
    ~ForkedReceiver();
    ForkedReceiver(const ForkedReceiver&) = delete;
    ForkedReceiver& operator=(const ForkedReceiver&) = delete;

    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] long id() const { return m_id; }

private:
    pid_t m_id = -1;
    int m_port = 0;
};

}  // namespace leedswatch::bench

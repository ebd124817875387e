#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <functional>

namespace leedswatch::tests {

/// Another process that runs `body` and ends with what it returned. Made by fork: only while this one has no threads.
class Forked {
public:
    explicit Forked(const std::function<int()>& body) : m_id{::fork()} {
        if (m_id == 0) {
            ::_exit(body());
        }
    }
    Forked(const Forked&) = delete;
    Forked& operator=(const Forked&) = delete;
    ~Forked() {
        if (m_id > 0) {
            ::kill(m_id, SIGKILL);
            wait();
        }
    }

    void kill() { ::kill(m_id, SIGKILL); }

    /// Its exit status, or the negative number of the signal that ended it.
    int wait() {
        int status = 0;
        ::waitpid(m_id, &status, 0);
        m_id = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    }

private:
    pid_t m_id;
};

}  // namespace leedswatch::tests

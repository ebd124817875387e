#pragma once

#include <sys/resource.h>

#include <csignal>

namespace leedswatch::tests {

/// No file of this process grows beyond a size while it lives, as on a disk that is full.
class FullDisk {
public:
    explicit FullDisk(rlim_t bytes) : m_bytes{bytes} {
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        m_signal = std::signal(SIGXFSZ, SIG_IGN);
        grow(0);
    }
    ~FullDisk() {
        ::setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_signal);
    }
    /// Something else was deleted from it.
    void grow(rlim_t bytes) {
        m_bytes += bytes;
        const rlimit limit{m_bytes, m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

private:
    rlim_t m_bytes;
    rlimit m_before{};
    void (*m_signal)(int) = nullptr;
};

}  // namespace leedswatch::tests

#include "support/forked_receiver.h"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace leedswatch::bench {

ForkedReceiver::ForkedReceiver(const std::function<void(const std::function<void(int)>& listensAt)>& serve) {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) {
        std::perror("pipe");
        std::exit(1);
    }
    m_id = ::fork();
    if (m_id == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        serve([&](int port) { ::write(ends[1], &port, sizeof port) == sizeof port ? void() : ::_exit(1); });
        ::_exit(0);
    }
    ::close(ends[1]);
    if (::read(ends[0], &m_port, sizeof m_port) != sizeof m_port) {
        std::fprintf(stderr, "the receiver has not come up\n");
        std::exit(1);
    }
    ::close(ends[0]);
}

ForkedReceiver::~ForkedReceiver() {
    ::kill(m_id, SIGKILL);
    ::waitpid(m_id, nullptr, 0);
}

}  // namespace leedswatch::bench

#include "simulator/control_port.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <thread>
#include <vector>

namespace leedswatch::simulator {
namespace {

constexpr std::size_t longestLine = 256;
constexpr std::size_t mostConnections = 16;

int blockSignals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    // An answer to a reader that has gone is an error of that write, not the end of the program.
    std::signal(SIGPIPE, SIG_IGN);
    return signalfd(-1, &set, SFD_CLOEXEC);
}

base::Result<int> listenAt(const std::filesystem::path& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.string().size() >= sizeof(address.sun_path)) {
        return base::fail(base::ErrorCode::InvalidInput,
                          "the path of the control socket is too long: " + path.string() + "; choose a shorter one");
    }
    std::strncpy(address.sun_path, path.c_str(), sizeof(address.sun_path) - 1);
    const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto* name = reinterpret_cast<const sockaddr*>(&address);
    struct stat found {};
    if (::stat(path.c_str(), &found) == 0 && S_ISSOCK(found.st_mode)) {
        if (::connect(listener, name, sizeof(address)) == 0) {
            ::close(listener);
            return base::fail(base::ErrorCode::Busy, "another simulator listens at " + path.string());
        }
        ::unlink(path.c_str());
    }
    const mode_t before = ::umask(0077);
    const bool isBound = ::bind(listener, name, sizeof(address)) == 0;
    const int error = errno;
    ::umask(before);
    if (!isBound || ::listen(listener, 8) != 0) {
        ::close(listener);
        return base::fail(base::errorFromErrno(error, "make the control socket " + path.string()));
    }
    return listener;
}

void writeAll(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(descriptor, text.data(), text.size());
        if (written <= 0 && errno != EINTR) {
            return;
        }
        text.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : 0);
    }
}

}  // namespace

base::Result<ControlPort> ControlPort::open(const std::optional<std::filesystem::path>& path) {
    const int signals = blockSignals();
    if (!path) {
        return ControlPort{signals, -1, {}};
    }
    auto listener = listenAt(*path);
    if (!listener) {
        ::close(signals);
        return base::fail(listener.error());
    }
    return ControlPort{signals, *listener, *path};
}

ControlPort::ControlPort(int signals, int listener, std::filesystem::path path)
    : m_signals{signals}, m_listener{listener}, m_path{std::move(path)} {}

ControlPort::ControlPort(ControlPort&& other) noexcept
    : m_signals{std::exchange(other.m_signals, -1)},
      m_listener{std::exchange(other.m_listener, -1)},
      m_path{std::move(other.m_path)},
      m_standardInput{std::move(other.m_standardInput)},
      m_connections{std::exchange(other.m_connections, {})} {}

ControlPort::~ControlPort() {
    for (const auto& [connection, text] : m_connections) {
        ::close(connection);
    }
    if (m_listener >= 0) {
        ::close(m_listener);
        ::unlink(m_path.c_str());
    }
    if (m_signals >= 0) {
        ::close(m_signals);
    }
}

void ControlPort::runUntilSignal(const std::function<void(std::stop_token)>& work) {
    const int finished = ::eventfd(0, EFD_CLOEXEC);
    std::jthread worker{[&](const std::stop_token& stop) {
        work(stop);
        ::eventfd_write(finished, 1);
    }};
    std::array<pollfd, 2> watched{{{finished, POLLIN, 0}, {m_signals, POLLIN, 0}}};
    while (::poll(watched.data(), watched.size(), -1) < 0 && errno == EINTR) {
    }
    worker.request_stop();
    worker.join();
    ::close(finished);
}

void ControlPort::run(const Answer& answer, EndOfInput endOfInput) {
    bool hasInput = true;
    while (true) {
        std::vector<pollfd> watched{
            {m_signals, POLLIN, 0}, {hasInput ? STDIN_FILENO : -1, POLLIN, 0}, {m_listener, POLLIN, 0}};
        for (const auto& [connection, text] : m_connections) {
            watched.push_back({connection, POLLIN, 0});
        }
        if (::poll(watched.data(), watched.size(), -1) < 0 && errno != EINTR) {
            return;
        }
        if (watched[0].revents != 0) {
            return;
        }
        if (watched[1].revents != 0 && !serve(STDIN_FILENO, STDOUT_FILENO, m_standardInput, answer)) {
            hasInput = false;
            if (endOfInput == EndOfInput::Stop) {
                return;
            }
        }
        for (std::size_t i = 3; i < watched.size(); ++i) {
            const int connection = watched[i].fd;
            if (watched[i].revents != 0 && !serve(connection, connection, m_connections[connection], answer)) {
                ::close(connection);
                m_connections.erase(connection);
            }
        }
        if (watched[2].revents != 0) {
            accept();
        }
    }
}

void ControlPort::accept() {
    const int connection = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0) {
        return;
    }
    if (m_connections.size() >= mostConnections) {
        writeAll(connection, "error: too many are connected here; close one\n");
        ::close(connection);
        return;
    }
    // A reader that does not read must not stop the others.
    const timeval limit{1, 0};
    ::setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
    m_connections.emplace(connection, std::string{});
}

bool ControlPort::serve(int input, int output, std::string& buffer, const Answer& answer) {
    std::array<char, 1024> bytes{};
    const ssize_t count = ::read(input, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) {
        return true;
    }
    if (count <= 0) {
        return false;
    }
    buffer.append(bytes.data(), static_cast<std::size_t>(count));
    for (std::size_t end = buffer.find('\n'); end != std::string::npos; end = buffer.find('\n')) {
        writeAll(output, answer(std::string_view{buffer}.substr(0, end)));
        buffer.erase(0, end + 1);
    }
    if (buffer.size() > longestLine) {
        writeAll(output, "error: a control line has at most 256 letters\n");
        return false;
    }
    return true;
}

}  // namespace leedswatch::simulator

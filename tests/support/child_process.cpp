#include "support/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <utility>

namespace leedswatch::tests {
namespace {

std::array<int, 2> makePipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        throw std::runtime_error{"no pipe"};
    }
    return ends;
}

/// What the program needs of this process, made before the fork: behind it only calls that are safe among threads.
struct Start {
    std::vector<char*> arguments;
    int input;
    int output;
    int failed;  ///< takes a byte if the program does not run; closes by itself when it does
    pid_t parent;
};

[[noreturn]] void becomeProgram(const Start& start) {
    // A test that crashes runs no destructor: the kernel ends the program then. Whose parent has gone before it could
    // be asked for that ends by itself.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != start.parent) {
        ::_exit(EXIT_FAILURE);
    }
    ::dup2(start.input, STDIN_FILENO);
    ::dup2(start.output, STDOUT_FILENO);
    ::dup2(start.output, STDERR_FILENO);
    ::execv(start.arguments.front(), start.arguments.data());
    [[maybe_unused]] const ssize_t told = ::write(start.failed, "x", 1);
    ::_exit(EXIT_FAILURE);
}

/// The program's process, or -1 if it cannot be started.
pid_t startProgram(const std::vector<std::string>& arguments, int input, int output) {
    const auto failed = makePipe();
    Start start{{}, input, output, failed[1], ::getpid()};
    for (const std::string& argument : arguments) {
        start.arguments.push_back(const_cast<char*>(argument.c_str()));
    }
    start.arguments.push_back(nullptr);
    const pid_t id = ::fork();
    if (id == 0) {
        becomeProgram(start);
    }
    ::close(failed[1]);
    char told = 0;
    const bool runs = id > 0 && ::read(failed[0], &told, 1) == 0;
    ::close(failed[0]);
    if (id > 0 && !runs) {
        ::waitpid(id, nullptr, 0);
    }
    return runs ? id : -1;
}

}  // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& arguments) {
    if (::gettid() != ::getpid()) {
        throw std::runtime_error{
            "a test starts programs on its main thread: they end with the thread that starts them"};
    }
    const auto input = makePipe();
    const auto output = makePipe();
    m_id = startProgram(arguments, input[0], output[1]);
    ::close(input[0]);
    ::close(output[1]);
    if (m_id < 0) {
        ::close(input[1]);
        ::close(output[0]);
        throw std::runtime_error{"cannot start " + arguments.front()};
    }
    m_input = input[1];
    const auto stop = makePipe();
    m_stopReading = stop[1];
    m_reader = std::jthread{[this, descriptor = output[0], stopped = stop[0]] { readOutput(descriptor, stopped); }};
}

ChildProcess::~ChildProcess() {
    if (!m_ended) {
        signal(SIGKILL);
        wait();
    }
    closeInput();
    // A grandchild may hold the pipe open for ever: the reader does not wait for that.
    ::close(m_stopReading);
}

void ChildProcess::send(const std::string& text) {
    if (::write(m_input, text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
        throw std::runtime_error{"the program does not read its input"};
    }
}

void ChildProcess::closeInput() {
    if (m_input >= 0) {
        ::close(std::exchange(m_input, -1));
    }
}

void ChildProcess::readOutput(int descriptor, int stopped) {
    std::array<char, 4096> block{};
    std::array<pollfd, 2> waited{pollfd{descriptor, POLLIN, 0}, pollfd{stopped, POLLIN, 0}};
    while (::poll(waited.data(), waited.size(), -1) > 0 && waited[1].revents == 0) {
        const ssize_t count = ::read(descriptor, block.data(), block.size());
        if (count <= 0) {
            break;
        }
        const std::scoped_lock lock{m_mutex};
        m_output.append(block.data(), static_cast<std::size_t>(count));
        m_changed.notify_all();
    }
    ::close(descriptor);
    ::close(stopped);
    const std::scoped_lock lock{m_mutex};
    m_outputEnded = true;
    m_changed.notify_all();
}

bool ChildProcess::waitForOutput(const std::string& text, std::chrono::milliseconds limit) {
    std::unique_lock lock{m_mutex};
    m_changed.wait_for(lock, limit, [&] { return m_outputEnded || m_output.find(text) != std::string::npos; });
    return m_output.find(text) != std::string::npos;
}

std::string ChildProcess::output() {
    const std::scoped_lock lock{m_mutex};
    return m_output;
}

void ChildProcess::signal(int number) {
    if (!m_ended) {
        ::kill(m_id, number);
    }
}

int ChildProcess::wait(std::chrono::milliseconds limit) {
    if (m_ended) {
        return m_exitCode;
    }
    // A descriptor of the process becomes readable when it ends: a wait with a limit, without polling.
    const int descriptor = static_cast<int>(::syscall(SYS_pidfd_open, m_id, 0));
    pollfd waited{descriptor, POLLIN, 0};
    const int ready = ::poll(&waited, 1, static_cast<int>(limit.count()));
    ::close(descriptor);
    if (ready <= 0) {
        return -1;
    }
    int status = 0;
    ::waitpid(m_id, &status, 0);
    m_ended = true;
    m_exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    // A grandchild may hold the pipe open; what the program itself printed has been read by now or is not worth waiting
    // for.
    std::unique_lock lock{m_mutex};
    m_changed.wait_for(lock, std::chrono::seconds{2}, [this] { return m_outputEnded; });
    return m_exitCode;
}

Finished runProgram(const std::vector<std::string>& arguments, const std::string& input,
                    std::chrono::milliseconds limit) {
    ChildProcess process{arguments};
    if (!input.empty()) {
        process.send(input);
    }
    process.closeInput();
    Finished finished;
    finished.exitCode = process.wait(limit);
    finished.output = process.output();
    return finished;
}

}  // namespace leedswatch::tests

#pragma once

#include <sys/types.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace leedswatch::tests {

/// A program started by a test, killed with the object if it still runs, and by the kernel if the test itself ends,
/// even by a crash. The kernel goes by the thread that started it, so that has to be the test's main thread. Its
/// standard output and error are collected.
class ChildProcess {
public:
    /// `arguments[0]` is the program's path. Throws if it cannot be started.
    explicit ChildProcess(const std::vector<std::string>& arguments);
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    [[nodiscard]] pid_t id() const { return m_id; }
    /// Writes to its standard input.
    void send(const std::string& text);
    void closeInput();
    /// Waits until what it has printed holds `text`; false after `limit`, or when it has ended without it.
    bool waitForOutput(const std::string& text, std::chrono::milliseconds limit = std::chrono::seconds{30});
    /// All that it has printed so far.
    [[nodiscard]] std::string output();
    void signal(int number);
    /// The exit code, or 128 + the signal that ended it; -1 if it still runs after `limit`.
    int wait(std::chrono::milliseconds limit = std::chrono::seconds{60});

private:
    void readOutput(int descriptor, int stopped);

    pid_t m_id = -1;
    int m_input = -1;
    int m_stopReading = -1;
    bool m_ended = false;
    int m_exitCode = -1;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    // Guarded by m_mutex.
    std::string m_output;
    bool m_outputEnded = false;
    std::jthread m_reader;
};

/// Starts a program, waits for its end and gives what it printed and its exit code.
struct Finished {
    int exitCode = -1;
    std::string output;
};
[[nodiscard]] Finished runProgram(const std::vector<std::string>& arguments, const std::string& input = {},
                                  std::chrono::milliseconds limit = std::chrono::seconds{120});

}  // namespace leedswatch::tests

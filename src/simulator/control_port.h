#pragma once

#include "base/result.h"

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace leedswatch::simulator {

/// Where control lines come in: standard input and, if asked for, a UNIX socket. One thread.
class ControlPort {
public:
    using Answer = std::function<std::string(std::string_view line)>;

    enum class EndOfInput { GoOn, Stop };

    /// Blocks SIGTERM and SIGINT in the calling thread, so call it before others are started. With a `path` a socket is
    /// made there, for this user only; one that nobody listens on is replaced. Errors: Busy, StorageFailed.
    [[nodiscard]] static base::Result<ControlPort> open(const std::optional<std::filesystem::path>& path);
    ControlPort(ControlPort&& other) noexcept;
    ControlPort& operator=(ControlPort&&) = delete;
    ~ControlPort();

    /// Runs `work` on another thread and waits for its end; a signal asks it to stop through its token.
    void runUntilSignal(const std::function<void(std::stop_token)>& work);
    /// Answers lines until a signal says to stop, or the end of the input where that is asked for.
    void run(const Answer& answer, EndOfInput endOfInput);

private:
    ControlPort(int signals, int listener, std::filesystem::path path);
    /// Reads what is there and answers whole lines to `output`; false at the end, or if a line is too long.
    [[nodiscard]] static bool serve(int input, int output, std::string& buffer, const Answer& answer);
    void accept();

    int m_signals;
    int m_listener;
    std::filesystem::path m_path;
    std::string m_standardInput;
    std::map<int, std::string> m_connections;  // what each has sent of a line
};

}  // namespace leedswatch::simulator

#pragma once

#include "alarm/dc09_stream.h"

#include <asio/ip/tcp.hpp>
#include <asio/steady_timer.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace leedswatch::alarm {

/// What a session asks of the port that it belongs to. On the port's thread.
class SessionHost {
public:
    virtual ~SessionHost() = default;
    /// Handles a message. `answer` is called on the port's thread, once, with what to send; empty: nothing. How often
    /// its panel polls, if that is known.
    virtual std::optional<std::chrono::seconds> handle(const Dc09Frame& frame, const asio::ip::address& from,
                                                       const std::string& source,
                                                       std::function<void(std::string)> answer) = 0;
    /// How long a connection of a panel that polls so often may be silent, as things stand.
    [[nodiscard]] virtual std::chrono::milliseconds idleTime(
        const std::optional<std::chrono::seconds>& pollInterval) const = 0;
    virtual void countFault(const Dc09Refuse& refuse, const std::string& source) = 0;
    virtual void countStranger(std::string_view name, const std::string& source) = 0;
    virtual void closed() = 0;
};

/// One connection over TCP. It reads no further while many of its messages wait for the disk. Lives as long as it has
/// something to do; one thread.
class AlarmSession : public std::enable_shared_from_this<AlarmSession> {
public:
    struct Times {
        std::chrono::milliseconds idle;  ///< after which the host is asked whether it may be silent for longer
        std::chrono::milliseconds partial;
    };
    /// `host` outlives all sessions.
    AlarmSession(asio::ip::tcp::socket socket, SessionHost& host, Times times);
    ~AlarmSession();
    AlarmSession(const AlarmSession&) = delete;
    AlarmSession& operator=(const AlarmSession&) = delete;

    void start();
    void close();

private:
    struct Pending {
        std::uint64_t number = 0;
        bool isReady = false;
        std::string answer = {};
    };

    void readMore();
    void take(std::string_view bytes);
    void takeMessages();
    void handle(const Dc09Frame& frame);
    void answered(std::uint64_t number, std::string answer);
    void sendReady();
    void write();
    void waitForBytes();
    void timedOut();

    asio::ip::tcp::socket m_socket;
    asio::steady_timer m_timer;
    SessionHost& m_host;
    Times m_times;
    asio::ip::address m_from;
    std::string m_source;
    std::optional<std::chrono::seconds> m_pollInterval;
    std::chrono::steady_clock::time_point m_lastBytes = std::chrono::steady_clock::now();
    Dc09Stream m_stream;
    std::string m_first;  ///< until it is known who talks
    bool m_isKnown = false;
    bool m_isReading = false;
    std::deque<Pending> m_pending;
    std::uint64_t m_nextNumber = 0;
    std::string m_toSend;
    std::string m_sending;
    std::array<char, 4096> m_room{};
};

}  // namespace leedswatch::alarm

#include "alarm/mlr2_sender.h"

#include "alarm/mlr2_line.h"

#include <asio/buffer.hpp>
#include <asio/connect.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/post.hpp>
#include <asio/steady_timer.hpp>
#include <asio/write.hpp>

#include <array>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

namespace leedswatch::alarm {

namespace {

using asio::ip::tcp;

class Sender final : public Mlr2Sender {
public:
    explicit Sender(const Mlr2SenderSettings& settings) : m_settings{settings} {
        asio::post(m_context, [this] { connect(); });
        m_thread = std::jthread{[this] { m_context.run(); }};
    }
    ~Sender() override { m_context.stop(); }

    bool send(const std::string& line) override {
        {
            const std::scoped_lock lock{m_mutex};
            if (m_lines.size() >= m_settings.mostBuffered) {
                return false;
            }
            m_lines.push_back(line);
        }
        asio::post(m_context, [this] { sendNext(); });
        return true;
    }

    Mlr2SenderCounts counts() const override {
        const std::scoped_lock lock{m_mutex};
        Mlr2SenderCounts counts = m_counts;
        counts.buffered = m_lines.size();
        return counts;
    }

private:
    enum class Awaits { Nothing, Line, Heartbeat };

    template <typename Function>
    void count(Function function) {
        const std::scoped_lock lock{m_mutex};
        function(m_counts);
    }

    void connect() {
        m_socket = tcp::socket{m_context};
        m_resolver.async_resolve(m_settings.to.host, std::to_string(m_settings.to.port),
                                 [this](std::error_code error, const tcp::resolver::results_type& results) {
                                     if (error) {
                                         connectLater();
                                         return;
                                     }
                                     asio::async_connect(m_socket, results,
                                                         [this](std::error_code failed, const tcp::endpoint&) {
                                                             failed ? connectLater() : connected();
                                                         });
                                 });
    }

    // What waits for an answer is sent again, once a heartbeat shows that somebody is there.
    void connectLater() {
        std::error_code ignored;
        m_socket.close(ignored);
        m_answerTimer.cancel();
        m_heartbeatTimer.cancel();
        m_awaits = Awaits::Nothing;
        count([](Mlr2SenderCounts& counts) { counts.isConnected = false; });
        m_pause.expires_after(m_settings.reconnectPause);
        m_pause.async_wait([this](std::error_code error) {
            if (!error) {
                connect();
            }
        });
    }

    void connected() {
        std::error_code ignored;
        m_socket.set_option(tcp::no_delay{true}, ignored);
        count([](Mlr2SenderCounts& counts) {
            counts.isConnected = true;
            ++counts.connections;
        });
        m_resends = 0;
        holdBack(true);
        read();
        sendHeartbeat();
    }

    void holdBack(bool isHeld) {
        m_isHoldingBack = isHeld;
        count([&](Mlr2SenderCounts& counts) { counts.isHoldingBack = isHeld; });
    }

    void read() {
        m_socket.async_read_some(asio::buffer(m_room), [this](std::error_code error, std::size_t size) {
            if (error == asio::error::operation_aborted) {
                return;
            }
            if (error) {
                connectLater();
                return;
            }
            for (const char byte : std::string_view{m_room.data(), size}) {
                take(byte);
            }
            read();
        });
    }

    void take(char byte) {
        const bool isGood = byte == mlr2Acknowledgement;
        if (m_awaits == Awaits::Nothing || (!isGood && byte != mlr2Refusal)) {
            return;
        }
        m_answerTimer.cancel();
        const Awaits awaited = std::exchange(m_awaits, Awaits::Nothing);
        if (awaited == Awaits::Line && !isGood) {
            count([](Mlr2SenderCounts& counts) { ++counts.refused; });
            sendAgain();
            return;
        }
        if (awaited == Awaits::Line) {
            const std::scoped_lock lock{m_mutex};
            m_lines.pop_front();
            ++m_counts.acknowledged;
            m_resends = 0;
        } else if (isGood) {
            count([](Mlr2SenderCounts& counts) { ++counts.heartbeats; });
            holdBack(false);
        }
        sendNext();
    }

    void sendNext() {
        const bool isConnected = counts().isConnected;
        if (!isConnected || m_awaits != Awaits::Nothing) {
            return;
        }
        if (m_isHeartbeatDue) {
            sendHeartbeat();
            return;
        }
        std::string line;
        {
            const std::scoped_lock lock{m_mutex};
            line = m_isHoldingBack || m_lines.empty() ? std::string{} : m_lines.front();
        }
        if (!line.empty()) {
            transmit(line, Awaits::Line);
        }
    }

    void sendHeartbeat() {
        m_isHeartbeatDue = false;
        transmit(mlr2Heartbeat(m_settings.receiver, m_settings.line), Awaits::Heartbeat);
        m_heartbeatTimer.expires_after(m_settings.heartbeat);
        m_heartbeatTimer.async_wait([this](std::error_code error) {
            if (!error) {
                m_isHeartbeatDue = true;
                sendNext();
            }
        });
    }

    // A few bytes, for which a connection that stands has room; one that does not is found dead by the answer's time.
    void transmit(const std::string& bytes, Awaits awaits) {
        std::error_code error;
        asio::write(m_socket, asio::buffer(bytes), error);
        m_awaits = awaits;
        m_answerTimer.expires_after(m_settings.answerTime);
        m_answerTimer.async_wait([this](std::error_code cancelled) {
            if (!cancelled) {
                notAnswered();
            }
        });
    }

    void notAnswered() {
        const Awaits awaited = std::exchange(m_awaits, Awaits::Nothing);
        if (awaited == Awaits::Line) {
            sendAgain();
        } else {
            sendNext();
        }
    }

    void sendAgain() {
        if (m_resends >= m_settings.resends) {
            m_resends = 0;
            holdBack(true);
        } else {
            ++m_resends;
            count([](Mlr2SenderCounts& counts) { ++counts.resent; });
        }
        sendNext();
    }

    const Mlr2SenderSettings m_settings;

    mutable std::mutex m_mutex;
    Mlr2SenderCounts m_counts;        ///< guarded by m_mutex
    std::deque<std::string> m_lines;  ///< guarded by m_mutex

    // Of the sender's thread alone.
    asio::io_context m_context{1};
    tcp::resolver m_resolver{m_context};
    tcp::socket m_socket{m_context};
    asio::steady_timer m_pause{m_context};
    asio::steady_timer m_answerTimer{m_context};
    asio::steady_timer m_heartbeatTimer{m_context};
    Awaits m_awaits = Awaits::Nothing;
    bool m_isHoldingBack = true;
    bool m_isHeartbeatDue = false;
    int m_resends = 0;
    std::array<char, 256> m_room{};

    std::jthread m_thread;
};

}  // namespace

std::unique_ptr<Mlr2Sender> Mlr2Sender::start(const Mlr2SenderSettings& settings) {
    return std::make_unique<Sender>(settings);
}

}  // namespace leedswatch::alarm

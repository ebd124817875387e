#pragma once

#include "alarm/alarm_port.h"
#include "alarm/dc09_stream.h"
#include "support/wait_until.h"

#include <asio/buffer.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/write.hpp>
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <mutex>

namespace leedswatch::tests {

inline bool soon(const std::function<bool()>& condition) {
    return waitUntil(condition, std::chrono::seconds{20});
}

/// Knows every account, each with the same key, if it has one.
class AnyAccount final : public alarm::AccountBook {
public:
    std::optional<alarm::PanelAccount> find(std::string_view /*line*/, std::string_view /*account*/) const override {
        return alarm::PanelAccount{key, pollInterval};
    }
    std::optional<alarm::PanelKey> key;
    std::optional<std::chrono::seconds> pollInterval;
};

/// Keeps what it is given; finishes at once, or when it is told to.
class MemoryStore final : public alarm::SignalStore {
public:
    void store(alarm::ReceivedSignal signal, std::function<void(bool)> stored) override {
        {
            const std::scoped_lock lock{m_mutex};
            m_signals.push_back(std::move(signal));
            if (m_waits) {
                m_unfinished.push_back(std::move(stored));
                return;
            }
        }
        stored(!fails);
    }
    void saw(const alarm::Supervision& /*supervision*/, base::UtcTime /*when*/) override { ++polls; }
    bool isUrgent(const alarm::ReceivedSignal& signal) const override {
        return !signal.codes.codes.empty() && signal.codes.codes.front().code == "HA";
    }

    void wait() {
        const std::scoped_lock lock{m_mutex};
        m_waits = true;
    }
    void finish(std::size_t index, bool isStored = true) {
        std::function<void(bool)> stored;
        {
            const std::scoped_lock lock{m_mutex};
            stored = std::exchange(m_unfinished.at(index), {});
        }
        stored(isStored);
    }
    [[nodiscard]] std::vector<alarm::ReceivedSignal> signals() const {
        const std::scoped_lock lock{m_mutex};
        return m_signals;
    }
    [[nodiscard]] std::vector<std::string> sequences() const {
        std::vector<std::string> all;
        for (const alarm::ReceivedSignal& one : signals()) {
            all.push_back(one.sequence);
        }
        return all;
    }
    [[nodiscard]] bool has(std::size_t count) const {
        return soon([&] { return sequences().size() >= count; });
    }

    std::atomic<bool> fails = false;
    std::atomic<int> polls = 0;

private:
    mutable std::mutex m_mutex;
    bool m_waits = false;
    std::vector<alarm::ReceivedSignal> m_signals;
    std::vector<std::function<void(bool)>> m_unfinished;
};

/// A panel's connection.
class Panel {
public:
    explicit Panel(int port) {
        m_socket.connect({asio::ip::address_v4::loopback(), static_cast<asio::ip::port_type>(port)});
        m_socket.set_option(asio::ip::tcp::no_delay{true});
    }
    void send(std::string_view bytes) { asio::write(m_socket, asio::buffer(bytes)); }
    /// Waits for the next answer; nothing if the connection is closed.
    std::optional<alarm::Dc09Item> hear() {
        std::error_code error;
        while (!error) {
            if (auto item = m_stream.next()) {
                return item;
            }
            std::array<char, 512> room{};
            const std::size_t size = m_socket.read_some(asio::buffer(room), error);
            m_bytes.append(room.data(), size);
            m_stream.add({room.data(), size});
        }
        return std::nullopt;
    }
    /// The kind and sequence of the next answer; empty if the connection is closed.
    std::string answer() {
        const auto item = hear();
        const auto* got = item ? std::get_if<alarm::Dc09Frame>(&*item) : nullptr;
        return got == nullptr ? (item ? "no message" : "") : got->token + " " + got->sequence;
    }
    /// All that was heard, as it came.
    [[nodiscard]] const std::string& bytes() const { return m_bytes; }
    bool hasAnswer() { return m_socket.available() > 0; }
    void close() { m_socket.close(); }

private:
    asio::io_context m_context;
    asio::ip::tcp::socket m_socket{m_context};
    alarm::Dc09Stream m_stream;
    std::string m_bytes;
};

/// A real port before a store in memory.
template <typename Clock = base::SystemClock>
class PortFixture : public testing::Test {
protected:
    template <typename... ClockArguments>
    explicit PortFixture(ClockArguments... arguments) : clock{arguments...} {}

    void open(alarm::AlarmPortSettings settings = {}) {
        settings.port = 0;
        auto opened = alarm::AlarmPort::open(settings, book, store, clock);
        ASSERT_TRUE(opened) << opened.error().message;
        port = *std::move(opened);
    }

    Clock clock;
    AnyAccount book;
    MemoryStore store;
    std::unique_ptr<alarm::AlarmPort> port;
};

}  // namespace leedswatch::tests

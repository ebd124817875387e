#include "alarm/alarm_port.h"

#include "alarm/accept_loop.h"
#include "alarm/alarm_session.h"
#include "alarm/dc09_reader.h"
#include "alarm/way_back.h"

#include <asio/io_context.hpp>
#include <asio/ip/udp.hpp>
#include <asio/post.hpp>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <iterator>
#include <list>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <utility>

namespace leedswatch::alarm {

namespace {

using asio::ip::tcp;
using asio::ip::udp;
using namespace std::chrono_literals;

constexpr int backlog = 1'024;  // a whole city's panels come back at once after a power cut
constexpr auto releaseEvery = 50ms;

base::Error errorOf(const std::error_code& error, const AlarmPortSettings& settings) {
    const std::string where = fmt::format("{}:{}", settings.address, settings.port);
    if (error == asio::error::address_in_use) {
        return {base::ErrorCode::Busy, fmt::format("another program listens at {} already", where)};
    }
    if (error == asio::error::access_denied) {
        return {base::ErrorCode::NotPermitted,
                fmt::format("the system does not allow to listen at {}; take a port above 1023", where)};
    }
    return {base::ErrorCode::InvalidInput, fmt::format("cannot listen at {}: {}", where, error.message())};
}

// As normalAddress(): a panel at an IPv6 socket is known by its IPv4 address.
std::string textOf(const asio::ip::address& address) {
    const bool isMapped = address.is_v6() && address.to_v6().is_v4_mapped();
    return isMapped ? asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string() : address.to_string();
}

/// What is sent back when a signal is stored; kept by the store, which may outlive the port.
struct Completion {
    std::function<void(std::string)> answer;
    std::string text;
};

/// A signal above its address's allowance.
struct Held {
    std::string repetitionKey;
    ReceivedSignal signal;
    Completion completion;
};

/// Those of an address, in their order. One that is sent again while it is held has one place, and its answer goes to
/// the newest copy: else the panels behind one address, each repeating what waits, would fill it with copies and spend
/// the allowance on them, and none would ever be done.
class HeldOfAddress {
public:
    [[nodiscard]] std::size_t size() const { return m_signals.size(); }
    [[nodiscard]] bool empty() const { return m_signals.empty(); }
    [[nodiscard]] Held* find(const std::string& repetitionKey) {
        const auto found = m_byKey.find(repetitionKey);
        return found == m_byKey.end() ? nullptr : &*found->second;
    }
    void add(Held held) {
        std::string key = held.repetitionKey;
        m_signals.push_back(std::move(held));
        m_byKey.emplace(std::move(key), std::prev(m_signals.end()));
    }
    [[nodiscard]] Held takeFirst() {
        Held first = std::move(m_signals.front());
        m_signals.pop_front();
        m_byKey.erase(first.repetitionKey);
        return first;
    }

private:
    std::list<Held> m_signals;
    std::unordered_map<std::string, std::list<Held>::iterator> m_byKey;
};

class Port final : public AlarmPort, public SessionHost {
public:
    Port(AlarmPortSettings settings, const AccountBook& book, SignalStore& store, const base::Clock& clock)
        : m_settings{std::move(settings)},
          m_clock{clock},
          m_store{store},
          m_reader{book},
          m_limits{m_settings.allowances} {}

    ~Port() override {
        m_wayBack->close();
        asio::post(m_context, [this] { stop(); });
    }

    base::Result<void> listen() {
        std::error_code error;
        const auto address = asio::ip::make_address(m_settings.address, error);
        if (error) {
            return base::fail(base::ErrorCode::InvalidInput,
                              fmt::format("\"{}\" is no address to listen at", m_settings.address));
        }
        openStream({address, static_cast<asio::ip::port_type>(m_settings.port)}, error);
        if (!error) {
            m_port = m_acceptor->local_endpoint().port();
            openDatagrams({address, static_cast<asio::ip::port_type>(m_port)}, error);
        }
        if (error) {
            return base::fail(errorOf(error, m_settings));
        }
        return {};
    }

    void run() {
        acceptNext();
        receiveNext();
        releaseLater();
        m_thread = std::jthread{[this] { m_context.run(); }};
    }

    int port() const override { return m_port; }
    AlarmPortCounts counts() const override {
        const std::scoped_lock lock{m_mutex};
        return m_counts;
    }

    std::optional<std::chrono::seconds> handle(const Dc09Frame& frame, const asio::ip::address& from,
                                               const std::string& source,
                                               std::function<void(std::string)> answer) override {
        Dc09Outcome outcome = m_reader.read(frame, source, m_clock.now());
        if (outcome.refused != Dc09Outcome::Refused::No) {
            count([&](AlarmPortCounts& counts) { ++counts.refusals[std::string{nameOf(outcome.refused)}]; });
            spdlog::info("alarm port: a message of {} is {}", source, nameOf(outcome.refused));
        }
        if (const auto* poll = std::get_if<Supervision>(&outcome.what)) {
            count([](AlarmPortCounts& counts) { ++counts.polls; });
            m_store.saw(*poll, m_clock.now());
        }
        if (auto* signal = std::get_if<ReceivedSignal>(&outcome.what)) {
            storeOrHold(std::move(*signal), textOf(from), {std::move(answer), std::move(outcome.answer)});
        } else {
            answer(std::move(outcome.answer));
        }
        return outcome.pollInterval;
    }

    // Twice its interval, so that one poll may be lost; when connections become few, nobody keeps one for so long.
    std::chrono::milliseconds idleTime(const std::optional<std::chrono::seconds>& pollInterval) const override {
        const std::scoped_lock lock{m_mutex};
        const bool areFew = m_counts.connections > m_settings.mostConnections / 4 * 3;
        return pollInterval && !areFew ? std::max(m_settings.idleTime, std::chrono::milliseconds{*pollInterval} * 2)
                                       : m_settings.idleTime;
    }

    void countFault(const Dc09Refuse& refuse, const std::string& source) override {
        count([&](AlarmPortCounts& counts) { ++counts.faults[std::string{nameOf(refuse.fault)}]; });
        spdlog::info("alarm port: {} bytes of {} are no message ({}{}{})", refuse.bytes.size(), source,
                     nameOf(refuse.fault), refuse.detail.empty() ? "" : ": ", refuse.detail);
    }

    void countStranger(std::string_view name, const std::string& source) override {
        count([&](AlarmPortCounts& counts) { ++counts.strangers[std::string{name}]; });
        spdlog::debug("alarm port: {} at {}, closed", name, source);
    }

    void closed() override {
        count([](AlarmPortCounts& counts) { --counts.connections; });
    }

private:
    template <typename Function>
    void count(Function function) {
        const std::scoped_lock lock{m_mutex};
        function(m_counts);
    }

    void openStream(const tcp::endpoint& endpoint, std::error_code& error) {
        m_acceptor.emplace(m_context);
        m_acceptor->open(endpoint.protocol(), error);
        if (!error) {
            m_acceptor->set_option(tcp::acceptor::reuse_address{true}, error);
            m_acceptor->bind(endpoint, error);
        }
        if (!error) {
            m_acceptor->listen(backlog, error);
        }
    }

    void openDatagrams(const udp::endpoint& endpoint, std::error_code& error) {
        m_datagrams.emplace(m_context);
        m_datagrams->open(endpoint.protocol(), error);
        if (!error) {
            m_datagrams->bind(endpoint, error);
        }
    }

    void acceptNext() {
        acceptEach(*m_acceptor, m_pause, [this](tcp::socket socket) { accept(std::move(socket)); });
    }

    void accept(tcp::socket socket) {
        bool isTooMany = false;
        count([&](AlarmPortCounts& counts) {
            ++counts.connectionsEver;
            isTooMany = counts.connections >= m_settings.mostConnections;
            isTooMany ? ++counts.connectionsRefused : ++counts.connections;
        });
        if (!isTooMany) {
            std::make_shared<AlarmSession>(std::move(socket), *this,
                                           AlarmSession::Times{m_settings.idleTime, m_settings.partialTime})
                ->start();
        }
    }

    void receiveNext() {
        m_datagrams->async_receive_from(asio::buffer(m_datagramRoom), m_datagramFrom,
                                        [this](std::error_code error, std::size_t size) {
                                            if (!m_datagrams->is_open()) {
                                                return;
                                            }
                                            if (!error) {
                                                takeDatagram({m_datagramRoom.data(), size}, m_datagramFrom);
                                            }
                                            receiveNext();
                                        });
    }

    // Answered from the same socket to the same address and port, or a router on the way lets nothing through.
    void takeDatagram(std::string_view bytes, const udp::endpoint& from) {
        const std::string source = fmt::format("{}:{} udp", from.address().to_string(), from.port());
        const Dc09Item item = parseDc09Datagram(bytes);
        if (const auto* refuse = std::get_if<Dc09Refuse>(&item)) {
            countFault(*refuse, source);
            return;
        }
        handle(std::get<Dc09Frame>(item), from.address(), source, [this, from](const std::string& answer) {
            std::error_code ignored;  // a datagram that is lost is sent again by the panel
            if (!answer.empty() && m_datagrams->is_open()) {
                m_datagrams->send_to(asio::buffer(answer), from, 0, ignored);
            }
        });
    }

    void storeOrHold(ReceivedSignal signal, const std::string& from, Completion completion) {
        const auto now = m_clock.steadyNow();
        if (m_store.isUrgent(signal)) {
            m_limits.spend(from, now);
            store(std::move(signal), std::move(completion));
            return;
        }
        const auto held = m_held.find(from);
        if (held == m_held.end()) {
            if (m_limits.take(from, now)) {
                store(std::move(signal), std::move(completion));
                return;
            }
        } else if (Held* first = held->second.find(signal.repetitionKey())) {
            std::exchange(first->completion, std::move(completion)).answer({});
            return;
        } else if (held->second.size() >= m_settings.mostHeld) {
            count([](AlarmPortCounts& counts) { ++counts.notTaken; });
            completion.answer({});
            return;
        }
        count([](AlarmPortCounts& counts) { ++counts.held; });
        std::string key = signal.repetitionKey();
        m_held[from].add({std::move(key), std::move(signal), std::move(completion)});
    }

    void store(ReceivedSignal signal, Completion completion) {
        count([](AlarmPortCounts& counts) { ++counts.signals; });
        auto shared = std::make_shared<Completion>(std::move(completion));
        m_store.store(std::move(signal), [this, shared, wayBack = m_wayBack](bool isStored) {
            wayBack->post([this, shared, isStored] { stored(*shared, isStored); });
        });
    }

    void stored(Completion& completion, bool isStored) {
        if (!isStored) {
            count([](AlarmPortCounts& counts) { ++counts.notTaken; });
        }
        completion.answer(isStored ? std::move(completion.text) : std::string{});
    }

    void releaseLater() {
        m_release.expires_after(releaseEvery);
        m_release.async_wait([this](std::error_code error) {
            if (!error) {
                release();
                releaseLater();
            }
        });
    }

    void release() {
        const auto now = m_clock.steadyNow();
        for (auto& [from, held] : m_held) {
            while (!held.empty() && m_limits.take(from, now)) {
                Held first = held.takeFirst();
                store(std::move(first.signal), std::move(first.completion));
            }
        }
        std::erase_if(m_held, [](const auto& entry) { return entry.second.empty(); });
        m_limits.forgetTheQuiet(now);
    }

    void stop() {
        std::error_code ignored;
        m_acceptor->close(ignored);
        m_datagrams->close(ignored);
        m_context.stop();
    }

    const AlarmPortSettings m_settings;
    const base::Clock& m_clock;
    SignalStore& m_store;
    const Dc09Reader m_reader;
    int m_port = 0;

    mutable std::mutex m_mutex;
    AlarmPortCounts m_counts;  ///< guarded by m_mutex

    // Of the port's thread alone.
    asio::io_context m_context{1};
    const std::shared_ptr<WayBack> m_wayBack = std::make_shared<WayBack>(m_context);
    std::optional<tcp::acceptor> m_acceptor;
    std::optional<udp::socket> m_datagrams;
    asio::steady_timer m_pause{m_context};
    asio::steady_timer m_release{m_context};
    SourceLimits m_limits;
    std::unordered_map<std::string, HeldOfAddress> m_held;
    std::array<char, 8'192> m_datagramRoom{};
    udp::endpoint m_datagramFrom;

    std::jthread m_thread;
};

}  // namespace

base::Result<std::unique_ptr<AlarmPort>> AlarmPort::open(const AlarmPortSettings& settings, const AccountBook& book,
                                                         SignalStore& store, const base::Clock& clock) {
    auto port = std::make_unique<Port>(settings, book, store, clock);
    TRY(port->listen());
    port->run();
    return port;
}

}  // namespace leedswatch::alarm

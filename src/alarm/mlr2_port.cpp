#include "alarm/mlr2_port.h"

#include "alarm/accept_loop.h"
#include "alarm/mlr2_doubts.h"
#include "alarm/mlr2_links.h"
#include "alarm/mlr2_session.h"
#include "alarm/way_back.h"

#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <set>
#include <thread>

namespace leedswatch::alarm {

namespace {

using asio::ip::tcp;
using namespace std::chrono_literals;

constexpr auto listenAgainAfter = 10s;

// "10.1.2.3:5012 tcp" is a connection of whoever is at that address; all others are there to be named.
std::string receiverOfSource(const std::string& source) {
    constexpr std::string_view called = " tcp";
    if (source.ends_with(called)) {
        return "receiver at " + source.substr(0, source.rfind(':'));
    }
    return "receiver at " + source.substr(0, source.rfind(' '));
}

std::string sourceOf(const HostAndPort& called) {
    return fmt::format("{}:{} called", called.host, called.port);
}

std::string sourceOf(const SerialSettings& serial) {
    return serial.device + " serial";
}

class ReceiverPort final : public Mlr2Port, public Mlr2SessionHost {
public:
    ReceiverPort(Mlr2PortSettings settings, SignalStore& store, const base::Clock& clock)
        : m_settings{std::move(settings)}, m_clock{clock}, m_store{store} {
        m_nextSequence = static_cast<std::uint64_t>(base::toStored(clock.now()));
    }

    ~ReceiverPort() override {
        m_wayBack->close();
        asio::post(m_context, [this] { stop(); });
    }

    base::Result<void> begin() {
        std::error_code error;
        m_address = asio::ip::make_address(m_settings.address, error);
        if (error) {
            return base::fail(base::ErrorCode::InvalidInput,
                              fmt::format("\"{}\" is no address to listen at", m_settings.address));
        }
        remember();
        if (m_settings.port) {
            listen();
        }
        openLinks();
        m_thread = std::jthread{[this] { m_context.run(); }};
        return {};
    }

    int port() const override { return m_port; }
    std::string whyNotListening() const override {
        const std::scoped_lock lock{m_mutex};
        return m_whyNotListening;
    }
    Mlr2PortCounts counts() const override {
        const std::scoped_lock lock{m_mutex};
        return m_counts;
    }
    std::vector<Mlr2ReceiverState> receivers() const override { return m_receivers.states(m_clock.steadyNow()); }

    std::string sequenceOf(const Mlr2Session& session, const std::string& text, bool isFirst) override {
        auto doubt = m_doubts.take(session.receiver(), text, isFirst, m_clock.steadyNow());
        for (auto one = m_sessions.begin(); !doubt && one != m_sessions.end(); ++one) {
            const auto other = one->second.lock();
            if (other && other.get() != &session && other->receiver() == session.receiver()) {
                doubt = other->takeDoubt(text, isFirst);
            }
        }
        if (doubt) {
            countAgain();
            return doubt->sequence;
        }
        return fmt::format("{:x}", m_nextSequence++);
    }

    void store(ReceivedSignal signal, std::function<void(bool)> stored) override {
        count([](Mlr2PortCounts& counts) { ++counts.signals; });
        m_store.store(std::move(signal), [wayBack = m_wayBack, stored = std::move(stored)](bool isStored) {
            wayBack->post([stored, isStored] { stored(isStored); });
        });
    }

    void heard(const Mlr2Session& session, const Mlr2Line& line) override {
        const auto now = m_clock.steadyNow();
        const bool isHeartbeat = line.kind == Mlr2Line::Kind::Heartbeat;
        m_receivers.heard(session.receiver(), isHeartbeat, now);
        if (isHeartbeat) {
            count([](Mlr2PortCounts& counts) { ++counts.heartbeats; });
        }
        if (line.kind == Mlr2Line::Kind::ReceiverTrouble) {
            m_receivers.reported(session.receiver(), line.codes.codes.front().text, now);
        }
    }

    void countNoLine(const Mlr2Session& session, std::string_view what) override {
        count([](Mlr2PortCounts& counts) { ++counts.noLines; });
        spdlog::info("receivers' port: {} of {} is passed over", what, session.source());
    }
    void countStranger(const Mlr2Session& session, std::string_view name) override {
        count([&](Mlr2PortCounts& counts) { ++counts.strangers[std::string{name}]; });
        spdlog::debug("receivers' port: {} at {}, closed", name, session.source());
    }
    void countAgain() override {
        count([](Mlr2PortCounts& counts) { ++counts.again; });
    }
    void countUnanswered(int lines) override {
        count([&](Mlr2PortCounts& counts) { counts.unanswered += static_cast<std::uint64_t>(lines); });
    }

    void closed(Mlr2Session& session, const std::string& why) override {
        count([](Mlr2PortCounts& counts) { --counts.connections; });
        m_doubts.add(session.receiver(), session.doubts(), m_clock.steadyNow());
        m_receivers.disconnected(session.receiver(), why);
        m_sessions.erase(&session);
        if (const auto link = m_links.find(session.receiver()); link != m_links.end()) {
            spdlog::warn("{}: the connection has ended ({})", session.receiver(), why);
            link->second->openAgain(session.hasHeard());
        }
    }

private:
    template <typename Function>
    void count(Function function) {
        const std::scoped_lock lock{m_mutex};
        function(m_counts);
    }

    void remember() {
        const auto now = m_clock.steadyNow();
        std::set<std::string> receivers;
        for (const Mlr2Remembered& one : m_settings.remembered) {
            const std::string receiver = receiverOfSource(one.source);
            if (receivers.insert(receiver).second) {
                m_doubts.add(receiver, {{one.text, one.sequence, now, false}}, now);
            }
        }
        for (const std::string& name : m_settings.silentBefore) {
            m_receivers.expect(name, false, now);
        }
    }

    void listen() {
        std::error_code error;
        const tcp::endpoint endpoint{m_address, static_cast<asio::ip::port_type>(*m_settings.port)};
        m_acceptor.emplace(m_context);
        m_acceptor->open(endpoint.protocol(), error);
        if (!error) {
            m_acceptor->set_option(tcp::acceptor::reuse_address{true}, error);
            m_acceptor->bind(endpoint, error);
        }
        if (!error) {
            m_acceptor->listen(tcp::acceptor::max_listen_connections, error);
        }
        if (error) {
            listenLater(error);
            return;
        }
        m_port = m_acceptor->local_endpoint().port();
        spdlog::info("alarm receivers are heard at {} port {}", m_settings.address, m_port.load());
        setWhyNotListening({});
        acceptNext();
    }

    void listenLater(const std::error_code& error) {
        const std::string where = fmt::format("{}:{}", m_settings.address, *m_settings.port);
        setWhyNotListening(error == asio::error::address_in_use
                               ? fmt::format("another program listens at {} already", where)
                               : fmt::format("cannot listen at {}: {}", where, error.message()));
        m_pause.expires_after(listenAgainAfter);
        m_pause.async_wait([this](std::error_code cancelled) {
            if (!cancelled) {
                listen();
            }
        });
    }

    void setWhyNotListening(const std::string& why) {
        const std::scoped_lock lock{m_mutex};
        m_whyNotListening = why;
    }

    void acceptNext() {
        acceptEach(*m_acceptor, m_pause, [this](tcp::socket socket) { accept(std::move(socket)); });
    }

    void accept(tcp::socket socket) {
        std::error_code error;
        const auto peer = socket.remote_endpoint(error);
        bool isTooMany = false;
        count([&](Mlr2PortCounts& counts) {
            isTooMany = counts.connections >= m_settings.mostConnections + m_links.size();
            counts.connectionsRefused += isTooMany ? 1 : 0;
        });
        if (error || isTooMany) {
            return;
        }
        beginSession(wireOf(std::move(socket)), {m_settings.times, m_settings.partialTime, m_settings.idleTime, true},
                     fmt::format("{}:{} tcp", peer.address().to_string(), peer.port()));
    }

    void beginSession(std::unique_ptr<Mlr2Wire> wire, Mlr2Session::Settings settings, const std::string& source) {
        count([](Mlr2PortCounts& counts) {
            ++counts.connectionsEver;
            ++counts.connections;
        });
        const std::string receiver = receiverOfSource(source);
        const auto session = std::make_shared<Mlr2Session>(std::move(wire), *this, m_clock, settings, receiver, source);
        m_sessions.emplace(session.get(), session);
        m_receivers.connected(receiver);
        session->start();
    }

    void openLinks() {
        const Mlr2Link::Pauses pauses{m_settings.firstPause, m_settings.longestPause, m_settings.connectTime};
        for (const HostAndPort& to : m_settings.connect) {
            const Mlr2Session::Settings settings{m_settings.times, m_settings.partialTime, m_settings.idleTime, false};
            addLink(
                sourceOf(to),
                [&](auto opened, auto failed) {
                    return callOf(m_context, to, pauses, std::move(opened), std::move(failed));
                },
                settings);
        }
        for (const SerialSettings& serial : m_settings.serial) {
            const Mlr2Session::Settings settings{m_settings.times, m_settings.partialTime, std::nullopt, false};
            addLink(
                sourceOf(serial),
                [&](auto opened, auto failed) {
                    return serialLinkOf(m_context, serial, pauses, std::move(opened), std::move(failed));
                },
                settings);
        }
    }

    template <typename Make>
    void addLink(const std::string& source, Make make, const Mlr2Session::Settings& settings) {
        const std::string receiver = receiverOfSource(source);
        m_receivers.expect(receiver, true, m_clock.steadyNow());
        const auto link = make(
            [this, source, settings](std::unique_ptr<Mlr2Wire> wire) {
                spdlog::info("{}: connected", receiverOfSource(source));
                beginSession(std::move(wire), settings, source);
            },
            [this, receiver](const std::string& why) {
                if (m_receivers.disconnected(receiver, why)) {
                    spdlog::warn("{}: there is no connection: {}", receiver, why);
                }
            });
        if (m_links.emplace(receiver, link).second) {
            asio::post(m_context, [link] { link->open(); });
        }
    }

    void stop() {
        std::error_code ignored;
        if (m_acceptor) {
            m_acceptor->close(ignored);
        }
        m_context.stop();
    }

    const Mlr2PortSettings m_settings;
    const base::Clock& m_clock;
    SignalStore& m_store;
    Mlr2Receivers m_receivers;
    std::atomic<int> m_port = 0;

    mutable std::mutex m_mutex;
    Mlr2PortCounts m_counts;        ///< guarded by m_mutex
    std::string m_whyNotListening;  ///< guarded by m_mutex

    // Of the port's thread alone, once it runs.
    asio::io_context m_context{1};
    const std::shared_ptr<WayBack> m_wayBack = std::make_shared<WayBack>(m_context);
    asio::ip::address m_address;
    std::optional<tcp::acceptor> m_acceptor;
    asio::steady_timer m_pause{m_context};
    std::map<std::string, std::shared_ptr<Mlr2Link>> m_links;
    std::map<Mlr2Session*, std::weak_ptr<Mlr2Session>> m_sessions;
    Mlr2Doubts m_doubts;
    std::uint64_t m_nextSequence = 0;

    std::jthread m_thread;
};

}  // namespace

std::vector<std::string> configuredReceivers(const Mlr2PortSettings& settings) {
    std::vector<std::string> names;
    for (const HostAndPort& to : settings.connect) {
        names.push_back(receiverOfSource(sourceOf(to)));
    }
    for (const SerialSettings& serial : settings.serial) {
        names.push_back(receiverOfSource(sourceOf(serial)));
    }
    return names;
}

base::Result<std::unique_ptr<Mlr2Port>> Mlr2Port::open(const Mlr2PortSettings& settings, SignalStore& store,
                                                       const base::Clock& clock) {
    auto port = std::make_unique<ReceiverPort>(settings, store, clock);
    TRY(port->begin());
    return port;
}

}  // namespace leedswatch::alarm

#include "alarm/dc09_stream.h"
#include "estate/premises_registry.h"
#include "reliability/estate_fixture.h"
#include "response/signal_journal.h"
#include "support/wait_until.h"

#include <asio/buffer.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/steady_timer.hpp>
#include <asio/write.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <atomic>
#include <csignal>
#include <iostream>
#include <random>
#include <thread>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;

constexpr int panels = 8;

/// Sends one numbered signal after the other, each until it is acknowledged, over as many connections as it takes.
class ReportingPanel {
public:
    ReportingPanel(std::string account, int port)
        : m_account{std::move(account)}, m_port{port}, m_thread{[this](const std::stop_token& stop) { run(stop); }} {}

    [[nodiscard]] int acknowledged() const { return m_acknowledged; }
    /// Ends when the signal in hand is acknowledged.
    void stop() {
        m_thread.request_stop();
        m_thread.join();
    }
    [[nodiscard]] const std::string& account() const { return m_account; }

private:
    void run(const std::stop_token& stop) {
        for (int number = 1; !stop.stop_requested(); ++number) {
            while (!report(number)) {
                connect();
            }
            m_acknowledged = number;
        }
    }

    void connect() {
        m_socket = asio::ip::tcp::socket{m_context};
        m_stream = {};
        std::error_code error;
        m_socket.connect({asio::ip::address_v4::loopback(), static_cast<asio::ip::port_type>(m_port)}, error);
        if (error) {
            asio::steady_timer{m_context, 20ms}.wait();  // as a panel waits before it dials again
            return;
        }
        const timeval patience{5, 0};
        ::setsockopt(m_socket.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    }

    bool report(int number) {
        const std::string sequence = fmt::format("{:04}", number % 10'000);
        std::error_code error;
        asio::write(m_socket,
                    asio::buffer(alarm::encodeDc09({.token = "SIA-DCS",
                                                    .sequence = sequence,
                                                    .line = "0",
                                                    .account = m_account,
                                                    .content = fmt::format("#{}|NBA01^{}^]", m_account, number)})),
                    error);
        while (!error) {
            if (const auto item = m_stream.next()) {
                const auto* answer = std::get_if<alarm::Dc09Frame>(&*item);
                return answer != nullptr && answer->token == "ACK" && answer->sequence == sequence;
            }
            std::array<char, 512> room{};
            m_stream.add({room.data(), m_socket.read_some(asio::buffer(room), error)});
        }
        return false;
    }

    const std::string m_account;
    const int m_port;
    asio::io_context m_context;
    asio::ip::tcp::socket m_socket{m_context};
    alarm::Dc09Stream m_stream;
    std::atomic<int> m_acknowledged = 0;
    std::jthread m_thread;
};

class AlarmStationKilled : public EstateTest {
protected:
    AlarmStationKilled() : EstateTest{1} {
        std::string csv = "account,name\n";
        for (int panel = 0; panel < panels; ++panel) {
            csv += fmt::format("{},Premises {}\n", 1000 + panel, panel);
        }
        const auto imported = estate::PremisesRegistry{*m_database}.importCsv(access::Acting::commandLine(), csv);
        EXPECT_TRUE(imported);
    }

    int acknowledged() {
        int all = 0;
        for (const auto& panel : m_panels) {
            all += panel->acknowledged();
        }
        return all;
    }

    // After a few more acknowledgements, at any moment of the next.
    void killUnderLoad() {
        const int until = acknowledged() + 1 + static_cast<int>(m_random() % 200U);
        ASSERT_TRUE(waitUntil([&] { return acknowledged() >= until; }, 120s)) << m_station->output();
        m_station->signal(SIGKILL);
        m_station->wait();
    }

    std::mt19937 m_random{2026};
    std::vector<std::unique_ptr<ReportingPanel>> m_panels;
};

TEST_F(AlarmStationKilled, HasEveryAcknowledgedSignalOnceAndRaisesEachAlarmOnce) {
    const int rounds = timesToRun(5, 100);
    startStation();
    m_alarmPort = alarmPort();
    for (int panel = 0; panel < panels; ++panel) {
        m_panels.push_back(std::make_unique<ReportingPanel>(std::to_string(1000 + panel), m_alarmPort));
    }
    for (int round = 0; round < rounds && !HasFatalFailure(); ++round) {
        killUnderLoad();
        startStation();
    }
    for (const auto& panel : m_panels) {
        panel->stop();
    }
    response::SignalJournal journal{*m_database};
    int all = 0;
    int repetitions = 0;
    for (const auto& panel : m_panels) {
        const auto stored =
            journal.list(access::Acting::commandLine(), {.account = panel->account(), .most = 1'000'000}).value();
        std::map<std::string, int> times;
        for (const auto& signal : stored) {
            ++times[signal.signal.events.at(0).code.text];
            repetitions += signal.repetitions;
        }
        ASSERT_EQ(times.size(), static_cast<std::size_t>(panel->acknowledged()));
        ASSERT_EQ(stored.size(), times.size()) << "one of panel " << panel->account() << " is there twice";
        all += panel->acknowledged();
    }
    // Each is of one detector of its premises: one alarm, which counts every signal of it once.
    const auto number = [&](const std::string& question) {
        return m_database
            ->read([&](soci::session& sql) -> base::Result<long long> {
                long long value = 0;
                sql << question, soci::into(value);
                return value;
            })
            .value();
    };
    ASSERT_TRUE(waitUntil([&] { return number("SELECT count(*) FROM signal_inbox") == 0; }, 120s));
    EXPECT_EQ(number("SELECT count(*) FROM signal_decision"), all);
    EXPECT_EQ(number("SELECT count(*) FROM alarm"), panels) << "an alarm was raised twice";
    EXPECT_EQ(number("SELECT sum(signals) FROM alarm"), all) << "a signal joined twice, or never";
    std::cout << rounds << " kills: " << all << " signals acknowledged, each in the store once; " << repetitions
              << " had been stored before they could be acknowledged\n";
    EXPECT_EQ(control({"audit", "verify"}).exitCode, 0);
    stopStation();
}

}  // namespace
}  // namespace leedswatch::tests

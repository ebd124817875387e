// Measures the receiving of alarms with the station's own parts and a real store: how many signals and polls a second
// are answered and how soon, and how long 10,000 panels take that come back at once. Figures on standard output.
//
//   alarm_bench --folder DIR

#include "alarm/dc09_stream.h"
#include "estate/premises_registry.h"
#include "station/alarm_receiving.h"

#include <CLI/CLI.hpp>
#include <asio/buffer.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/steady_timer.hpp>
#include <asio/write.hpp>
#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <vector>

using namespace leedswatch;

namespace {

using Steady = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

const base::SystemClock systemClock;

struct Answers {
    std::vector<double> milliseconds;

    void show(const char* what, double seconds) {
        std::sort(milliseconds.begin(), milliseconds.end());
        const auto at = [&](double share) {
            return milliseconds.empty()
                       ? 0.0
                       : milliseconds[static_cast<std::size_t>(share * static_cast<double>(milliseconds.size() - 1))];
        };
        std::printf("%-44s %7zu in %6.2f s, %7.0f a second; answered p50 %7.2f ms, p99 %7.2f ms, last %7.2f ms\n", what,
                    milliseconds.size(), seconds, static_cast<double>(milliseconds.size()) / seconds, at(0.5), at(0.99),
                    at(1.0));
    }
};

/// What a panel of the bench says.
struct Speech {
    const char* token = "SIA-DCS";
    const char* code = "BA";
    int messages = 0;  ///< 0: until `until`
    Steady::time_point until = {};
};

/// One connection that sends its next message when the last was answered.
class BenchPanel : public std::enable_shared_from_this<BenchPanel> {
public:
    BenchPanel(asio::io_context& context, int account, Speech speech, Answers& answers)
        : m_socket{context}, m_account{fmt::format("{:06}", account)}, m_speech{speech}, m_answers{answers} {}

    void dial(int port) {
        m_begin = Steady::now();
        const asio::ip::tcp::endpoint where{asio::ip::address_v4::loopback(), static_cast<asio::ip::port_type>(port)};
        m_socket.async_connect(where, [self = shared_from_this()](std::error_code error) {
            if (error) {
                std::fprintf(stderr, "a panel cannot connect: %s\n", error.message().c_str());
                return;
            }
            self->say();
        });
    }

private:
    void say() {
        ++m_said;
        const std::string content = m_speech.token[0] == 'N'
                                        ? "]"
                                        : fmt::format("#{}|Nri1/{}{:04}]", m_account, m_speech.code, m_said % 10'000);
        m_out = alarm::encodeDc09({.token = m_speech.token,
                                   .sequence = fmt::format("{:04}", m_said % 10'000),
                                   .line = "0",
                                   .account = m_account,
                                   .content = content});
        asio::async_write(m_socket, asio::buffer(m_out),
                          [self = shared_from_this()](std::error_code error, std::size_t) {
                              if (!error) {
                                  self->hear();
                              }
                          });
    }

    void hear() {
        m_socket.async_read_some(asio::buffer(m_room),
                                 [self = shared_from_this()](std::error_code error, std::size_t count) {
                                     if (error) {
                                         std::fprintf(stderr, "a panel was cut off: %s\n", error.message().c_str());
                                         return;
                                     }
                                     self->m_stream.add({self->m_room.data(), count});
                                     self->m_stream.next() ? self->heard() : self->hear();
                                 });
    }

    void heard() {
        const auto now = Steady::now();
        m_answers.milliseconds.push_back(Milliseconds{now - m_begin}.count());
        const bool isDone = m_speech.messages > 0 ? m_said >= m_speech.messages : now >= m_speech.until;
        if (!isDone) {
            m_begin = now;
            say();
        }
    }

    asio::ip::tcp::socket m_socket;
    const std::string m_account;
    const Speech m_speech;
    Answers& m_answers;
    Steady::time_point m_begin;
    int m_said = 0;
    std::string m_out;
    alarm::Dc09Stream m_stream;
    std::array<char, 512> m_room{};
};

void measureRate(const char* what, int port, int panels, Speech speech, int firstAccount) {
    asio::io_context context{1};
    Answers answers;
    const auto begin = Steady::now();
    speech.until = begin + std::chrono::seconds{10};
    for (int panel = 0; panel < panels; ++panel) {
        std::make_shared<BenchPanel>(context, firstAccount + panel, speech, answers)->dial(port);
    }
    context.run();
    answers.show(what, std::chrono::duration<double>(Steady::now() - begin).count());
}

// Power comes back in a whole city: each panel reports, one in a hundred a hold-up.
void measureStorm(int port, int panels, int firstAccount) {
    asio::io_context context{1};
    Answers usual;
    Answers urgent;
    const auto begin = Steady::now();
    for (int panel = 0; panel < panels; ++panel) {
        const bool isUrgent = panel % 100 == 99;
        std::make_shared<BenchPanel>(context, firstAccount + panel, Speech{"SIA-DCS", isUrgent ? "HA" : "BA", 1, {}},
                                     isUrgent ? urgent : usual)
            ->dial(port);
    }
    context.run();
    const double seconds = std::chrono::duration<double>(Steady::now() - begin).count();
    usual.show("storm: the usual signals", seconds);
    urgent.show("storm: hold-ups among them", seconds);
}

void importPanels(store::Database& database, int count) {
    std::string csv = "account,name\n";
    for (int account = 0; account < count; ++account) {
        csv += fmt::format("{:06},Premises {}\n", account, account);
    }
    const auto report = estate::PremisesRegistry{database}.importCsv(access::Acting::commandLine(), csv);
    if (!report) {
        std::fprintf(stderr, "%s\n", report.error().message.c_str());
        std::exit(1);
    }
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"How fast alarms are received and durably stored"};
    std::filesystem::path folder;
    int storm = 10'000;
    app.add_option("--folder", folder, "A folder to make")->required();
    app.add_option("--storm", storm, "Panels that come back at once")->check(CLI::Range(1, 20'000));
    CLI11_PARSE(app, argc, argv);
    spdlog::set_level(spdlog::level::warn);
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);

    auto database = store::Database::open(folder, systemClock).value();
    const auto feed = store::ChangeFeed::open(*database).value();
    importPanels(*database, 2 * storm);
    alarm::AlarmPortSettings settings;
    settings.port = 0;
    settings.allowance = {1e6, 1e6};  // all panels have this machine's address
    station::AlarmReceiving receiving{*database, systemClock, settings};
    if (!receiving.start(*feed)) {
        return 1;
    }
    measureRate("one panel after the other", receiving.port(), 1, {}, 0);
    measureRate("50 panels at once", receiving.port(), 50, {}, 1'000);
    measureRate("500 panels at once", receiving.port(), 500, {}, 2'000);
    measureRate("polls of 500 panels", receiving.port(), 500, {"NULL"}, 3'000);
    measureStorm(receiving.port(), storm, storm);
    receiving.stop();
    return 0;
}

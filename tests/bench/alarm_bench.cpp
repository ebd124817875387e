// Measures the receiving of alarms with the station's own parts and a real store: how many signals and polls a second
// are answered and how soon, how long panels take that come back all at once, and what a receiver takes that keeps
// nothing (the floor). The receiver is a process of its own. Figures on standard output.
//
//   alarm_bench --folder DIR

#include "alarm/dc09_stream.h"
#include "estate/premises_registry.h"
#include "station/alarm_receiving.h"
#include "support/alarm_panels.h"
#include "support/bare_receiver.h"
#include "support/forked_receiver.h"
#include "support/mpv_wall.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <functional>
#include <string>

using namespace leedswatch;

namespace {

using Steady = std::chrono::steady_clock;

const base::SystemClock systemClock;

/// What a measurement cost each side, and how it stands beside the floor's of the same kind.
class Meter {
public:
    explicit Meter(long receiver) : m_receiver{receiver} {}

    bench::AnswerTimes measure(const std::string& what, const std::function<bench::AnswerTimes()>& talk) const {
        const double panelsBefore = bench::cpuOfProcess(::getpid());
        const double receiverBefore = bench::cpuOfProcess(m_receiver);
        const auto begin = Steady::now();
        bench::AnswerTimes answers = talk();
        const double seconds = std::chrono::duration<double>(Steady::now() - begin).count() - warmUp;
        const auto count = static_cast<double>(answers.count());
        const auto microseconds = [&](double before, long id) {
            return (bench::cpuOfProcess(id) - before) / count * 1e6;
        };
        std::printf(
            "%-44s %7.0f a second; p50 %7.2f ms, p99 %7.2f ms, last %7.2f ms; processor %5.1f us, panels' %5.1f us\n",
            what.c_str(), count / seconds, answers.within(0.5), answers.within(0.99), answers.within(1),
            microseconds(receiverBefore, m_receiver), microseconds(panelsBefore, ::getpid()));
        std::fflush(stdout);
        return answers;
    }

private:
    static constexpr double warmUp = 0.5;  // while the panels dial
    const long m_receiver;
};

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

void serveAsStation(const std::filesystem::path& folder, int panels, const std::function<void(int)>& listensAt) {
    const auto database = store::Database::open(folder, systemClock).value();
    const auto feed = store::ChangeFeed::open(*database).value();
    importPanels(*database, panels);
    alarm::AlarmPortSettings settings;
    settings.port = 0;
    settings.allowances.usual = {1e6, 1e6};  // all panels have this machine's address
    station::AlarmReceiving receiving{*database, systemClock, settings};
    if (!receiving.start(*feed)) {
        ::_exit(1);
    }
    listensAt(receiving.port());
    while (true) {
        ::sleep(10);
        receiving.keep();
    }
}

void measureStation(const std::filesystem::path& folder, int storm, std::chrono::seconds duration) {
    const bench::ForkedReceiver station{
        [&](const std::function<void(int)>& listensAt) { serveAsStation(folder, 2 * storm, listensAt); }};
    const Meter meter{station.id()};
    const auto crowd = [&](int panels, bench::PanelSpeech speech = {}) {
        return bench::PanelCrowd{station.port(), panels, 1'000, speech};
    };
    for (const int panels : {1, 50, 500, 2'000}) {
        meter.measure(fmt::format("signals of {} panels", panels),
                      [&] { return bench::talkInTurns(crowd(panels), duration); });
    }
    for (const int rate : {1'000, 10'000}) {
        meter.measure(fmt::format("{} signals a second of 2,000 panels", rate),
                      [&] { return bench::talkAtARate(crowd(2'000), rate, duration); });
    }
    meter.measure("polls of 500 panels", [&] { return bench::talkInTurns(crowd(500, {"NULL"}), duration); });
    const auto begin = Steady::now();
    auto [usual, holdUps] = bench::dialAllAtOnce({station.port(), storm, storm});
    const double seconds = std::chrono::duration<double>(Steady::now() - begin).count();
    std::printf("%d panels come back at once: all answered in %.2f s\n", storm, seconds);
    for (auto* answers : {&usual, &holdUps}) {
        std::printf("  %-42s %7zu; p50 %.0f ms, p99 %.0f ms, last %.0f ms\n",
                    answers == &usual ? "the usual signals" : "the hold-ups among them", answers->count(),
                    answers->within(0.5), answers->within(0.99), answers->within(1));
    }
}

void measureFloor(int storm, std::chrono::seconds duration) {
    const bench::ForkedReceiver bare{[](const std::function<void(int)>& listensAt) {
        bench::BareReceiver receiver;
        listensAt(receiver.port());
        receiver.run();
    }};
    const Meter meter{bare.id()};
    for (const int panels : {1, 50, 500, 2'000}) {
        meter.measure(fmt::format("floor: signals of {} panels", panels), [&] {
            return bench::talkInTurns({bare.port(), panels, 1'000}, duration);
        });
    }
    const auto begin = Steady::now();
    (void)bench::dialAllAtOnce({bare.port(), storm, storm});
    std::printf("floor: %d panels come back at once: all answered in %.2f s\n", storm,
                std::chrono::duration<double>(Steady::now() - begin).count());
}

void measureParsing() {
    const std::string frame = alarm::encodeDc09(
        {.token = "SIA-DCS", .sequence = "0042", .line = "0", .account = "001234", .content = "#001234|Nri1/BA0042]"});
    constexpr int rounds = 2'000'000;
    alarm::Dc09Stream stream;
    int found = 0;
    const auto begin = Steady::now();
    for (int round = 0; round < rounds; ++round) {
        stream.add(frame);
        found += stream.next().has_value() ? 1 : 0;
    }
    const double seconds = std::chrono::duration<double>(Steady::now() - begin).count();
    std::printf("messages of %zu bytes found, checked and parsed   %.2f million a second on one core\n", frame.size(),
                found / seconds / 1e6);
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"How fast alarms are received and durably stored"};
    std::filesystem::path folder;
    int storm = 10'000;
    int seconds = 10;
    app.add_option("--folder", folder, "A folder to make")->required();
    app.add_option("--storm", storm, "Panels that come back at once")->check(CLI::Range(1, 19'000));
    app.add_option("--seconds", seconds, "How long each is measured")->check(CLI::Range(1, 3'600));
    CLI11_PARSE(app, argc, argv);
    spdlog::set_level(spdlog::level::warn);
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
    measureParsing();
    measureFloor(storm, std::chrono::seconds{seconds});
    measureStation(folder, storm, std::chrono::seconds{seconds});
    return 0;
}

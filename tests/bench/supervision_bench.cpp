// Measures the supervision of alarm panels: what a second costs with many panels and with few, and how long it takes to
// find out and write down that all of them have failed. Figures on standard output.
//
//   supervision_bench --folder DIR

#include "estate/premises_registry.h"
#include "response/path_supervisor.h"
#include "station/supervision_watch.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <cstdio>

using namespace leedswatch;

namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;
using Microseconds = std::chrono::duration<double, std::micro>;

/// Stands until it is told to go on.
class BenchClock final : public base::Clock {
public:
    base::UtcTime now() const override { return base::fromStored(1'700'000'000'000'000 + m_gone.load()); }
    base::SteadyTime steadyNow() const override { return base::SteadyTime{base::Microseconds{m_gone.load()} + 1h}; }
    void advance(base::Microseconds by) { m_gone += by.count(); }
    response::Moment moment() const { return {steadyNow(), now()}; }

private:
    std::atomic<std::int64_t> m_gone{0};
};

struct Second {
    double tick = 0;  ///< microseconds
    double poll = 0;  ///< of one poll
};

// Each panel polls once in `every`, spread over it.
Second measureSeconds(int panels, std::chrono::seconds every, std::chrono::seconds time) {
    BenchClock clock;
    response::PathSupervisor supervisor;
    std::vector<response::SupervisedPanel> all;
    for (int panel = 1; panel <= panels; ++panel) {
        all.push_back({.panel = estate::PanelId{panel}, .category = estate::PathCategory::Sp4, .pollInterval = every});
    }
    supervisor.supervise(all, clock.moment());
    Microseconds ticks{0};
    Microseconds polls{0};
    long long count = 0;
    for (std::chrono::seconds gone{0}; gone < time; gone += 1s) {
        const auto begin = Steady::now();
        for (auto panel = static_cast<int>(gone.count() % every.count()) + 1; panel <= panels;
             panel += static_cast<int>(every.count())) {
            supervisor.heard(estate::PanelId{panel}, estate::SignallingPath::Primary,
                             response::PathSupervisor::Sign::Poll, clock.moment());
            ++count;
        }
        const auto polled = Steady::now();
        clock.advance(1s);
        (void)supervisor.judge(clock.moment());
        (void)supervisor.takeHeard(clock.moment());
        ticks += Steady::now() - polled;
        polls += polled - begin;
    }
    return {ticks.count() / static_cast<double>(time.count()), polls.count() / static_cast<double>(count)};
}

// A second in which nobody is due, as most are where panels poll by the day; in nanoseconds.
double measureQuietSecond(int panels) {
    BenchClock clock;
    response::PathSupervisor supervisor;
    std::vector<response::SupervisedPanel> all;
    for (int panel = 1; panel <= panels; ++panel) {
        all.push_back({.panel = estate::PanelId{panel}, .category = estate::PathCategory::Sp1});
    }
    supervisor.supervise(all, clock.moment());
    constexpr int seconds = 1'000'000;
    const auto begin = Steady::now();
    for (int second = 0; second < seconds; ++second) {
        clock.advance(1s);
        (void)supervisor.judge(clock.moment());
    }
    return Microseconds{Steady::now() - begin}.count() * 1'000 / seconds;
}

void measureFall(const std::filesystem::path& folder, int panels) {
    BenchClock clock;
    const auto database = store::Database::open(folder, clock).value();
    std::string csv = "account,name,path_category\n";
    for (int account = 0; account < panels; ++account) {
        csv += fmt::format("{:06},Premises {},SP5\n", account, account);
    }
    if (!estate::PremisesRegistry{*database}.importCsv(access::Acting::commandLine(), csv)) {
        std::fprintf(stderr, "the panels cannot be imported\n");
        std::exit(1);
    }
    double longest = 0;
    station::SupervisionWatch watch{*database, clock};
    if (!watch.start()) {
        std::exit(1);
    }
    clock.advance(2min);
    const auto begin = Steady::now();
    auto last = begin;
    // Each is a commit.
    for (bool more = true; more;) {
        more = watch.tick();
        longest = std::max(longest, Microseconds{Steady::now() - last}.count());
        last = Steady::now();
    }
    const auto changes = response::SupervisionJournal{*database}.changesAfter({}, 10 * panels)->size();
    std::printf("%d panels fail at once: %zu changes in the store after %.0f ms, the longest commit of %zu %.0f ms\n",
                panels, changes, Microseconds{last - begin}.count() / 1'000, station::SupervisionWatch::mostInACommit,
                longest / 1'000);
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"What the supervision of alarm panels costs"};
    std::filesystem::path folder;
    int panels = 20'000;
    app.add_option("--folder", folder, "A folder to make")->required();
    app.add_option("--panels", panels, "How many")->check(CLI::Range(100, 1'000'000));
    CLI11_PARSE(app, argc, argv);
    spdlog::set_level(spdlog::level::warn);
    const double few = measureQuietSecond(panels / 100);
    const double many = measureQuietSecond(panels);
    std::printf("a second in which nobody is due: %.1f ns of %d panels, %.1f ns of %d: %.1f times\n", few, panels / 100,
                many, panels, many / few);
    const Second busy = measureSeconds(panels, 30s, 600s);
    std::printf("a second of %d panels that poll every 30 s: judged in %.0f us, %.2f us a poll\n", panels, busy.tick,
                busy.poll);
    measureFall(folder, panels);
    return 0;
}

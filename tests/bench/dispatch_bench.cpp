// Measures keyholding and mobile response in a store of a large room: what the lists of the page, a job's steps, the
// search of keys and the attendance report cost. Figures on standard output.
//
//   dispatch_bench --folder DIR [--premises N] [--jobs N] [--keys N]

#include "base/clock.h"
#include "dispatch/attendance.h"
#include "dispatch/jobs.h"
#include "dispatch/key_register.h"
#include "dispatch/officers.h"
#include "dispatch/units.h"
#include "estate/premises_registry.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <vector>

using namespace leedswatch;

namespace {

using Steady = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr int unitsOfRoom = 20;
constexpr int inACommit = 1'000;
constexpr int openAtOnce = 200;

struct Sizes {
    int premises = 10'000;
    int jobs = 100'000;
    int keys = 20'000;
};

template <typename Value>
Value demand(base::Result<Value> result) {
    if (!result) {
        fmt::print(stderr, "{}\n", result.error().message);
        std::exit(1);
    }
    return std::move(*result);
}

void demand(const base::Result<void>& result) {
    if (!result) {
        fmt::print(stderr, "{}\n", result.error().message);
        std::exit(1);
    }
}

/// The middle and the longest of many, in milliseconds.
void measure(const char* what, int times, const std::function<void(int)>& does) {
    std::vector<double> taken;
    for (int time = 0; time < times; ++time) {
        const auto begin = Steady::now();
        does(time);
        taken.push_back(Milliseconds{Steady::now() - begin}.count());
    }
    std::ranges::sort(taken);
    fmt::print("{:<44} p50 {:8.2f} ms   longest {:8.2f} ms   ({} times)\n", what, taken[taken.size() / 2], taken.back(),
               times);
    std::fflush(stdout);
}

class Room {
public:
    Room(store::Database& database, const Sizes& sizes) : m_database{database}, m_sizes{sizes} {}

    void fill() {
        addPremises();
        addUnits();
        addKeys();
        addJobs();
    }
    void measureAll() {
        measure("open jobs, 200 of them", 50, [&](int) { demand(m_jobs.open(m_acting)); });
        measure("units with their crews", 50, [&](int) { demand(m_units.list(m_acting)); });
        measure("keys that are out, 500 of them", 50, [&](int) { demand(m_keys.out(m_acting)); });
        measure("keys by a tag's beginning, 200", 50,
                [&](int time) { demand(m_keys.find(m_acting, fmt::format("K-{}", time % 10))); });
        measure("keys by the reference of premises", 50,
                [&](int time) { demand(m_keys.find(m_acting, fmt::format("{:05}", time * 97 % m_sizes.premises))); });
        measure("sheet of a job", 100, [&](int time) { demand(m_jobs.sheet(m_acting, newest(time))); });
        measure("who has not checked in: nobody", 200, [&](int) { demand(m_units.raiseLate(m_clock.now())); });
        measureJob();
        measureReport();
    }

private:
    void addPremises() {
        std::string csv = "account,name,address,premises\n";
        for (int number = 0; number < m_sizes.premises; ++number) {
            csv += fmt::format("{:05},Shop,High Street,{:05}\n", number, number);
        }
        demand(estate::PremisesRegistry{m_database}.importCsv(m_acting, csv));
        m_premises = demand(estate::PremisesRegistry{m_database}.list());
    }
    void addUnits() {
        for (int number = 1; number <= unitsOfRoom; ++number) {
            const auto officer = demand(dispatch::Officers{m_database}.save(
                m_acting,
                {{}, fmt::format("Officer {}", number), fmt::format("{:016}", number), "2099-01-01", "07700 900000"}));
            const auto unit = demand(m_units.save(m_acting, {{}, fmt::format("M{}", number)}));
            demand(m_units.goOnDuty(m_acting, unit.id, {officer.id}));
            m_unitIds.push_back(unit.id);
        }
    }
    void addKeys() {
        std::string csv = "tag,premises,opens,hook\n";
        for (int number = 0; number < m_sizes.keys; ++number) {
            csv += fmt::format("K-{},{:05},Front door,A {}\n", number, number % m_sizes.premises, number);
        }
        const auto begin = Steady::now();
        demand(m_keys.importCsv(m_acting, csv));
        fmt::print("{} bunches of keys imported in {:.1f} s\n", m_sizes.keys,
                   std::chrono::duration<double>(Steady::now() - begin).count());
        const auto some = demand(m_keys.find(m_acting, "K-1", 500));
        for (const auto& bunch : some) {
            demand(
                m_keys.issue(m_acting, bunch.id, {{}, "Doors Ltd", "work", {}, m_clock.now() + std::chrono::hours{8}}));
        }
    }
    /// All but some are over, as the rows of years are.
    void addJobs() {
        const auto begin = Steady::now();
        for (int first = 0; first < m_sizes.jobs; first += inACommit) {
            demand(m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
                for (int number = first; number < std::min(first + inACommit, m_sizes.jobs); ++number) {
                    dispatch::NewJob wanted;
                    wanted.premises = m_premises[static_cast<std::size_t>(number * 7 % m_sizes.premises)].id;
                    wanted.reason = "Intruder: zone 03";
                    TRY(dispatch::Jobs::createIn(transaction, m_acting, wanted));
                }
                return {};
            }));
        }
        demand(m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
            const long long over = m_sizes.jobs - openAtOnce;
            const long long day = 86'400'000'000;
            // Spread over a year and ended: what a year of work leaves.
            transaction.sql() << "UPDATE dispatch_job SET created = created - (id % 365) * :day WHERE id <= :over",
                soci::use(day, "day"), soci::use(over, "over");
            transaction.sql()
                << "UPDATE dispatch_job SET state = 'finished', unit_id = 1 + id % 20, assigned = created "
                   "+ 60000000, en_route = created + 120000000, on_scene = created + 120000000 + (id % "
                   "30) * 60000000, ended = created + 3600000000 WHERE id <= :over",
                soci::use(over, "over");
            return {};
        }));
        fmt::print("{} jobs written in {:.1f} s\n", m_sizes.jobs,
                   std::chrono::duration<double>(Steady::now() - begin).count());
    }
    [[nodiscard]] dispatch::JobId newest(int back) const { return dispatch::JobId{m_sizes.jobs - back}; }

    void measureJob() {
        std::vector<dispatch::JobId> made;
        measure("a job created and given to a unit", 100, [&](int time) {
            dispatch::NewJob wanted;
            wanted.premises = m_premises[static_cast<std::size_t>(time)].id;
            wanted.reason = "Alarm";
            wanted.unit = m_unitIds[static_cast<std::size_t>(time % unitsOfRoom)];
            made.push_back(demand(m_jobs.create(m_acting, wanted)).id);
        });
        measure("a unit on its way", unitsOfRoom, [&](int time) {
            demand(m_jobs.advance(m_acting, made[static_cast<std::size_t>(time)], dispatch::JobState::EnRoute));
        });
        measure("a unit on scene", unitsOfRoom, [&](int time) {
            demand(m_jobs.advance(m_acting, made[static_cast<std::size_t>(time)], dispatch::JobState::OnScene));
        });
        measure("keys issued and taken back", 50, [&](int time) {
            const auto bunch = demand(m_keys.bunch(m_acting, fmt::format("K-{}", 5'000 + time)));
            demand(
                m_keys.issue(m_acting, bunch.id, {{}, "Doors Ltd", "work", {}, m_clock.now() + std::chrono::hours{8}}));
            demand(m_keys.takeBack(m_acting, bunch.id, {}));
        });
    }
    void measureReport() {
        dispatch::Attendance attendance{m_database};
        const auto now = m_clock.now();
        const std::chrono::hours day{24};
        measure("attendance of a month", 10, [&](int) { demand(attendance.report(m_acting, {now - 30 * day, now})); });
        measure("attendance of a year", 5, [&](int) { demand(attendance.report(m_acting, {now - 366 * day, now})); });
        measure("a year's jobs as CSV", 3, [&](int) {
            demand(attendance.csv(m_acting, {now - 366 * day, now}, dispatch::AttendanceTable::Jobs));
        });
    }

    const base::SystemClock m_clock;
    store::Database& m_database;
    const Sizes m_sizes;
    const access::Acting m_acting = access::Acting::commandLine();
    dispatch::Units m_units{m_database, {}};
    dispatch::Jobs m_jobs{m_database, {}};
    dispatch::KeyRegister m_keys{m_database};
    std::vector<estate::Premises> m_premises;
    std::vector<dispatch::UnitId> m_unitIds;
};

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"What keyholding and mobile response cost in a large room"};
    std::filesystem::path folder;
    Sizes sizes;
    app.add_option("--folder", folder, "Where the store is made")->required();
    app.add_option("--premises", sizes.premises, "How many")->capture_default_str();
    app.add_option("--jobs", sizes.jobs, "How many")->capture_default_str();
    app.add_option("--keys", sizes.keys, "How many")->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    const base::SystemClock clock;
    const auto database = demand(store::Database::open(folder, clock));
    Room room{*database, sizes};
    room.fill();
    room.measureAll();
    return 0;
}

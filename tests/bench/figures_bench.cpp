// Measures the service figures over a year of alarms: how long a report takes, from sums and from rows, what summing
// costs, and how long writers wait meanwhile. Figures on standard output.
//
//   figures_bench --folder DIR [--alarms N] [--premises N] [--keep]

#include "base/clock.h"
#include "response/alarm_queue.h"
#include "response/false_alarms.h"
#include "response/service_csv.h"
#include "response/service_figures.h"
#include "response/service_sums.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <thread>

using namespace leedswatch;
using namespace std::chrono_literals;

namespace {

using Steady = std::chrono::steady_clock;

template <typename Value>
Value demand(base::Result<Value> result) {
    if (!result) {
        fmt::print(stderr, "{}\n", result.error().message);
        std::exit(1);
    }
    return std::move(*result);
}

double secondsSince(Steady::time_point begin) {
    return std::chrono::duration<double>{Steady::now() - begin}.count();
}

void execute(store::Database& database, const std::string& statement, long long first, long long last,
             long long microsecondsBetween) {
    const long long end = base::toStored(database.clock().now());
    demand(database.write([&](store::Transaction& transaction) -> base::Result<bool> {
        transaction.sql() << statement, soci::use(first, "first"), soci::use(last, "last"),
            soci::use(microsecondsBetween, "between"), soci::use(end, "end");
        return true;
    }));
}

/// Closed alarms, evenly over the year until now: as many classes, delays and outcomes as rooms have.
void fill(store::Database& database, long long alarms, long long premises) {
    demand(database.write([&](store::Transaction& transaction) -> base::Result<bool> {
        transaction.sql() << "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :premises) "
                             "INSERT INTO premises (id, reference, name) SELECT i, 'P' || i, 'Premises ' || i FROM n",
            soci::use(premises, "premises");
        return true;
    }));
    const long long between = 365LL * 24 * 3'600 * 1'000'000 / alarms;
    const std::string numbers =
        "WITH RECURSIVE n (i) AS (SELECT :first UNION ALL SELECT i + 1 FROM n WHERE i < :last) ";
    constexpr long long atOnce = 100'000;
    const std::string ofPremises = std::to_string(premises);
    for (long long first = 1; first <= alarms; first += atOnce) {
        const long long last = std::min(alarms, first + atOnce - 1);
        // `:end - :between * (alarms - i)`: when it arrived.
        const std::string raised = "(:end - :between * (" + std::to_string(alarms) + " - i))";
        execute(database,
                numbers +
                    "INSERT INTO alarm (id, class, raised, join_key, premises_id, place, what, life_safety, priority, "
                    "state, owner, latest, presented, accepted, acted, closed, outcome) SELECT i, CASE i % 10 WHEN 0 "
                    "THEN 'fire' WHEN 1 THEN 'hold-up' WHEN 2 THEN 'fault' WHEN 3 THEN 'path' WHEN 4 THEN 'tamper' "
                    "WHEN 5 THEN 'video' ELSE 'intruder' END, " +
                    raised + ", 'bench ' || i, 1 + (i * 7919) % " + ofPremises +
                    ", 'Otley Library, 1 Bondgate, Otley', 'Burglary, zone 03 (Till 2)', 0, 5, 'closed', 'ann', 0, " +
                    raised + " + 300000, " + raised + " + 2000000 + (i * 7907) % 40000000, " + raised +
                    " + 42000000 + (i * 7901) % 60000000, " + raised +
                    " + 200000000 + (i * 7883) % 1200000000, CASE i % 7 WHEN 0 THEN 'genuine' WHEN 1 THEN "
                    "'false-equipment' WHEN 2 THEN 'false-unknown' WHEN 3 THEN 'no-action' ELSE 'false-user' END FROM "
                    "n",
                first, last, between);
        execute(database,
                numbers +
                    "INSERT INTO alarm_step (alarm_id, position, kind, text, required, applies, state) SELECT i, "
                    "4, 'police', 'Call the police', 0, 'if-confirmed', 'done' FROM n WHERE i % 5 = 0 AND "
                    ":between > 0 AND :end > 0",
                first, last, between);
        execute(database,
                numbers + "INSERT INTO service_taken (ten_minutes, username, taken) SELECT " + raised + " - " + raised +
                    " % 600000000, 'operator ' || (i % 3), count(*) FROM n GROUP BY 1, 2 ON CONFLICT DO "
                    "UPDATE SET taken = taken + excluded.taken",
                first, last, between);
        execute(database,
                numbers + "INSERT INTO service_pending (alarm_id) SELECT i FROM n WHERE :between > 0 AND :end > 0",
                first, last, between);
    }
}

/// Raises alarms for as long as it lives, and knows how long the slowest commit took.
class Writer {
public:
    explicit Writer(store::Database& database)
        : m_thread{[this, &database](const std::stop_token& stop) {
              response::AlarmQueue queue{database};
              while (!stop.stop_requested()) {
                  response::NewAlarm alarm;
                  alarm.alarmClass = response::AlarmClass::Fault;
                  alarm.joinKey = "writer";
                  alarm.what = "Something";
                  alarm.raised = database.clock().now();
                  const auto begin = Steady::now();
                  demand(queue.raise(access::Acting::station(), alarm));
                  m_slowest = std::max(m_slowest, secondsSince(begin));
                  ++m_commits;
              }
          }} {}
    std::string finish() {
        m_thread.request_stop();
        m_thread.join();
        return fmt::format("{} commits meanwhile, the slowest {:.1f} ms", m_commits, m_slowest * 1e3);
    }

private:
    double m_slowest = 0;
    int m_commits = 0;
    std::jthread m_thread;
};

/// Of this thread: what a busy machine does not change.
double processorSeconds() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

void measure(store::Database& database, const char* what, const std::function<void()>& work) {
    const auto cold = Steady::now();
    work();
    const double first = secondsSince(cold);
    const auto warm = Steady::now();
    const double processor = processorSeconds();
    work();
    const double second = secondsSince(warm);
    const double worked = processorSeconds() - processor;
    Writer writer{database};
    const auto beside = Steady::now();
    work();
    const double third = secondsSince(beside);
    fmt::print("{:<34} {:6.2f} s first, {:6.2f} s again ({:.2f} s of a core), {:6.2f} s beside a writer: {}\n", what,
               first, second, worked, third, writer.finish());
    std::fflush(stdout);
}

}  // namespace

int main(int argumentCount, char** arguments) {
    CLI::App app{"Measures the service figures over a year of alarms."};
    std::filesystem::path folder;
    long long alarms = 5'000'000;
    long long premises = 10'000;
    bool keeps = false;
    app.add_option("--folder", folder, "where the store goes; emptied before")->required();
    app.add_option("--alarms", alarms, "in twelve months")->capture_default_str();
    app.add_option("--premises", premises, "that have them")->capture_default_str();
    app.add_flag("--keep", keeps, "use the store that an earlier run has filled");
    CLI11_PARSE(app, argumentCount, arguments);
    if (!keeps) {
        std::filesystem::remove_all(folder);
    }
    std::filesystem::create_directories(folder);
    const base::SystemClock clock;
    const auto database = demand(store::Database::open(folder, clock));
    const access::Acting acting = access::Acting::commandLine();
    response::ServiceSums sums{*database};
    if (!keeps) {
        const auto begin = Steady::now();
        fill(*database, alarms, premises);
        fmt::print("filled with {} alarms in {:.0f} s\n", alarms, secondsSince(begin));
        std::fflush(stdout);
    }
    const auto summing = Steady::now();
    long long summed = 0;
    while (const int some = demand(sums.addPending(20'000))) {
        summed += some;
    }
    if (summed > 0) {
        fmt::print("summed: {:.0f} alarms a second\n", static_cast<double>(summed) / secondsSince(summing));
        std::fflush(stdout);
    }
    {
        Writer alone{*database};
        std::this_thread::sleep_for(2s);
        fmt::print("a writer alone, two seconds: {}\n", alone.finish());
    }
    response::ServiceFigures figures{*database};
    response::FalseAlarms falseAlarms{*database};
    const auto year = demand(figures.period(acting, response::NamedPeriod::TwelveMonths));
    const auto month = demand(figures.period(acting, response::NamedPeriod::LastMonth));
    const auto shift = demand(figures.period(acting, response::NamedPeriod::ThisShift));
    measure(*database, "twelve months", [&] { demand(figures.report(acting, year)); });
    measure(*database, "last month", [&] { demand(figures.report(acting, month)); });
    measure(*database, "this shift", [&] { demand(figures.report(acting, shift)); });
    measure(*database, "false alarms, twelve months", [&] { demand(falseAlarms.report(acting, year)); });
    measure(*database, "false alarms, last month", [&] { demand(falseAlarms.report(acting, month)); });
    const auto begin = Steady::now();
    const double processor = processorSeconds();
    demand(response::ServiceFigures{*database, response::ServiceFigures::Source::Rows}.report(acting, year));
    fmt::print("{:<34} {:6.2f} s ({:.2f} s of a core)\n", "twelve months from the rows alone", secondsSince(begin),
               processorSeconds() - processor);
    std::fflush(stdout);
    const auto checking = Steady::now();
    const auto wrong = demand(sums.check(acting));
    fmt::print("{:<34} {:7.2f} s, {} differences\n", "check", secondsSince(checking), wrong.size());
    return wrong.empty() ? 0 : 1;
}

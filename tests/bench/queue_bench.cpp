// Measures the queue of alarms: what raising, reading, taking, noting and closing cost with few open alarms and with
// very many, and how fast the rules turn signals into alarms. Figures on standard output.
//
//   queue_bench --folder DIR [--open N]

#include "base/clock.h"
#include "response/alarm_queue.h"
#include "response/alarm_rules.h"
#include "response/signal_journal.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>

using namespace leedswatch;

namespace {

using Steady = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

access::Acting person() {
    access::Acting acting;
    acting.username = "bench";
    acting.role = access::Role::Supervisor;
    acting.workstation = "bench";
    return acting;
}

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

response::NewAlarm alarmNumber(int number, base::UtcTime when) {
    constexpr std::array classes{response::AlarmClass::Fault, response::AlarmClass::Intruder,
                                 response::AlarmClass::HoldUp, response::AlarmClass::Technical};
    response::NewAlarm alarm;
    alarm.alarmClass = classes.at(static_cast<std::size_t>(number) % classes.size());
    alarm.joinKey = "bench " + std::to_string(number);
    alarm.place = "Premises " + std::to_string(number);
    alarm.what = "Something, zone " + std::to_string(number % 16);
    alarm.raised = when;
    return alarm;
}

void raiseUpTo(store::Database& database, int from, int count) {
    constexpr int inACommit = 1'000;
    const access::Acting station = access::Acting::station();
    for (int begin = from; begin < count; begin += inACommit) {
        demand(database.write([&](store::Transaction& transaction) -> base::Result<void> {
            response::AlarmChange change{transaction, station};
            for (int number = begin; number < std::min(count, begin + inACommit); ++number) {
                change.raise(alarmNumber(number, transaction.now()));
            }
            change.finish("alarms.raised", "bench");
            return {};
        }));
    }
}

/// The middle of many, in milliseconds.
double middleOf(int times, const std::function<void(int)>& what) {
    std::vector<double> each;
    for (int time = 0; time < times; ++time) {
        const auto begin = Steady::now();
        what(time);
        each.push_back(Milliseconds{Steady::now() - begin}.count());
    }
    std::ranges::nth_element(each, each.begin() + times / 2);
    return each[static_cast<std::size_t>(times) / 2];
}

struct Costs {
    double raise = 0;
    double read = 0;
    double take = 0;
    double note = 0;
    double close = 0;
};

Costs measureOperations(store::Database& database, int& next, int times) {
    response::AlarmQueue queue{database};
    const access::Acting acting = person();
    Costs costs;
    costs.raise = middleOf(times, [&](int) {
        demand(queue.raise(access::Acting::station(), alarmNumber(next++, database.clock().now())));
    });
    costs.read = middleOf(times, [&](int) { demand(queue.snapshot(acting)); });
    std::vector<response::AlarmId> taken;
    costs.take = middleOf(times, [&](int) { taken.push_back(demand(queue.acceptNext(acting)).id); });
    costs.note =
        middleOf(times, [&](int time) { demand(queue.note(acting, taken[static_cast<std::size_t>(time)], "a line")); });
    costs.close = middleOf(times, [&](int time) {
        demand(queue.close(acting, taken[static_cast<std::size_t>(time)], {"duplicate", "", "bench"}));
    });
    return costs;
}

double measureRules(store::Database& database, int signals) {
    response::SignalJournal journal{database};
    std::vector<response::JudgedSignal> batch;
    for (int number = 0; number < signals; ++number) {
        response::JudgedSignal signal;
        signal.received.received = database.clock().now();
        signal.received.protocol = "DC-09";
        signal.received.source = "10.1.2.3:5012 tcp";
        signal.received.account = std::to_string(100'000 + number);
        signal.received.sequence = std::to_string(number);
        signal.received.codes.codes = {{.code = number % 10 == 0 ? "HA" : "TA", .address = "01"}};
        signal.events = response::judge(signal.received, {});
        batch.push_back(std::move(signal));
        if (batch.size() == 500) {
            demand(journal.add(batch));
            batch.clear();
        }
    }
    if (!batch.empty()) {
        demand(journal.add(batch));
    }
    response::AlarmRules rules{database};
    const auto begin = Steady::now();
    while (demand(rules.judgeWaiting(200)) > 0) {
    }
    return signals / std::chrono::duration<double>{Steady::now() - begin}.count();
}

}  // namespace

int main(int argumentCount, char** arguments) {
    CLI::App app{"Measures the queue of alarms with few open ones and with very many."};
    std::filesystem::path folder;
    int open = 100'000;
    int times = 200;
    app.add_option("--folder", folder, "where the store goes; emptied before")->required();
    app.add_option("--open", open, "how many open alarms are very many")->capture_default_str();
    app.add_option("--times", times, "how often each is done")->capture_default_str();
    CLI11_PARSE(app, argumentCount, arguments);
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    const base::SystemClock clock;
    const auto database = demand(store::Database::open(folder, clock));
    int next = 0;
    raiseUpTo(*database, 0, 10 + times);
    next = 10 + times;
    const Costs few = measureOperations(*database, next, times);
    raiseUpTo(*database, next, next + open);
    next += open;
    const Costs many = measureOperations(*database, next, times);
    const auto line = [](const char* what, double a, double b) {
        fmt::print("{:<8} {:8.3f} ms with few, {:8.3f} ms with many: {:.2f} times\n", what, a, b, b / a);
    };
    line("raise", few.raise, many.raise);
    line("read", few.read, many.read);
    line("take", few.take, many.take);
    line("note", few.note, many.note);
    line("close", few.close, many.close);
    fmt::print("rules    {:8.0f} signals a second become alarms\n", measureRules(*database, 10'000));
    return 0;
}

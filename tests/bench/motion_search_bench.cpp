// Measures how fast what moved is found again: the search in a part of the picture, the marks of a timeline, the way to
// the next event, and writing it down. One folder, made anew; one camera is as busy as can be, the others hold the rest
// of the rows. Figures on standard output.
//
//   motion_search_bench --folder DIR --rows 5000000

#include "analytics/motion_journal.h"
#include "analytics/motion_search.h"
#include "base/clock.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <random>

using namespace leedswatch;
using analytics::ActivityGrid;
using analytics::ActivitySpan;
using analytics::MotionJournal;

namespace {

using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;

constexpr int cameras = 1'688;
constexpr auto days = std::chrono::days{31};
constexpr std::int64_t busyEvents = 150'000;  // of the busy camera: one in 18 s, day and night
const estate::CameraId busy{1};
const base::UtcTime kEnd{std::chrono::sys_days{std::chrono::year{2026} / 11 / 1}};
const base::UtcTime kBegin = kEnd - days;

double secondsSince(SteadyClock::time_point begin) {
    return std::chrono::duration<double>(SteadyClock::now() - begin).count();
}

template <typename T>
T must(base::Result<T> result) {
    if (!result) {
        std::fprintf(stderr, "%s\n", result.error().message.c_str());
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>) {
        return std::move(*result);
    }
}

template <typename Work>
std::vector<double> timesOf(int rounds, const Work& work) {
    std::vector<double> seconds;
    for (int round = 0; round < rounds; ++round) {
        const auto begin = SteadyClock::now();
        work(round);
        seconds.push_back(secondsSince(begin));
    }
    return seconds;
}

void print(const char* what, std::vector<double> seconds, base::Microseconds period = {}) {
    const double first = seconds.front();
    std::sort(seconds.begin(), seconds.end());
    const double middle = seconds[seconds.size() / 2];
    std::printf("  %-44s first %8.2f ms   p50 %8.2f ms   max %8.2f ms", what, 1000 * first, 1000 * middle,
                1000 * seconds.back());
    if (period.count() > 0) {
        std::printf("   %.0f times real time", std::chrono::duration<double>(period).count() / middle);
    }
    std::printf("\n");
}

analytics::RecordedMotion eventAt(estate::CameraId camera, base::UtcTime from, unsigned draw) {
    analytics::RecordedMotion event;
    event.camera = camera;
    event.from = from;
    event.peak = from + 2s;
    event.until = from + std::chrono::seconds{3 + draw % 9};
    event.isOver = true;
    event.peakShare = static_cast<int>(20 + draw % 900);
    for (int second = 0; second < 8; ++second) {
        event.sightings.push_back({static_cast<double>(second), {100 * second, 4'000, 600, 1'900}});
    }
    return event;
}

/// Thirty fields, a thing of five by six.
ActivityGrid thingAt(unsigned place) {
    ActivityGrid grid;
    const unsigned left = place % 12;
    const unsigned top = place / 12 % 7;
    for (unsigned row = top; row < top + 6; ++row) {
        for (unsigned column = left; column < left + 5; ++column) {
            grid.set(row * analytics::activityColumns + column);
        }
    }
    return grid;
}

ActivitySpan fullSpan(std::mt19937& random) {
    ActivitySpan span;
    for (int second = 0; second < ActivitySpan::secondsInSpan; ++second) {
        span.add(second, thingAt(static_cast<unsigned>(random())));
    }
    return span;
}

void fill(MotionJournal& journal, std::int64_t rows) {
    std::mt19937 random{3};
    const auto begin = SteadyClock::now();
    std::vector<analytics::RecordedMotion> events;
    std::map<MotionJournal::ActivityKey, ActivitySpan> spans;
    const auto write = [&] {
        must(journal.write(events, spans));
        events.clear();
        spans.clear();
    };
    const auto length = std::chrono::duration_cast<base::Microseconds>(days);
    for (std::int64_t row = 0; row < rows; ++row) {
        const bool isBusy = row % (rows / busyEvents) == 0;
        const estate::CameraId camera{isBusy ? 1 : 2 + static_cast<std::int64_t>(random() % (cameras - 1))};
        events.push_back(eventAt(camera, kBegin + length * row / rows, static_cast<unsigned>(random())));
        if (events.size() == 10'000) {
            write();
        }
    }
    for (std::int64_t span = ActivitySpan::spanOf(kBegin); span < ActivitySpan::spanOf(kEnd); ++span) {
        spans[{busy, span}] = fullSpan(random);
        if (spans.size() == 500) {
            write();
        }
    }
    write();
    std::printf("filled in %.0f s\n", secondsSince(begin));
}

void measureSearch(store::Database& database) {
    const auto acting = access::Acting::commandLine();
    analytics::MotionQuery query;
    query.camera = busy;
    for (std::size_t field : {20, 21, 22, 36, 37, 38, 52, 53, 54, 68, 69, 70}) {
        query.region.set(field);
    }
    query.most = 10'000'000;
    for (const auto& [what, period] : {std::pair{"an hour", base::Microseconds{1h}},
                                       {"a day", base::Microseconds{24h}},
                                       {"31 days", base::Microseconds{days}}}) {
        query.period = {kEnd - period, kEnd};
        std::size_t found = 0;
        auto times = timesOf(period > 24h ? 5 : 20, [&](int) {
            found = must(analytics::searchMotion(database, acting, query)).moments.size();
        });
        std::printf("  %zu moments in\n", found);
        print(what, std::move(times), period);
    }
}

void measureTimeline(MotionJournal& journal) {
    for (const auto& [what, period] : {std::pair{"marks of an hour, 1,900 pixels", base::Microseconds{1h}},
                                       {"marks of a day", base::Microseconds{24h}},
                                       {"marks of 31 days", base::Microseconds{days}}}) {
        print(what, timesOf(20, [&](int) {
                  static_cast<void>(must(journal.marks(busy, {kEnd - period, kEnd}, period / 1'900)));
              }));
    }
    std::mt19937 random{9};
    print("the next event, of 1,688 cameras", timesOf(500, [&](int) {
              const estate::CameraId camera{1 + static_cast<std::int64_t>(random() % cameras)};
              const auto at = kBegin + std::chrono::seconds{random() % (31 * 86'400)};
              static_cast<void>(must(journal.beginAfter(camera, at)));
          }));
}

void measureWriting(MotionJournal& journal) {
    std::mt19937 random{5};
    print(
        "five seconds of an estate, all of it moving", timesOf(20, [&](int round) {
            std::vector<analytics::RecordedMotion> events;
            std::map<MotionJournal::ActivityKey, ActivitySpan> spans;
            for (int camera = 1; camera <= cameras; ++camera) {
                const MotionJournal::ActivityKey key{estate::CameraId{camera}, ActivitySpan::spanOf(kEnd) + round / 10};
                spans[key] = fullSpan(random);
                events.push_back(eventAt(key.first, kEnd + round * 5s, static_cast<unsigned>(camera)));
            }
            must(journal.write(events, spans));
        }));
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"How fast what moved is found again"};
    std::filesystem::path folder;
    std::int64_t rows = 5'000'000;
    app.add_option("--folder", folder, "A folder to make")->required();
    app.add_option("--rows", rows, "Events of all cameras")->check(CLI::Range(300'000, 100'000'000));
    CLI11_PARSE(app, argc, argv);
    if (std::filesystem::exists(folder)) {
        std::fprintf(stderr, "%s is there already\n", folder.c_str());
        return 1;
    }
    base::SystemClock clock;
    {
        const auto database = must(store::Database::open(folder, clock));
        MotionJournal journal{*database};
        fill(journal, rows);
    }
    const auto database = must(store::Database::open(folder, clock));
    MotionJournal journal{*database};
    std::printf("search in 12 of 192 fields, something moves in every second of 31 days\n");
    measureSearch(*database);
    std::printf("timeline, %lld events of one camera among %lld\n", static_cast<long long>(busyEvents),
                static_cast<long long>(rows));
    measureTimeline(journal);
    std::printf("writing\n");
    measureWriting(journal);
    return 0;
}

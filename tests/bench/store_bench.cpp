// Measures the store: how fast entries are durably written, how long a search takes in a long log, how fast the audit
// log is verified. One folder, made anew; figures on standard output.
//
//   store_bench --folder DIR --entries 2000000

#include "access/people.h"
#include "estate/camera_registry.h"
#include "estate/wards.h"
#include "incident/incident_log.h"
#include "incident/incident_types.h"
#include "incident/line_rows.h"
#include "store/audit_log.h"
#include "store/change_feed.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <random>
#include <thread>

using namespace leedswatch;
using incident::Search;

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
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

void printTimes(const char* what, std::vector<double> seconds) {
    std::sort(seconds.begin(), seconds.end());
    const auto at = [&](double share) {
        return 1000 * seconds[static_cast<std::size_t>(share * double(seconds.size() - 1))];
    };
    std::printf("  %-44s p50 %8.2f ms   p95 %8.2f ms   max %8.2f ms\n", what, at(0.5), at(0.95), at(1.0));
}

/// A vocabulary whose words are as unevenly used as those of a language.
class Words {
public:
    explicit Words(unsigned seed) : m_random{seed} {
        constexpr const char* syllables[] = {"ba", "ke", "li", "mo",   "nu",   "ra",  "se",
                                             "ti", "vo", "wy", "shop", "gate", "man", "er"};
        std::vector<double> weights;
        for (int word = 0; word < 20'000; ++word) {
            std::string text;
            for (int rest = word + 14; rest > 0; rest /= 14) {
                text += syllables[rest % 14];
            }
            m_words.push_back(text);
            weights.push_back(1.0 / (word + 2.7));
        }
        m_choice = std::discrete_distribution<std::size_t>(weights.begin(), weights.end());
    }
    const std::string& word() { return m_words[m_choice(m_random)]; }
    std::string sentence() {
        std::string text;
        const auto length = 8 + m_random() % 25;
        for (unsigned count = 0; count < length; ++count) {
            text += (text.empty() ? "" : " ") + word();
        }
        return text;
    }
    unsigned number(unsigned below) { return static_cast<unsigned>(m_random() % below); }

private:
    std::mt19937 m_random;
    std::vector<std::string> m_words;
    std::discrete_distribution<std::size_t> m_choice;
};

incident::NewLine lineOf(const std::string& text) {
    incident::NewLine line;
    line.type = "asb";
    line.cameraNumber = 12;
    line.text = text;
    return line;
}

void measureAppends(store::Database& database, int threads) {
    incident::IncidentLog log{database};
    const auto acting = access::Acting::commandLine();
    std::vector<std::vector<double>> times(static_cast<std::size_t>(threads));
    const auto begin = Clock::now();
    {
        std::vector<std::jthread> writers;
        for (auto& own : times) {
            writers.emplace_back([&own, &log, &acting, begin] {
                Words words{static_cast<unsigned>(own.size())};
                while (secondsSince(begin) < 4) {
                    const auto text = words.sentence();
                    const auto started = Clock::now();
                    must(log.add(acting, lineOf(text)));
                    own.push_back(secondsSince(started));
                }
            });
        }
    }
    const double elapsed = secondsSince(begin);
    std::vector<double> all;
    for (const auto& own : times) {
        all.insert(all.end(), own.begin(), own.end());
    }
    std::printf("durable log entries with audit, %d thread(s): %.0f a second\n", threads, double(all.size()) / elapsed);
    printTimes("one entry", all);
}

/// Many audit events that vouch for rows, in large transactions.
void fillAudit(store::Database& database, std::int64_t events) {
    incident::IncidentLog log{database};
    for (std::int64_t done = 0; done < events;) {
        must(database.write([&](store::Transaction& transaction) -> base::Result<void> {
            for (int count = 0; count < 5'000 && done < events; ++count, ++done) {
                store::AuditEvent event;
                event.who = "bench";
                event.workstation = "desk-1";
                event.action = "log.added";
                event.object = "incident 2026-" + std::to_string(done);
                event.details = {{"category", "asb"}};
                transaction.audit(event);
            }
            return {};
        }));
    }
}

/// A wall clock that goes on when it is told to: the log of years is written in minutes.
class LogClock final : public base::Clock {
public:
    [[nodiscard]] base::UtcTime now() const override { return base::fromStored(m_now); }
    [[nodiscard]] base::SteadyTime steadyNow() const override { return m_system.steadyNow(); }
    void advance(std::int64_t microseconds) { m_now += microseconds; }

private:
    std::atomic<std::int64_t> m_now = 1'600'000'000'000'000;
    base::SystemClock m_system;
};

/// Lines through the service, those of a day in one commit.
void fillLog(store::Database& database, LogClock& clock, std::int64_t entries) {
    constexpr std::size_t linesOfDay = 2'880;
    incident::IncidentLog log{database};
    const auto acting = access::Acting::commandLine();
    const auto types = incident::standardIncidentTypes();
    Words words{7};
    const auto begin = Clock::now();
    for (std::int64_t done = 0; done < entries;) {
        std::vector<incident::NewLine> lines;
        for (; lines.size() < linesOfDay && done < entries; ++done) {
            incident::NewLine line;
            line.type = types[words.number(static_cast<unsigned>(types.size()))].code;
            line.cameraNumber = static_cast<int>(1 + words.number(1'688));
            line.text = words.sentence();
            lines.push_back(std::move(line));
        }
        must(log.addAll(acting, lines));
        clock.advance(86'400'000'000);
    }
    std::printf("durable lines with audit, 2,880 in a commit: %.0f a second\n", double(entries) / secondsSince(begin));
}

void measureSearch(store::Database& database, const char* what, const std::function<Search(Words&)>& make) {
    incident::IncidentLog log{database};
    const auto acting = access::Acting::commandLine();
    Words words{99};
    std::vector<double> times;
    for (int count = 0; count < 200; ++count) {
        auto search = make(words);
        search.limit = 100;
        const auto begin = Clock::now();
        must(log.search(acting, search));
        times.push_back(secondsSince(begin));
    }
    printTimes(what, times);
}

Search withWords(const std::string& words) {
    Search search;
    search.words = words;
    return search;
}

void measureSearches(store::Database& database) {
    measureSearch(database, "newest 100", [](Words&) { return Search{}; });
    measureSearch(database, "newest 100 that somebody wrote", [](Words&) {
        Search search;
        search.onlyWritten = true;
        return search;
    });
    measureSearch(database, "two words", [](Words& words) { return withWords(words.word() + " " + words.word()); });
    measureSearch(database, "beginnings of two words (3 letters)",
                  [](Words& words) { return withWords(words.word().substr(0, 3) + " " + words.word().substr(0, 3)); });
    measureSearch(database, "one letter", [](Words& words) { return withWords(words.word().substr(0, 1)); });
    measureSearch(database, "a phrase of two words",
                  [](Words& words) { return withWords("\"" + words.word() + " " + words.word() + "\""); });
    measureSearch(database, "a camera", [](Words& words) {
        Search search;
        search.cameraNumber = static_cast<int>(1 + words.number(1'688));
        return search;
    });
    measureSearch(database, "a word, a camera and a type", [](Words& words) {
        Search search = withWords(words.word());
        search.cameraNumber = static_cast<int>(1 + words.number(1'688));
        search.type = "theft";
        return search;
    });
    measureSearch(database, "a word, a committee and a type", [](Words& words) {
        Search search = withWords(words.word());
        search.committee = "Committee " + std::to_string(words.number(10));
        search.type = "violence";
        return search;
    });
    measureSearch(database, "two words on one day long ago", [](Words& words) {
        Search search = withWords(words.word() + " " + words.word());
        search.from = base::fromStored(1'600'000'000'000'000 + std::int64_t{86'400'000'000} * (10 + words.number(100)));
        search.to = *search.from + std::chrono::hours{24};
        return search;
    });
    measureSearch(database, "a day long ago", [](Words& words) {
        Search search;
        search.from = base::fromStored(1'600'000'000'000'000 + std::int64_t{86'400'000'000} * (10 + words.number(100)));
        search.to = *search.from + std::chrono::hours{24};
        return search;
    });
    measureSearch(database, "words that nobody used", [](Words& words) { return withWords(words.word() + " zzyzx"); });
}

void measureVerify(store::Database& database) {
    const auto begin = Clock::now();
    const auto found = must(store::AuditLog{database}.verify(
        {&access::People::witness(), &estate::CameraRegistry::witness(), &estate::Wards::witness(),
         &estate::Wards::cameraWitness(), &incident::lineWitness(), &incident::lineErasureWitness()}));
    const double elapsed = secondsSince(begin);
    std::printf("audit verify: %lld events and %lld rows in %.2f s: %.0f events a second, %zu problems\n",
                static_cast<long long>(found.events), static_cast<long long>(found.vouchedRows), elapsed,
                double(found.events) / elapsed, found.problems.size());
}

/// As many cameras as the city has, in 33 wards of ten committees.
void importEstate(store::Database& database) {
    const auto acting = access::Acting::commandLine();
    std::string cameras = "number,name,main_url\n";
    std::string wards = "ward,committee\n";
    std::string places = "camera,ward\n";
    for (int ward = 0; ward < 33; ++ward) {
        wards += "Ward " + std::to_string(ward) + ",Committee " + std::to_string(ward % 10) + "\n";
    }
    for (int number = 1; number <= 1'688; ++number) {
        const auto text = std::to_string(number);
        cameras += text + ",Street " + text + " North,rtsp://10.0.0.1/" + text + "\n";
        places += text + ",Ward " + std::to_string(number % 33) + "\n";
    }
    must(estate::CameraRegistry{database}.importCsv(acting, cameras));
    must(estate::Wards{database}.importWards(acting, wards));
    must(estate::Wards{database}.importCameras(acting, places));
}

void measureOpen(const std::filesystem::path& folder, const base::Clock& clock) {
    std::vector<double> times;
    for (int count = 0; count < 20; ++count) {
        const auto begin = Clock::now();
        must(store::Database::open(folder, clock));
        times.push_back(secondsSince(begin));
    }
    printTimes("opening", times);
}

}  // namespace

int main(int argc, char** argv) {
    std::string folder;
    std::int64_t entries = 2'000'000;
    std::int64_t events = 200'000;
    CLI::App app{"Measures the store"};
    app.add_option("--folder", folder, "A folder to make; it must not exist")->required();
    app.add_option("--entries", entries, "Log entries to search in")->capture_default_str();
    app.add_option("--events", events, "Audit events to verify")->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    LogClock clock;
    if (std::filesystem::exists(folder)) {
        std::fprintf(stderr, "%s is there already\n", folder.c_str());
        return 2;
    }
    auto database = must(store::Database::open(folder, clock));
    importEstate(*database);
    measureAppends(*database, 1);
    measureAppends(*database, 4);
    fillAudit(*database, events);
    measureVerify(*database);
    auto begin = Clock::now();
    fillLog(*database, clock, entries);
    std::printf("filled with %lld entries in %.0f s; file %.0f MB\n", static_cast<long long>(entries),
                secondsSince(begin), double(std::filesystem::file_size(database->file())) / 1e6);
    measureSearches(*database);
    measureOpen(folder, clock);
    measureAppends(*database, 1);
    return 0;
}

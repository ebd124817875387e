// Measures the store: how fast entries are durably written, how long a search takes in a long log, how fast the audit
// log is verified. One folder, made anew; figures on standard output.
//
//   store_bench --folder DIR --entries 2000000

#include "access/people.h"
#include "estate/camera_registry.h"
#include "incident/incident_log.h"
#include "store/audit_log.h"
#include "store/change_feed.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <random>
#include <thread>

using namespace leedswatch;

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
                    must(log.add(acting, "asb", 12, text));
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

/// Rows behind the service's back, as writing millions one by one would take an hour. The audit log does not know them.
void fillLog(store::Database& database, std::int64_t entries) {
    Words words{7};
    const auto& categories = incident::IncidentLog::categories();
    std::int64_t at = 1'600'000'000'000'000;
    for (std::int64_t done = 0; done < entries;) {
        must(database.write([&](store::Transaction& transaction) -> base::Result<void> {
            std::string reference;
            std::string category;
            std::string text;
            int camera = 0;
            soci::statement insert =
                (transaction.sql().prepare
                     << "INSERT INTO incident_log_entry (reference, at, author, workstation, category, camera_number, "
                        "camera_name, text) VALUES (:r, :at, 'bob', 'desk-1', :c, :n, 'Briggate North', :t)",
                 soci::use(reference), soci::use(at), soci::use(category), soci::use(camera), soci::use(text));
            std::int64_t first = 0;
            transaction.sql() << "SELECT coalesce(max(id), 0) FROM incident_log_entry", soci::into(first);
            for (int count = 0; count < 20'000 && done < entries; ++count, ++done) {
                reference = "bench-" + std::to_string(done);
                category = categories[words.number(static_cast<unsigned>(categories.size()))].code;
                camera = static_cast<int>(1 + words.number(1'688));
                text = words.sentence();
                at += 30'000'000;
                insert.execute(true);
            }
            transaction.sql()
                << "INSERT INTO incident_log_search (rowid, text, camera_name, reference, marks) SELECT id, "
                   "text, camera_name, reference, marks FROM incident_log_searchable WHERE id > :first",
                soci::use(first);
            return {};
        }));
    }
}

void measureSearch(store::Database& database, const char* what, const std::function<incident::Search(Words&)>& make) {
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

void measureSearches(store::Database& database) {
    using incident::Search;
    measureSearch(database, "newest 100", [](Words&) { return Search{}; });
    measureSearch(database, "two words", [](Words& words) {
        return Search{words.word() + " " + words.word(), {}, {}, {}, {}};
    });
    measureSearch(database, "beginnings of two words (3 letters)", [](Words& words) {
        return Search{words.word().substr(0, 3) + " " + words.word().substr(0, 3), {}, {}, {}, {}};
    });
    measureSearch(database, "one letter", [](Words& words) {
        return Search{words.word().substr(0, 1), {}, {}, {}, {}};
    });
    measureSearch(database, "a camera", [](Words& words) {
        return Search{"", {}, int(1 + words.number(1'688)), {}, {}};
    });
    measureSearch(database, "a word, a camera and a category", [](Words& words) {
        return Search{words.word(), "theft", int(1 + words.number(1'688)), {}, {}};
    });
    measureSearch(database, "two words on one day long ago", [](Words& words) {
        Search search{words.word() + " " + words.word(), {}, {}, {}, {}};
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
    measureSearch(database, "words that nobody used", [](Words& words) {
        return Search{words.word() + " zzyzx", {}, {}, {}, {}};
    });
}

void measureVerify(store::Database& database) {
    const auto begin = Clock::now();
    const auto found = must(store::AuditLog{database}.verify(
        {&access::People::witness(), &estate::CameraRegistry::witness(), &incident::IncidentLog::witness()}));
    const double elapsed = secondsSince(begin);
    std::printf("audit verify: %lld events and %lld rows in %.2f s: %.0f events a second, %zu problems\n",
                static_cast<long long>(found.events), static_cast<long long>(found.vouchedRows), elapsed,
                double(found.events) / elapsed, found.problems.size());
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
    const base::SystemClock clock;
    if (std::filesystem::exists(folder)) {
        std::fprintf(stderr, "%s is there already\n", folder.c_str());
        return 2;
    }
    auto database = must(store::Database::open(folder, clock));
    must(estate::CameraRegistry{*database}.importCsv(access::Acting::commandLine(),
                                                     "number,name,main_url\n12,Briggate North,rtsp://10.0.0.1/main\n"));
    measureAppends(*database, 1);
    measureAppends(*database, 4);
    fillAudit(*database, events);
    measureVerify(*database);
    auto begin = Clock::now();
    fillLog(*database, entries);
    std::printf("filled with %lld entries in %.0f s; file %.0f MB\n", static_cast<long long>(entries),
                secondsSince(begin), double(std::filesystem::file_size(database->file())) / 1e6);
    measureSearches(*database);
    measureOpen(folder, clock);
    measureAppends(*database, 1);
    return 0;
}

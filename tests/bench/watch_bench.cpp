// What it costs to watch cameras of 704x576 at 25 pictures a second for things that move, decoding included, by each
// depth, for tamper and for both, beside `motion` and beside decoding alone; and whether both depths find what is to be
// found. One command:
//
//     watch_bench --footage ../shared/footage
//
//     watch_bench --film FILE
//
// says what each costs for one film of 25 pictures a second, at file speed. Otherwise everything runs in real time, in
// turns within the same minutes: the peer, then ours, and again; medians of the rounds. Our cameras share a process, a
// thread each, and begin at different places of the clip.
#include "analytics/stream_watch.h"
#include "analytics/tamper_watch.h"
#include "support/child_process.h"
#include "support/mpv_wall.h"
#include "support/pal_clips.h"
#include "support/temporary_folder.h"

#include <CLI/CLI.hpp>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <fstream>
#include <functional>
#include <iomanip>
#include <iostream>
#include <thread>

namespace {

using namespace leedswatch;
using analytics::MotionEvent;
using analytics::StreamWatch;
using analytics::WatchDepth;
using bench::PalClip;
using video::Packet;
using Steady = std::chrono::steady_clock;

constexpr std::chrono::milliseconds betweenPictures{40};
constexpr double picturesASecond = 25;
constexpr std::chrono::seconds warmUp{6};
constexpr std::size_t picturesPerGroup = 50;
constexpr double startTolerance = 0.5;
const std::string motionProgram = "/usr/bin/motion";

struct Settings {
    std::filesystem::path footage = "../shared/footage";
    int rounds = 3;
    int seconds = 40;
    int cameras = 8;
    std::string only;
    bool isTruthAlone = false;
    std::filesystem::path film;
};

double cpuSeconds() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

/// What one camera does with each picture.
using Camera = std::function<void(const Packet& packet, double seconds)>;

struct Shared {
    const std::vector<Packet>& packets;
    std::atomic<bool> isOver = false;
    std::atomic<std::int64_t> pictures = 0;
};

void run(const Camera& camera, std::size_t first, Steady::time_point begin, Shared& shared) {
    for (std::size_t number = 0; !shared.isOver; ++number) {
        std::this_thread::sleep_until(begin + number * betweenPictures);
        camera(shared.packets[(first + number) % shared.packets.size()], static_cast<double>(number) / picturesASecond);
        ++shared.pictures;
    }
}

/// Cores for a camera, in real time. Should the machine have been too busy for that, for as many pictures as a camera
/// sends in it.
double costOf(const std::vector<Packet>& packets, const Settings& settings, const std::function<Camera()>& makeCamera) {
    Shared shared{packets};
    std::vector<std::jthread> threads;
    const auto now = Steady::now();
    const std::size_t groups = packets.size() / picturesPerGroup;
    for (int number = 0; number < settings.cameras; ++number) {
        const auto place = static_cast<std::size_t>(number);
        const std::size_t group = place * groups / static_cast<std::size_t>(settings.cameras);
        threads.emplace_back(
            [camera = makeCamera(), &shared, group, begin = now + place * std::chrono::milliseconds{37}] {
                run(camera, group * picturesPerGroup, begin, shared);
            });
    }
    std::this_thread::sleep_until(now + warmUp);
    const double before = cpuSeconds();
    const auto picturesBefore = shared.pictures.load();
    std::this_thread::sleep_until(now + warmUp + std::chrono::seconds{settings.seconds});
    const double used = cpuSeconds() - before;
    const auto pictures = static_cast<double>(shared.pictures - picturesBefore);
    shared.isOver = true;
    return used / (pictures / picturesASecond);
}

Camera decodingCamera(const std::vector<Packet>& packets) {
    std::shared_ptr decoder = video::Decoder::create(packets.front().format).value();
    return [decoder](const Packet& packet, double) { static_cast<void>(decoder->decode(packet)); };
}

Camera watchingCamera(const PalClip& clip, WatchDepth depth) {
    auto watch = std::make_shared<StreamWatch>(analytics::MotionRule{clip.zones, 50, {}}, depth);
    return [watch](const Packet& packet, double seconds) { static_cast<void>(watch->push(packet, seconds)); };
}

/// Looks for tamper, and for motion too or not.
Camera tamperCamera(const PalClip& clip, bool isForMotion) {
    struct Both {
        analytics::TamperWatch tamper;
        StreamWatch watch;
        explicit Both(const analytics::MotionRule& rule) : watch{rule, rule, WatchDepth::TwoStages, &tamper} {}
    };
    auto both = std::make_shared<Both>(analytics::MotionRule{clip.zones, 50, {}});
    static_cast<void>(both->watch.lookForMotion(isForMotion));
    return [both](const Packet& packet, double seconds) {
        static_cast<void>(both->watch.push(packet, seconds));
        static_cast<void>(both->tamper.take());
    };
}

/// Cores of a `motion` with this film as its camera.
double costOfMotion(const PalClip& clip, const std::filesystem::path& folder, int seconds) {
    const auto configuration = folder / "motion.conf";
    std::ofstream{configuration} << "daemon off\nlog_level 4\nnetcam_url file://" << clip.looped.string()
                                 << "\nwidth 704\nheight 576\nframerate 25\npicture_output off\nmovie_output off\n"
                                    "webcontrol_port 0\nstream_port 0\n";
    tests::ChildProcess motion{{motionProgram, "-n", "-c", configuration.string()}};
    std::this_thread::sleep_for(warmUp);
    const auto begin = Steady::now();
    const double before = bench::cpuOfProcess(motion.id());
    std::this_thread::sleep_for(std::chrono::seconds{seconds});
    const double used = bench::cpuOfProcess(motion.id()) - before;
    const double passed = std::chrono::duration<double>(Steady::now() - begin).count();
    motion.signal(SIGTERM);
    static_cast<void>(motion.wait());
    return used / passed;
}

double medianOf(std::vector<double> values) {
    std::ranges::sort(values);
    return values.empty() ? 0 : values[values.size() / 2];
}

struct Costs {
    std::vector<double> motion;
    std::vector<double> decoding;
    std::vector<double> everything;
    std::vector<double> twoStages;
    std::vector<double> tamper;
    std::vector<double> both;
};

void printCosts(const PalClip& clip, const Costs& costs) {
    const double peer = medianOf(costs.motion);
    const auto print = [peer](const std::string& name, const std::vector<double>& all) {
        const double cores = medianOf(all);
        const auto [least, most] = std::ranges::minmax(all);
        std::cout << "  " << std::left << std::setw(12) << name << std::right << std::fixed << std::setprecision(4)
                  << cores << " cores (" << least << " to " << most << ")";
        if (peer > 0) {
            std::cout << "   " << std::setprecision(2) << cores / peer << " of motion's";
        }
        std::cout << "   two cores: " << std::setprecision(0) << std::floor(2 / cores) << '\n';
    };
    std::cout << clip.name << ", one camera:\n";
    if (peer > 0) {
        print("motion", costs.motion);
    }
    print("decoding", costs.decoding);
    print("everything", costs.everything);
    print("two stages", costs.twoStages);
    print("tamper", costs.tamper);
    print("both", costs.both);
    std::cout << std::flush;
}

base::Result<void> measure(const PalClip& clip, const Settings& settings, const std::filesystem::path& folder) {
    TRY_ASSIGN(const auto packets, bench::packetsOf(clip.looped));
    const bool hasPeer = std::filesystem::exists(motionProgram);
    if (!hasPeer) {
        std::cout << "motion is not installed here: no ratios (Debian package motion)\n";
    }
    Costs costs;
    for (int round = 0; round < settings.rounds; ++round) {
        if (hasPeer) {
            costs.motion.push_back(costOfMotion(clip, folder, settings.seconds));
        }
        costs.everything.push_back(
            costOf(packets, settings, [&clip] { return watchingCamera(clip, WatchDepth::Everything); }));
        costs.twoStages.push_back(
            costOf(packets, settings, [&clip] { return watchingCamera(clip, WatchDepth::TwoStages); }));
        costs.tamper.push_back(costOf(packets, settings, [&clip] { return tamperCamera(clip, false); }));
        costs.both.push_back(costOf(packets, settings, [&clip] { return tamperCamera(clip, true); }));
        costs.decoding.push_back(costOf(packets, settings, [&packets] { return decodingCamera(packets); }));
    }
    printCosts(clip, costs);
    return {};
}

struct Found {
    std::vector<MotionEvent> events;
    StreamWatch::Work work;
};

Found eventsOf(const PalClip& clip, const std::vector<Packet>& packets, WatchDepth depth) {
    StreamWatch watch{{clip.zones, 50, {}}, depth};
    Found found;
    for (const Packet& packet : packets) {
        auto ended = watch.push(packet, static_cast<double>(packet.time) / video::kMediaTicksPerSecond);
        std::ranges::move(ended.value_or(std::vector<MotionEvent>{}), std::back_inserter(found.events));
    }
    std::ranges::move(watch.endSession(), std::back_inserter(found.events));
    found.work = watch.work();
    return found;
}

bool isTrue(const PalClip& clip, const std::vector<MotionEvent>& events) {
    const auto isFound = [&events](const std::pair<double, double>& period) {
        return std::ranges::any_of(events, [&period](const MotionEvent& event) {
            return std::abs(event.start - period.first) <= startTolerance && event.end > period.first;
        });
    };
    return std::ranges::all_of(clip.truth, isFound) && (!clip.isTruthAll || events.size() == clip.truth.size());
}

bool printEvents(const std::string& name, const PalClip& clip, const Found& found) {
    const bool isRight = isTrue(clip, found.events);
    std::cout << "  " << std::left << std::setw(12) << name << std::right << std::fixed << std::setprecision(1);
    for (const MotionEvent& event : found.events) {
        std::cout << event.start << "-" << event.end << "  ";
    }
    std::cout << (found.events.empty() ? "none  " : "") << (isRight ? "as it is" : "NOT AS IT IS") << "; "
              << found.work.decoded << " of " << found.work.packets << " decoded\n";
    return isRight;
}

/// Whether both depths find what is to be found, at file speed.
base::Result<bool> compareWithTruth(const PalClip& clip) {
    TRY_ASSIGN(const auto packets, bench::packetsOf(clip.once));
    std::cout << clip.name << ", events (s):\n  truth       " << std::fixed << std::setprecision(1);
    for (const auto& [from, until] : clip.truth) {
        std::cout << from << "-" << until << "  ";
    }
    std::cout << (clip.truth.empty() ? "none" : "") << '\n';
    const bool isAll = printEvents("everything", clip, eventsOf(clip, packets, WatchDepth::Everything));
    const bool isSome = printEvents("two stages", clip, eventsOf(clip, packets, WatchDepth::TwoStages));
    std::cout << std::flush;
    return isAll && isSome;
}

/// Processor time for a second of the film, behind its first twenty, in which a camera learns what it sees.
void printFilmCost(const std::string& name, const std::vector<Packet>& packets, const Camera& camera) {
    constexpr std::size_t learnt = 20 * 25;
    double before = 0;
    for (std::size_t number = 0; number < packets.size(); ++number) {
        if (number == learnt) {
            before = cpuSeconds();
        }
        camera(packets[number], static_cast<double>(number) / picturesASecond);
    }
    const double seconds = static_cast<double>(packets.size() - learnt) / picturesASecond;
    std::cout << "  " << std::left << std::setw(12) << name << std::fixed << std::setprecision(4)
              << (cpuSeconds() - before) / seconds << " cores\n"
              << std::flush;
}

base::Result<bool> costsOfFilm(const std::filesystem::path& film) {
    TRY_ASSIGN(const auto packets, bench::packetsOf(film));
    const PalClip clip;
    printFilmCost("decoding", packets, decodingCamera(packets));
    printFilmCost("two stages", packets, watchingCamera(clip, WatchDepth::TwoStages));
    printFilmCost("tamper", packets, tamperCamera(clip, false));
    printFilmCost("both", packets, tamperCamera(clip, true));
    return true;
}

base::Result<bool> runAll(const Settings& settings) {
    const tests::TemporaryFolder folder;
    TRY_ASSIGN(auto clips, bench::makePalClips(settings.footage, folder.path()));
    std::erase_if(clips, [&](const PalClip& clip) { return clip.name.find(settings.only) == std::string::npos; });
    bool isTruthFound = true;
    for (const PalClip& clip : clips) {
        TRY_ASSIGN(const bool isFound, compareWithTruth(clip));
        isTruthFound = isFound && isTruthFound;
    }
    for (const PalClip& clip : clips) {
        if (!settings.isTruthAlone && !clip.looped.empty()) {
            TRY(measure(clip, settings, folder.path()));
        }
    }
    return isTruthFound;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"What watching cameras for motion costs"};
    Settings settings;
    app.add_option("--footage", settings.footage, "folder of real footage");
    app.add_option("--rounds", settings.rounds, "turns of each");
    app.add_option("--seconds", settings.seconds, "how long each is measured");
    app.add_option("--cameras", settings.cameras, "of ours at once");
    app.add_option("--only", settings.only, "clips with this in their name");
    app.add_option("--film", settings.film, "one film of 25 pictures a second, at file speed");
    app.add_flag("--truth-only", settings.isTruthAlone, "no costs");
    CLI11_PARSE(app, argc, argv);
    settings.footage = std::filesystem::absolute(settings.footage);
    const auto isTruthFound = settings.film.empty() ? runAll(settings) : costsOfFilm(settings.film);
    if (!isTruthFound) {
        std::cerr << isTruthFound.error().message << '\n';
        return 1;
    }
    return *isTruthFound ? 0 : 1;
}

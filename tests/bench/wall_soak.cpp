// What stays behind on a wall that is changed all the time: memory, threads and descriptors of one process with a
// relay, twelve cameras and two walls of one desk, through many changes of layout and starts of streams. One command:
//
//     wall_soak [--changes 100000]
//
// It prints a line after the warm-up and after each tenth of the way, each with everything shown let go for the moment
// of looking, and ends with 1 if memory grew by 2 % or more from the warm-up on, or a thread or descriptor was left.
#include "base/heap.h"
#include "live_support/live_relay.h"
#include "ui/privacy/privacy_guard.h"
#include "ui/wall/wall_hub.h"
#include "ui/wall/wall_page.h"

#include <CLI/CLI.hpp>
#include <malloc.h>
#include <unistd.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>

namespace {

using namespace leedswatch;

constexpr int cameras = 12;

struct Use {
    long residentKib = 0;
    long ownKib = 0;  ///< of those resident: not the pages of programs and libraries, which others may push out
    std::size_t inUseKib = 0;  ///< of the heap; the rest of it are holes
    int threads = 0;
    int descriptors = 0;
};

int entriesOf(const std::filesystem::path& folder) {
    return static_cast<int>(
        std::distance(std::filesystem::directory_iterator{folder}, std::filesystem::directory_iterator{}));
}

Use useNow() {
    long pages = 0;
    long resident = 0;
    long shared = 0;
    std::ifstream{"/proc/self/statm"} >> pages >> resident >> shared;
    const long kibAPage = sysconf(_SC_PAGESIZE) / 1024;
    return {resident * kibAPage, (resident - shared) * kibAPage, mallinfo2().uordblks / 1024,
            entriesOf("/proc/self/task"), entriesOf("/proc/self/fd")};
}

void runFor(std::chrono::milliseconds time) {
    QElapsedTimer timer;
    timer.start();
    do {
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 5);
    } while (timer.elapsed() < time.count());
}

std::string estateCsv() {
    std::string csv = "number,name,main_url,sub_url\n";
    for (int number = 1; number <= cameras; ++number) {
        const std::string text = std::to_string(number);
        csv += text + ",Camera " + text + ",rtsp://127.0.0.1/" + text + ",rtsp://127.0.0.1/" + text + "s\n";
    }
    return csv;
}

class Soak {
public:
    Soak(ui::WallHub& hub, tests::LiveRelay& relay)
        : m_relay{relay}, m_first{hub, 1, nullptr}, m_second{hub, 2, nullptr} {
        m_first.resize(960, 600);
        m_second.resize(640, 480);
        m_first.show();
        m_second.show();
    }

    /// One change: a layout, a camera, an empty tile, a hidden wall.
    void change() {
        ui::WallPage& wall = upTo(2) == 0 ? m_first : m_second;
        switch (upTo(6)) {
            case 0:
            case 1:
            case 2: wall.setTileCount(ui::WallLayout::all()[static_cast<std::size_t>(upTo(6))].tileCount()); break;
            case 3:
                wall.hide();
                wall.show();
                break;
            case 4:
                wall.selectTile(upTo(wall.tileCount()));
                wall.clearTile();
                break;
            default: break;
        }
        wall.selectTile(upTo(wall.tileCount()));
        wall.showCamera(1 + upTo(cameras));
        QCoreApplication::processEvents();
    }

    /// With nothing shown, and after the streams that were let go have ended.
    Use look() {
        m_first.hide();
        m_second.hide();
        const auto isWatched = [this] {
            for (int number = 1; number <= cameras; ++number) {
                if (m_relay.clients(number) > 0) {
                    return true;
                }
            }
            return false;
        };
        for (int tries = 0; tries < 100 && isWatched(); ++tries) {
            runFor(std::chrono::milliseconds{100});
        }
        runFor(std::chrono::milliseconds{2000});
        malloc_trim(0);
        const Use use = useNow();
        m_first.show();
        m_second.show();
        return use;
    }

private:
    int upTo(int most) { return static_cast<int>(m_random() % static_cast<unsigned>(most)); }

    tests::LiveRelay& m_relay;
    ui::WallPage m_first;
    ui::WallPage m_second;
    std::mt19937 m_random{3};
};

void print(int changes, const Use& use) {
    std::cout << changes << " changes: " << use.residentKib << " KiB resident, " << use.ownKib << " KiB its own, "
              << use.inUseKib << " KiB in use, " << use.threads << " threads, " << use.descriptors << " descriptors"
              << std::endl;
}

int run(int changes) {
    const QTemporaryDir folder;
    const std::string path = folder.path().toStdString();
    const base::SystemClock clock;
    auto database = store::Database::open(path, clock).value();
    auto feed = store::ChangeFeed::open(*database).value();
    access::People people{*database};
    estate::CameraRegistry registry{*database};
    incident::IncidentLog log{*database};
    video::SegmentIndex archive{*database};
    ui::PrivacyGuard privacy{*database, *feed, clock};
    ui::ConsoleContext context{clock, *database, *feed,   people, registry,
                               log,   archive,   privacy, path,   access::Acting::commandLine()};
    registry.importCsv(access::Acting::commandLine(), estateCsv()).value();
    tests::LiveRelay relay{path};
    for (int number = 1; number <= cameras; ++number) {
        relay.addCamera(number);
    }
    ui::WallHub hub{context};
    Soak soak{hub, relay};
    // Until every layout has had its largest number of streams at once, memory grows to what that takes.
    const int warmUp = std::max(changes / 4, 3000);
    for (int change = 0; change < warmUp; ++change) {
        soak.change();
    }
    const Use before = soak.look();
    print(warmUp, before);
    Use now = before;
    for (int tenth = 1; tenth <= 10; ++tenth) {
        for (int change = 0; change < changes / 10; ++change) {
            soak.change();
        }
        now = soak.look();
        print(warmUp + changes / 10 * tenth, now);
    }
    const double growth =
        100.0 * static_cast<double>(now.residentKib - before.residentKib) / static_cast<double>(before.residentKib);
    std::cout << "memory grew by " << growth << " %, threads by " << now.threads - before.threads << ", descriptors by "
              << now.descriptors - before.descriptors << std::endl;
    return growth < 2 && now.threads <= before.threads && now.descriptors <= before.descriptors ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    leedswatch::base::keepHeapFlat();  // as the console does
    CLI::App options{"Memory, threads and descriptors of a wall that is changed all the time"};
    int changes = 100'000;
    options.add_option("--changes", changes, "How many changes after the warm-up")->check(CLI::Range(10, 10'000'000));
    CLI11_PARSE(options, argc, argv);
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application{argc, argv};
    return run(changes);
}

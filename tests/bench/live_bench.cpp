// How soon a desk shows a camera, and how late what it shows is. One command:
//
//     xvfb-run -a -s "-screen 0 1920x1080x24" live_bench [--tries 30] [--seconds 20]
//
// Cameras, station and desk are processes of their own: bare RTSP cameras, the real leedswatch-station, and the real
// desk page under the X server. Call-up: from the Enter behind a number to the painted tile, of a camera that was not
// on the wall, at a random moment of its GOP. Latency: pictures carry their number; from the end of their encoding to
// the end of the paint event that shows them.
#include "base/file.h"
#include "base/heap.h"
#include "support/camera_farm.h"
#include "support/drawn_street.h"
#include "ui/cameras/camera_directory.h"
#include "ui/common/theme.h"
#include "ui/privacy/privacy_guard.h"
#include "ui/shell/desk_page.h"
#include "ui/wall/wall_page.h"

#include <CLI/CLI.hpp>
#include <unistd.h>

#include <QApplication>
#include <QEventLoop>
#include <QKeyEvent>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>
#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>
#include <random>
#include <sstream>

namespace {

using namespace leedswatch;
using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;
using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr int cameras = 6;

struct Options {
    std::string mode = "all";
    std::string folder;
    std::string material = "pal";
    int tries = 30;
    int seconds = 20;
};

/// Everything that a desk is made of, over the data folder.
struct Desk {
    explicit Desk(const std::filesystem::path& folder)
        : database{*store::Database::open(folder, clock)},
          feed{*store::ChangeFeed::open(*database)},
          context{clock, *database, *feed,   people, registry,
                  log,   archive,   privacy, folder, access::Acting::commandLine()} {
        page.resize(1900, 1040);
        page.show();
        page.activateWindow();
    }

    base::SystemClock clock;
    std::unique_ptr<store::Database> database;
    std::unique_ptr<store::ChangeFeed> feed;
    access::People people{*database};
    estate::CameraRegistry registry{*database};
    incident::IncidentLog log{*database};
    video::SegmentIndex archive{*database};
    ui::PrivacyGuard privacy{*database, *feed, clock};
    ui::ConsoleContext context;
    ui::CameraDirectory directory{registry, *feed};
    ui::DeskPage page{context, directory};
};

void runFor(milliseconds time) {
    QEventLoop loop;
    QTimer::singleShot(time, &loop, &QEventLoop::quit);
    loop.exec();
}

void press(QWidget& page, Qt::Key key, const QString& text = {}) {
    QWidget* focus = QApplication::focusWidget();
    QKeyEvent event{QEvent::KeyPress, key, Qt::NoModifier, text};
    QApplication::sendEvent(focus != nullptr ? focus : &page, &event);
}

/// Looks at a tile behind each of its paint events.
class PaintWatcher final : public QObject {
public:
    PaintWatcher(QWidget& tile, std::function<void()> painted) : m_tile{tile}, m_painted{std::move(painted)} {
        tile.installEventFilter(this);
    }

protected:
    bool eventFilter(QObject* /*watched*/, QEvent* event) override {
        if (event->type() != QEvent::Paint || m_inside) {
            return false;
        }
        m_inside = true;
        QCoreApplication::sendEvent(&m_tile, event);
        m_inside = false;
        m_painted();
        return true;
    }

private:
    QWidget& m_tile;
    const std::function<void()> m_painted;
    bool m_inside = false;
};

struct CallUp {
    std::optional<milliseconds> firstPicture;
    std::optional<milliseconds> live;
};

/// Types the number and Enter and waits until the tile shows the camera live.
CallUp callUp(Desk& desk, int number) {
    ui::CameraTile& tile = desk.page.wall()->tile(desk.page.wall()->selectedTile());
    CallUp result;
    QEventLoop loop;
    Steady::time_point begin;
    const PaintWatcher watcher{tile, [&] {
                                   const auto* feed = tile.feed();
                                   if (feed == nullptr || feed->camera().number != number || !feed->picture()) {
                                       return;
                                   }
                                   const auto after = duration_cast<milliseconds>(Steady::now() - begin);
                                   if (!result.firstPicture) {
                                       result.firstPicture = after;
                                   }
                                   if (!result.live && feed->status().verdict.state == video::LiveState::Live) {
                                       result.live = after;
                                       loop.quit();
                                   }
                               }};
    press(desk.page, static_cast<Qt::Key>(Qt::Key_0 + number), QString::number(number));
    QTimer::singleShot(10s, &loop, &QEventLoop::quit);
    begin = Steady::now();
    press(desk.page, Qt::Key_Return);
    loop.exec();
    return result;
}

void print(const std::string& name, std::vector<milliseconds> times, std::size_t tries) {
    std::ranges::sort(times);
    if (times.size() < tries) {
        std::cout << name << ": only " << times.size() << " of " << tries << " came\n";
    }
    if (!times.empty()) {
        const auto at = [&times](std::size_t percent) { return times[(times.size() - 1) * percent / 100].count(); };
        std::cout << name << ": p50 " << at(50) << " ms, p95 " << at(95) << " ms, longest " << times.back().count()
                  << " ms\n";
    }
}

/// As the list of cameras knows them a moment after the desk is shown.
void waitForCameras(Desk& desk) {
    while (!desk.directory.find(cameras)) {
        runFor(20ms);
    }
}

int measureCallUps(int argc, char** argv, const Options& options) {
    QApplication application{argc, argv};
    ui::theme::apply(application);
    Desk desk{options.folder};
    waitForCameras(desk);
    const bool showsSubStream = options.material == "pal";
    desk.page.setTileCount(showsSubStream ? 16 : 1);
    desk.page.wall()->selectTile(0);
    desk.page.wall()->setFocus();
    std::mt19937 random{2026};
    std::vector<milliseconds> first;
    std::vector<milliseconds> live;
    for (int round = 0; round < options.tries; ++round) {
        const CallUp result = callUp(desk, round % cameras + 1);
        if (result.firstPicture) {
            first.push_back(*result.firstPicture);
        }
        if (result.live) {
            live.push_back(*result.live);
        }
        runFor(milliseconds{500 + random() % 2'000});
    }
    print("call-up, first picture painted", first, static_cast<std::size_t>(options.tries));
    print("call-up, live edge painted", live, static_cast<std::size_t>(options.tries));
    return 0;
}

int measureLatency(int argc, char** argv, const Options& options) {
    QApplication application{argc, argv};
    ui::theme::apply(application);
    Desk desk{options.folder};
    desk.page.setTileCount(4);
    desk.page.wall()->selectTile(0);
    desk.page.showCamera(1);
    ui::CameraTile& tile = desk.page.wall()->tile(0);
    std::map<int, std::int64_t> painted;
    bool counts = false;
    const PaintWatcher watcher{
        tile, [&] {
            const auto* feed = tile.feed();
            if (!counts || feed == nullptr || !feed->picture()) {
                return;
            }
            const video::Frame& frame = *feed->picture();
            const int number = bench::clockNumber(frame.width, frame.height, [&](int x, int y) {
                return std::to_integer<int>(frame.pixels[static_cast<std::size_t>(y * frame.stride + x * 4 + 1)]);
            });
            painted.try_emplace(number, duration_cast<microseconds>(Steady::now().time_since_epoch()).count());
        }};
    runFor(4s);
    counts = true;
    runFor(std::chrono::seconds{options.seconds});
    for (const auto& [number, time] : painted) {
        std::cout << number << ' ' << time << '\n';
    }
    return 0;
}

/// Serves until standard input ends. Prints the estate, then "ready"; at the end when each picture was sent.
int serve(const Options& options) {
    const auto waitForEnd = [](const std::string& csv) {
        std::cout << csv << "ready" << std::endl;
        std::string line;
        while (std::getline(std::cin, line)) {
        }
    };
    if (options.material == "clock") {
        const bench::ClockCamera camera;
        waitForEnd(camera.csv());
        std::cout << camera.sendTimes() << std::flush;
        return 0;
    }
    std::vector<tests::CameraLoop> loops;
    for (int number = 1; number <= cameras; ++number) {
        loops.push_back(bench::drawStreet(number, options.material == "fhd" ? bench::fullHd : bench::StreetFormat{}));
    }
    const bench::CameraFarm farm{std::move(loops)};
    waitForEnd(farm.csv());
    return 0;
}

/// Cameras of a material, and a station that has them all.
class Estate {
public:
    explicit Estate(const QString& material) {
        m_cameras.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_cameras.start(QCoreApplication::applicationFilePath(),
                        {QStringLiteral("--mode"), QStringLiteral("serve"), QStringLiteral("--material"), material});
        QByteArray csv;
        while (!csv.endsWith("ready\n") && m_cameras.waitForReadyRead(300'000)) {
            csv += m_cameras.readAllStandardOutput();
        }
        csv.chop(6);
        const base::SystemClock clock;
        auto database = *store::Database::open(folder(), clock);
        if (const auto report =
                estate::CameraRegistry{*database}.importCsv(access::Acting::commandLine(), csv.toStdString());
            !report) {
            std::cerr << report.error().message << '\n';
        }
        m_station.setProcessChannelMode(QProcess::MergedChannels);
        m_station.start(QCoreApplication::applicationDirPath() + QStringLiteral("/leedswatch-station"),
                        {QStringLiteral("--data"), m_folder.path(), QStringLiteral("--rtsp-port"), QStringLiteral("0"),
                         QStringLiteral("--arc-port"), QStringLiteral("0")});
        waitUntilLive(*database);
    }
    ~Estate() {
        m_station.terminate();
        m_station.waitForFinished();
        stopCameras();
    }
    Estate(const Estate&) = delete;
    Estate& operator=(const Estate&) = delete;

    [[nodiscard]] std::string folder() const { return m_folder.path().toStdString(); }
    /// What they print at their end.
    QByteArray stopCameras() {
        m_cameras.closeWriteChannel();
        m_cameras.waitForFinished();
        return m_cameras.readAllStandardOutput();
    }

private:
    static void waitUntilLive(store::Database& database) {
        estate::CameraRegistry registry{database};
        const auto count = registry.list()->size();
        const auto deadline = Steady::now() + 60s;
        const auto isLive = [](const estate::CameraStatus& status) {
            return status.state == estate::CameraState::Live;
        };
        while (Steady::now() < deadline) {
            const auto statuses = registry.statuses();
            if (statuses && std::ranges::count_if(*statuses, isLive) == static_cast<std::ptrdiff_t>(count)) {
                // Two GOPs, so that the relay has what it keeps.
                std::this_thread::sleep_for(8s);
                return;
            }
            std::this_thread::sleep_for(100ms);
        }
        std::cerr << "not every camera is live\n";
    }

    QTemporaryDir m_folder;
    QProcess m_cameras;
    QProcess m_station;
};

QByteArray runDesk(const std::string& mode, const std::string& folder, const QString& material,
                   const Options& options) {
    QProcess desk;
    desk.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    desk.start(QCoreApplication::applicationFilePath(),
               {QStringLiteral("--mode"), QString::fromStdString(mode), QStringLiteral("--folder"),
                QString::fromStdString(folder), QStringLiteral("--material"), material, QStringLiteral("--tries"),
                QString::number(options.tries), QStringLiteral("--seconds"), QString::number(options.seconds)});
    desk.waitForFinished(-1);
    return desk.readAllStandardOutput();
}

std::map<int, std::int64_t> timesIn(const QByteArray& text) {
    std::map<int, std::int64_t> times;
    std::istringstream lines{text.toStdString()};
    int number = 0;
    std::int64_t time = 0;
    while (lines >> number >> time) {
        times.insert_or_assign(number, time);
    }
    return times;
}

void compareTimes(const QByteArray& sent, const QByteArray& painted) {
    const auto sentAt = timesIn(sent);
    const auto paintedAt = timesIn(painted);
    std::vector<milliseconds> latency;
    for (const auto& [number, time] : paintedAt) {
        if (const auto found = sentAt.find(number); found != sentAt.end()) {
            latency.push_back(duration_cast<milliseconds>(microseconds{time - found->second}));
        }
    }
    std::cout << paintedAt.size() << " different pictures painted\n";
    print("latency, sent by the camera to painted", latency, paintedAt.size());
}

int orchestrate(int argc, char** argv, const Options& options) {
    const QCoreApplication application{argc, argv};
    const auto heading = [](const char* text) { std::cout << text << std::endl; };
    {
        heading("704x576, GOP 2 s, in one of 16 tiles:");
        const Estate estate{QStringLiteral("pal")};
        std::cout << runDesk("call-up", estate.folder(), QStringLiteral("pal"), options).toStdString();
    }
    {
        heading("1920x1080, GOP 4 s, alone on the wall:");
        const Estate estate{QStringLiteral("fhd")};
        std::cout << runDesk("call-up", estate.folder(), QStringLiteral("fhd"), options).toStdString();
    }
    heading("704x576, steady state:");
    Estate estate{QStringLiteral("clock")};
    const QByteArray painted = runDesk("latency", estate.folder(), QStringLiteral("clock"), options);
    compareTimes(estate.stopCameras(), painted);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    leedswatch::base::keepHeapFlat();  // as the console does
    CLI::App app{"How soon a desk shows a camera, and how late what it shows is"};
    Options options;
    app.add_option("--mode", options.mode, "all; serve, call-up and latency are used by the program itself");
    app.add_option("--folder", options.folder, "used by the program itself")->group("");
    app.add_option("--material", options.material, "used by the program itself")->group("");
    app.add_option("--tries", options.tries, "how many call-ups of each kind");
    app.add_option("--seconds", options.seconds, "how long latency is measured");
    CLI11_PARSE(app, argc, argv);
    if (options.mode == "serve") {
        return serve(options);
    }
    if (options.mode == "call-up") {
        return measureCallUps(argc, argv, options);
    }
    if (options.mode == "latency") {
        return measureLatency(argc, argv, options);
    }
    return orchestrate(argc, argv, options);
}

// What the wall costs: the CPU of a console process with 16 live cameras on its wall, against bare libavformat and
// libavcodec that read and decode the same 16 live streams, a thread each. One command:
//
//     wall_bench [--seconds 20] [--rounds 1]
//
// It starts three processes of itself, one after the other but for the relay: the relay (not counted), the bare
// decoder, the wall under an X server of its own, and the bare decoder again; then the same wall as 16 windows of mpv,
// where that is installed. It prints core figures and the ratios, and their medians over the rounds.
#include "base/heap.h"
#include "live_support/live_relay.h"
#include "support/drawn_street.h"
#include "support/mpv_wall.h"
#include "ui/privacy/privacy_guard.h"
#include "ui/wall/wall_page.h"
#include "video/ffmpeg_error.h"
#include "video/relay_address.h"

#include <CLI/CLI.hpp>
#include <sys/resource.h>
#include <unistd.h>

#include <QApplication>
#include <QProcess>
#include <QTemporaryDir>
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <numeric>

namespace {

using namespace leedswatch;
using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

constexpr int cameras = 16;
constexpr double picturesASecond = 25;
constexpr auto warmUp = 4s;

double seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

double ownCpu() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void waitUntil(Steady::time_point when) {
    std::this_thread::sleep_until(when);
}

/// One stream: read, decode, drop.
void decodeStream(const std::string& url, std::atomic<bool>& stop, std::atomic<std::int64_t>& pictures) {
    AVFormatContext* context = avformat_alloc_context();
    context->interrupt_callback = {[](void* flag) { return static_cast<std::atomic<bool>*>(flag)->load() ? 1 : 0; },
                                   &stop};
    AVDictionary* options = nullptr;
    av_dict_set(&options, "rtsp_transport", "tcp", 0);
    const int answer = avformat_open_input(&context, url.c_str(), nullptr, &options);
    av_dict_free(&options);
    if (answer < 0) {
        std::cerr << "a stream does not open\n";
        return;
    }
    const video::InputHandle input{context};
    const AVCodec* codec = avcodec_find_decoder(AV_CODEC_ID_H264);
    const video::CodecContextHandle decoder{avcodec_alloc_context3(codec)};
    avcodec_parameters_to_context(decoder.get(), input->streams[0]->codecpar);
    decoder->thread_count = 1;
    decoder->flags |= AV_CODEC_FLAG_LOW_DELAY;
    avcodec_open2(decoder.get(), codec, nullptr);
    const video::PacketHandle packet{av_packet_alloc()};
    const video::FrameHandle frame{av_frame_alloc()};
    while (!stop && av_read_frame(input.get(), packet.get()) >= 0) {
        avcodec_send_packet(decoder.get(), packet.get());
        av_packet_unref(packet.get());
        while (avcodec_receive_frame(decoder.get(), frame.get()) >= 0) {
            ++pictures;
        }
    }
}

void printCost(double cpu, double wall, std::int64_t pictures) {
    std::cout << "cost " << cpu / wall << ' ' << static_cast<double>(pictures) / wall << std::endl;
}

std::vector<std::string> urlsWithSignIn(const std::string& folder) {
    const auto relay = *video::readRelayAddress(folder);
    std::vector<std::string> urls;
    for (int number = 1; number <= cameras; ++number) {
        urls.push_back(relay.url(number, video::StreamKind::Sub));
        urls.back().insert(urls.back().find("//") + 2, relay.username + ":" + relay.password + "@");
    }
    return urls;
}

int runDecoder(const std::string& folder, std::chrono::seconds duration) {
    video::quietFfmpeg();
    std::atomic<bool> stop = false;
    std::atomic<std::int64_t> pictures = 0;
    std::vector<std::jthread> threads;
    for (const std::string& url : urlsWithSignIn(folder)) {
        threads.emplace_back([url, &stop, &pictures] { decodeStream(url, stop, pictures); });
    }
    waitUntil(Steady::now() + warmUp);
    const auto begin = Steady::now();
    const double cpu = ownCpu();
    const std::int64_t before = pictures;
    waitUntil(begin + duration);
    printCost(ownCpu() - cpu, std::chrono::duration<double>(Steady::now() - begin).count(), pictures - before);
    stop = true;
    return 0;
}

void serveStreets(const std::string& folder) {
    tests::LiveRelay relay{folder};
    for (int number = 1; number <= cameras; ++number) {
        relay.addCamera(number, bench::drawStreet(number));
    }
    std::cout << "ready" << std::endl;
    pause();
}

std::string estateCsv() {
    std::string csv = "number,name,main_url,sub_url\n";
    for (int number = 1; number <= cameras; ++number) {
        const std::string text = std::to_string(number);
        csv += text + ",Street " + text + ",rtsp://127.0.0.1/" + text + ",rtsp://127.0.0.1/" + text + "s\n";
    }
    return csv;
}

std::int64_t picturesOf(ui::WallPage& wall) {
    std::int64_t pictures = 0;
    for (int index = 0; index < wall.tileCount(); ++index) {
        if (auto* feed = wall.tile(index).feed()) {
            feed->check();
            pictures += feed->status().pictures;
        }
    }
    return pictures;
}

void printCallUps(ui::WallPage& wall) {
    std::vector<long> times;
    for (int index = 0; index < wall.tileCount(); ++index) {
        if (auto* feed = wall.tile(index).feed(); feed != nullptr && feed->status().firstPictureAfter) {
            times.push_back(feed->status().firstPictureAfter->count());
        }
    }
    std::sort(times.begin(), times.end());
    if (!times.empty()) {
        std::cout << "all 16 called up at once: first picture p50 " << times[times.size() / 2] << " ms, last "
                  << times.back() << " ms" << std::endl;
    }
}

int runWall(int& argc, char** argv, const std::string& folder, std::chrono::seconds duration,
            const std::string& screenshot) {
    QApplication application{argc, argv};
    const base::SystemClock clock;
    auto database = *store::Database::open(folder, clock);
    auto feed = *store::ChangeFeed::open(*database);
    access::People people{*database};
    estate::CameraRegistry registry{*database};
    incident::IncidentLog log{*database};
    video::SegmentIndex archive{*database};
    if (const auto report = registry.importCsv(access::Acting::commandLine(), estateCsv()); !report) {
        std::cerr << report.error().message << '\n';
        return 1;
    }
    ui::PrivacyGuard privacy{*database, *feed, clock};
    ui::ConsoleContext context{clock, *database, *feed,   people, registry,
                               log,   archive,   privacy, folder, access::Acting::commandLine()};
    ui::WallHub hub{context};
    ui::WallPage wall{hub, 1, nullptr};
    wall.setTileCount(cameras);
    // Tiles of 484 by 314 have room for pictures of 480 by 270 between frame and strip.
    wall.resize(4 * 488 + 4, 4 * 318 + 4);
    wall.show();
    for (int index = 0; index < cameras; ++index) {
        wall.selectTile(index);
        wall.showCamera(index + 1);
    }
    std::int64_t before = 0;
    double cpu = 0;
    Steady::time_point begin;
    QTimer::singleShot(warmUp, &wall, [&] {
        printCallUps(wall);
        before = picturesOf(wall);
        cpu = ownCpu();
        begin = Steady::now();
    });
    QTimer::singleShot(warmUp + duration, &wall, [&] {
        printCost(ownCpu() - cpu, std::chrono::duration<double>(Steady::now() - begin).count(),
                  picturesOf(wall) - before);
        if (const auto& picture = wall.tile(0).feed()->picture()) {
            std::cout << "shown at " << picture->width << 'x' << picture->height << std::endl;
        }
        if (!screenshot.empty()) {
            wall.grab().save(QString::fromStdString(screenshot));
        }
        QApplication::quit();
    });
    return QApplication::exec();
}

struct Cost {
    double cores = 0;
    double pictures = 0;
    double xServer = 0;
};

Cost measure(const std::string& mode, const std::string& folder, int duration, const QStringList& more,
             qint64 xServer) {
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QCoreApplication::applicationFilePath(),
                  QStringList{QStringLiteral("--mode"), QString::fromStdString(mode), QStringLiteral("--folder"),
                              QString::fromStdString(folder), QStringLiteral("--seconds"), QString::number(duration)} +
                      more);
    const double before = xServer > 0 ? bench::cpuOfProcess(xServer) : 0;
    process.waitForFinished(-1);
    Cost cost;
    const QString output = QString::fromUtf8(process.readAllStandardOutput());
    for (const QString& line : output.split(QLatin1Char{'\n'}, Qt::SkipEmptyParts)) {
        if (line.startsWith(QStringLiteral("cost "))) {
            const QStringList words = line.split(QLatin1Char{' '});
            cost.cores = words.value(1).toDouble();
            cost.pictures = words.value(2).toDouble();
        } else {
            std::cout << "  " << line.toStdString() << '\n';
        }
    }
    if (xServer > 0) {
        cost.xServer =
            (bench::cpuOfProcess(xServer) - before) / (duration + std::chrono::duration<double>(warmUp).count());
    }
    std::cout << mode << ": " << cost.cores << " core, " << cost.pictures << " pictures/s" << std::endl;
    return cost;
}

struct Ratios {
    double decoding = 0;
    std::optional<double> mpv;  ///< where it is installed
};

Ratios measureRound(const std::string& folder, int duration, const std::string& screenshot, qint64 xServer) {
    const Cost first = measure("decoder", folder, duration, {}, 0);
    const Cost wall = measure("wall", folder, duration,
                              {QStringLiteral("--screenshot"), QString::fromStdString(screenshot)}, xServer);
    const Cost second = measure("decoder", folder, duration, {}, 0);
    const double bare = (first.cores + second.cores) / 2;
    // A machine that is too busy leaves out pictures; then the second ratio is the one to read.
    const double pictures = (first.pictures + second.pictures) / 2;
    Ratios ratios{wall.cores / bare, {}};
    std::cout << "X server besides: " << wall.xServer << " core\n"
              << "ratio wall / bare decode: " << ratios.decoding << '\n'
              << "the same for each decoded picture: " << wall.cores / wall.pictures / (bare / pictures) << std::endl;
    if (const auto mpv =
            bench::measureMpvWall(urlsWithSignIn(folder), picturesASecond, 10s, std::chrono::seconds{duration})) {
        ratios.mpv = wall.cores / mpv->cores;
        std::cout << "mpv: " << mpv->cores << " core, " << mpv->pictures << " pictures/s\n"
                  << "ratio wall / the same wall in mpv: " << *ratios.mpv << std::endl;
    }
    return ratios;
}

void printMedian(const char* what, std::vector<double> ratios) {
    if (ratios.empty()) {
        return;
    }
    std::sort(ratios.begin(), ratios.end());
    std::cout << "median of " << ratios.size() << ", " << what << ": " << ratios[ratios.size() / 2] << " ("
              << ratios.front() << " to " << ratios.back() << ")\n";
}

int orchestrate(int argc, char** argv, int duration, int rounds, const std::string& screenshot) {
    const QCoreApplication application{argc, argv};
    QTemporaryDir folder;
    const std::string path = folder.path().toStdString();
    QProcess relay;
    relay.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    relay.start(QCoreApplication::applicationFilePath(),
                {QStringLiteral("--mode"), QStringLiteral("relay"), QStringLiteral("--folder"), folder.path()});
    relay.waitForReadyRead(180'000);
    QProcess xServer;
    xServer.start(QStringLiteral("Xvfb"),
                  {QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-screen"), QStringLiteral("0"),
                   QStringLiteral("1980x1300x24"), QStringLiteral("-nolisten"), QStringLiteral("tcp")});
    if (!xServer.waitForReadyRead(20'000)) {
        std::cerr << "Xvfb does not start; install xvfb\n";
        return 1;
    }
    qputenv("DISPLAY", ":" + xServer.readAllStandardOutput().trimmed());
    qputenv("QT_QPA_PLATFORM", "xcb");
    std::vector<double> besideDecoding;
    std::vector<double> besideMpv;
    for (int round = 0; round < rounds; ++round) {
        const Ratios ratios = measureRound(path, duration, screenshot, xServer.processId());
        besideDecoding.push_back(ratios.decoding);
        if (ratios.mpv) {
            besideMpv.push_back(*ratios.mpv);
        }
    }
    printMedian("wall / bare decode", besideDecoding);
    printMedian("wall / the same wall in mpv", besideMpv);
    for (QProcess* process : {&relay, &xServer}) {
        process->terminate();
        process->waitForFinished();
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    leedswatch::base::keepHeapFlat();  // as the console does
    CLI::App app{"The CPU of a wall of 16 live cameras against bare decoding of the same streams"};
    std::string mode = "all";
    std::string folder;
    std::string screenshot;
    int duration = 20;
    int rounds = 1;
    app.add_option("--mode", mode, "all, relay, decoder or wall");
    app.add_option("--folder", folder, "data folder, for the single modes");
    app.add_option("--seconds", duration, "how long each is measured");
    app.add_option("--rounds", rounds, "how often all are measured in turns");
    app.add_option("--screenshot", screenshot, "where the wall saves what it shows");
    CLI11_PARSE(app, argc, argv);
    if (mode == "relay") {
        serveStreets(folder);
    } else if (mode == "decoder") {
        return runDecoder(folder, std::chrono::seconds{duration});
    } else if (mode == "wall") {
        return runWall(argc, argv, folder, std::chrono::seconds{duration}, screenshot);
    }
    return orchestrate(argc, argv, duration, rounds, screenshot);
}

#include "base/log.h"
#include "station/station.h"
#include "store/database.h"

#include <CLI/CLI.hpp>
#include <malloc.h>
#include <sys/resource.h>

#include <csignal>
#include <cstdlib>
#include <iostream>

namespace {

using namespace leedswatch;

enum ExitCode { kGood = 0, kWrong = 1, kUsage = 2 };

std::filesystem::path defaultDataFolder() {
    if (const char* data = std::getenv("XDG_DATA_HOME"); data != nullptr && *data != '\0') {
        return std::filesystem::path{data} / "leedswatch";
    }
    const char* home = std::getenv("HOME");
    return std::filesystem::path{home != nullptr ? home : "/"} / ".local/share/leedswatch";
}

// Blocked before any thread is made, so that every thread inherits it and only `waitForStop` takes one.
sigset_t blockStopSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    // A desk that goes away while it is sent something is an error of one write, not the end of the station.
    std::signal(SIGPIPE, SIG_IGN);
    return signals;
}

// GOPs come and go by the hundred kilobytes in many threads. Kept in few arenas, and not given back to the kernel each
// time, they cost less memory and no page faults.
void tuneMemory() {
    mallopt(M_ARENA_MAX, 4);
    mallopt(M_MMAP_THRESHOLD, 4 << 20);
    mallopt(M_TRIM_THRESHOLD, 16 << 20);
}

// Each panel that keeps its connection takes a descriptor, and the usual limit is 1,024.
void allowManyConnections() {
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &files);
    }
}

/// Where alarm receivers are heard, as it is typed.
struct ReceiverOptions {
    std::optional<int> port;
    std::vector<std::string> connect;
    std::vector<std::string> serial;
};

void declareReceivers(CLI::App& app, ReceiverOptions& options) {
    app.add_option("--mlr2-port", options.port,
                   "Where alarm receivers connect that send Sur-Gard MLR2 or Ademco 685 lines, at --arc-address; 0 "
                   "takes a free port, and without it none is listened at")
        ->check(CLI::Range(0, 65535));
    app.add_option("--mlr2-connect", options.connect, "A receiver to connect to; may be given several times")
        ->type_name("HOST:PORT")
        ->allow_extra_args(false);
    app.add_option("--mlr2-serial", options.serial,
                   "A serial line of a receiver; may be given several times. Without a framing 7E1 at 1200 and 19200, "
                   "else 8N1; without a speed 9600")
        ->type_name("DEVICE[:SPEED[:7E1|8N1]]")
        ->allow_extra_args(false);
}

base::Result<alarm::Mlr2PortSettings> receiversOf(const ReceiverOptions& options, const std::string& address) {
    alarm::Mlr2PortSettings receivers;
    receivers.address = address;
    receivers.port = options.port;
    for (const std::string& text : options.connect) {
        TRY_ASSIGN(auto to, alarm::parseHostAndPort(text));
        receivers.connect.push_back(std::move(to));
    }
    for (const std::string& text : options.serial) {
        TRY_ASSIGN(auto serial, alarm::parseSerialSettings(text));
        receivers.serial.push_back(std::move(serial));
    }
    return receivers;
}

int run(const station::StationSettings& settings) {
    tuneMemory();
    allowManyConnections();
    const sigset_t signals = blockStopSignals();
    // Before the log is opened, for that makes folders.
    if (const auto found = store::Database::requireIn(settings.dataFolder); !found) {
        std::cerr << "leedswatch-station: " << found.error().message << '\n';
        return kWrong;
    }
    if (const auto log = base::startLog("leedswatch-station", settings.dataFolder / "logs"); !log) {
        std::cerr << "leedswatch-station: " << log.error().message << '\n';
        return kWrong;
    }
    const base::SystemClock clock;
    auto station = station::Station::start(settings, clock);
    if (!station) {
        spdlog::error("{}", station.error().message);
        return kWrong;
    }
    spdlog::info("the station serves {}, relay on port {}", settings.dataFolder.string(), (*station)->relayPort());
    int signal = 0;
    sigwait(&signals, &signal);
    spdlog::info("stopping");
    station->reset();
    spdlog::info("stopped");
    return kGood;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"Records and relays the cameras of a data folder and receives alarms until it is told to stop",
                 "leedswatch-station"};
    station::StationSettings settings;
    settings.dataFolder = defaultDataFolder();
    app.add_option("--data", settings.dataFolder, "The data folder")->type_name("DIR")->capture_default_str();
    app.add_option("--rtsp-port", settings.relayPort, "Where live video is relayed; 0 takes a free port")
        ->check(CLI::Range(0, 65535))
        ->capture_default_str();
    alarm::AlarmPortSettings alarms;
    app.add_option("--arc-port", alarms.port, "Where alarm panels report, TCP and UDP; 0 takes a free port")
        ->check(CLI::Range(0, 65535))
        ->capture_default_str();
    app.add_option("--arc-address", alarms.address, "The address of this machine at which they do; 0.0.0.0 for all")
        ->capture_default_str();
    ReceiverOptions receiverOptions;
    declareReceivers(app, receiverOptions);
    std::vector<std::string> allowances;
    app.add_option(
           "--arc-allowance", allowances,
           "Signals that an address may send: ADDRESS=PER_SECOND[:BURST]; without ADDRESS= for all others (50:500). "
           "What comes above waits; life-safety signals do not")
        ->type_name("ALLOWANCE")
        ->allow_extra_args(false);
    app.set_config("--config", "", "Reads options from this file (TOML)");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error, std::cout, std::cerr) == 0 ? kGood : kUsage;
    }
    const auto receivers = receiversOf(receiverOptions, alarms.address);
    if (!receivers) {
        std::cerr << "leedswatch-station: " << receivers.error().message << '\n';
        return kUsage;
    }
    for (const std::string& allowance : allowances) {
        if (const auto added = alarms.allowances.add(allowance); !added) {
            std::cerr << "--arc-allowance: " << added.error().message << '\n';
            return kUsage;
        }
    }
    settings.alarms = alarms;
    settings.receivers = *receivers;
    return run(settings);
}

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "panel_options.h"
#include "simulator/control_port.h"
#include "simulator/control_router.h"
#include "simulator/self_signed.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <iostream>
#include <map>

namespace {

using namespace leedswatch;

struct Options {
    simulator::TrainingEstate::Settings estate;
    PanelOptions panels;
    std::optional<std::filesystem::path> control;
    std::optional<std::filesystem::path> passwordFile;
    std::optional<std::filesystem::path> csvFile;
    std::optional<std::filesystem::path> certificateFile;
    bool hasTls = false;
    bool isDay = false;
    bool isNight = false;
    bool stopsOnEndOfInput = false;
};

void declare(CLI::App& app, Options& options) {
    constexpr int mostCameras = 2000;
    app.add_option("--cameras", options.estate.cameras, "how many; with clips: one for each clip if left out")
        ->check(CLI::Range(0, mostCameras));
    app.add_option("--clips", options.estate.clips, "a folder of videos to show instead of drawn streets");
    app.add_option("--rtsp-port", options.estate.port, "0 takes a free one")->check(CLI::Range(0, 65535));
    app.add_flag("--port-per-camera", options.estate.hasPortPerCamera,
                 "each camera at a port of its own, from --rtsp-port on upwards: a stopped one refuses connections");
    app.add_option("--address", options.estate.address, "the address to listen at")->capture_default_str();
    app.add_option("--seed", options.estate.seed, "another seed, another city")->capture_default_str();
    app.add_option("--control", options.control, "a UNIX socket for control lines");
    auto* username = app.add_option("--username", options.estate.credentials.username, "what the cameras ask for");
    app.add_option("--password-file", options.passwordFile, "the file whose first line is the password")
        ->needs(username);
    const std::map<std::string, rtsp::Carrier> carriers{
        {"tcp", rtsp::Carrier::Tcp}, {"udp", rtsp::Carrier::Udp}, {"multicast", rtsp::Carrier::Multicast}};
    auto* transport = app.add_option("--transport", options.estate.server.carrier, "how pictures go out")
                          ->transform(CLI::CheckedTransformer{carriers})
                          ->option_text("tcp|udp|multicast");
    const std::map<std::string, rtsp::SignIn> signIns{{"digest", rtsp::SignIn::Digest}, {"basic", rtsp::SignIn::Basic}};
    app.add_option("--sign-in", options.estate.server.signIn, "how passwords are asked for")
        ->transform(CLI::CheckedTransformer{signIns})
        ->option_text("digest|basic");
    auto* tls =
        app.add_flag("--tls", options.hasTls, "RTSPS, with a certificate made for this run")->excludes(transport);
    app.add_option("--write-certificate", options.certificateFile, "where that certificate goes, for camera-ca.pem")
        ->needs(tls);
    app.add_option("--write-csv", options.csvFile, "writes the estate for leedswatchctl cameras import");
    using simulator::SoundChoice;
    const std::map<std::string, SoundChoice> sounds{{"none", SoundChoice::None},
                                                    {"aac", SoundChoice::Aac},
                                                    {"mulaw", SoundChoice::MuLaw},
                                                    {"alaw", SoundChoice::ALaw},
                                                    {"mixed", SoundChoice::Mixed}};
    app.add_option("--audio", options.estate.sound, "the tone that drawn cameras send beside their full picture")
        ->transform(CLI::CheckedTransformer{sounds})
        ->option_text("none|aac|mulaw|alaw|mixed");
    auto* day = app.add_flag("--day", options.isDay, "daylight, whatever the time");
    app.add_flag("--night", options.isNight, "night, whatever the time")->excludes(day);
    app.add_flag("--stop-on-eof", options.stopsOnEndOfInput, "stop when standard input ends");
    declarePanels(app, options.panels);
    app.footer(
        "Control lines for cameras: stop, start, freeze, black, noise, clear, drop, refuse, stall, hang N; resolution "
        "N "
        "WxH; reboot N SECONDS; timestamps N jump|back|repeat|wrap|drop; clock N +SECONDS.\n" +
        panelFooter() + "\nFor both: status.");
}

bool hasCameras(const Options& options) {
    return options.estate.cameras > 0 || options.estate.clips.has_value();
}

base::Result<void> complete(Options& options) {
    TRY(complete(options.panels));
    if (!hasCameras(options) && options.panels.count == 0) {
        return base::fail(base::ErrorCode::InvalidInput,
                          "say how many cameras (--cameras N), which clips (--clips) or how many panels (--panels M)");
    }
    if (options.estate.hasPortPerCamera && options.estate.port + options.estate.cameras - 1 > 65535) {
        return base::fail(base::ErrorCode::InvalidInput, "the ports of " + std::to_string(options.estate.cameras) +
                                                             " cameras from " + std::to_string(options.estate.port) +
                                                             " on go beyond 65535");
    }
    if (!options.estate.credentials.username.empty() && !options.passwordFile) {
        return base::fail(base::ErrorCode::InvalidInput, "--username needs --password-file");
    }
    if (options.passwordFile) {
        TRY_ASSIGN(std::string text, base::readWholeFile(*options.passwordFile, 4096));
        options.estate.credentials.password = text.substr(0, text.find_first_of("\r\n"));
        if (options.estate.credentials.password.empty()) {
            return base::fail(base::ErrorCode::InvalidInput,
                              options.passwordFile->string() + " is empty; its first line must be the password");
        }
    }
    if (options.hasTls) {
        TRY_ASSIGN(const auto made, simulator::makeSelfSigned(options.estate.address));
        options.estate.server.identity = made.identity;
        if (options.certificateFile) {
            TRY(base::replaceFile(*options.certificateFile, made.certificate));
        }
    }
    if (options.isDay || options.isNight) {
        options.estate.lighting = options.isDay ? simulator::Lighting::Day : simulator::Lighting::Night;
    }
    return {};
}

base::Result<std::unique_ptr<simulator::TrainingEstate>> startCameras(const Options& options, const base::Clock& clock,
                                                                      simulator::ControlPort& control) {
    base::Result<std::unique_ptr<simulator::TrainingEstate>> started;
    if (!hasCameras(options)) {
        return started;
    }
    control.runUntilSignal(
        [&](const std::stop_token& stop) { started = simulator::TrainingEstate::start(options.estate, clock, stop); });
    if (started && options.csvFile) {
        TRY(base::replaceFile(*options.csvFile, (*started)->csv(), 0600));
    }
    return started;
}

void sayReady(const Options& options, const simulator::TrainingEstate& estate) {
    std::cout << "ready: " << estate.count() << " cameras at " << (options.hasTls ? "rtsps://" : "rtsp://")
              << options.estate.address << ":" << estate.port()
              << (options.estate.hasPortPerCamera ? " (camera 1; each has a port of its own)" : "") << std::endl;
}

base::Result<void> runEstate(const Options& options) {
    using simulator::ControlPort;
    TRY_ASSIGN(ControlPort control, ControlPort::open(options.control));
    const base::SystemClock clock;
    TRY_ASSIGN(const auto cameras, startCameras(options, clock, control));
    if (cameras) {
        sayReady(options, *cameras);
    }
    TRY_ASSIGN(const auto panels, startPanels(options.panels, options.estate.seed, clock));
    if (!cameras && !panels) {
        return {};  // the premises were written, and nobody dials
    }
    const simulator::ControlRouter router{cameras.get(), panels.get()};
    control.run([&](std::string_view line) { return router.answer(line); },
                options.stopsOnEndOfInput ? ControlPort::EndOfInput::Stop : ControlPort::EndOfInput::GoOn);
    return panels ? finishPanels(*panels) : base::Result<void>{};
}

}  // namespace

int main(int argumentCount, char** arguments) {
    CLI::App app{
        "A training estate: RTSP cameras that show drawn streets or given clips, and alarm panels that dial a "
        "receiver, with "
        "faults on command."};
    Options options;
    declare(app, options);
    try {
        app.parse(argumentCount, arguments);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    if (const auto logging = base::startLog("leedswatch-simulator", {}); !logging) {
        std::cerr << logging.error().message << "\n";
        return 1;
    }
    if (const auto completed = complete(options); !completed) {
        std::cerr << completed.error().message << "\n";
        return 2;
    }
    if (const auto result = runEstate(options); !result) {
        std::cerr << result.error().message << "\n";
        return 1;
    }
    return 0;
}

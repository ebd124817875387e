#include "panel_options.h"

#include "base/file.h"

#include <CLI/CLI.hpp>
#include <spdlog/spdlog.h>

#include <charconv>
#include <iostream>
#include <map>

namespace leedswatch {

namespace {

// "10.1.2.3:9300", "arc.example:9300" and "[::1]:9300"
base::Result<void> readReceiver(const std::string& text, simulator::PanelEstate::Settings& settings) {
    const std::size_t colon = text.rfind(':');
    std::string host = text.substr(0, colon == std::string::npos ? text.size() : colon);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
        host = host.substr(1, host.size() - 2);
    }
    int port = 0;
    const char* end = text.data() + text.size();
    const char* digits = colon == std::string::npos ? end : text.data() + colon + 1;
    const auto [stop, error] = std::from_chars(digits, end, port);
    if (host.empty() || error != std::errc{} || stop != end || port < 1 || port > 65535) {
        return base::fail(base::ErrorCode::InvalidInput, "\"" + text +
                                                             "\" is no receiver; write its host and port, as in "
                                                             "--arc 127.0.0.1:9300");
    }
    settings.host = host;
    settings.port = port;
    return {};
}

}  // namespace

void declarePanels(CLI::App& app, PanelOptions& options) {
    using simulator::PanelCarrier;
    auto* panels = app.add_option("--panels", options.count, "how many alarm panels dial in")
                       ->check(CLI::Range(1, simulator::mostPanels));
    app.add_option("--arc", options.receiver, "HOST:PORT of the receiver that panels dial")->needs(panels);
    app.add_option("--write-premises", options.premisesFile,
                   "writes the panels' premises, keys included, for leedswatchctl premises import; without --arc that "
                   "is all")
        ->needs(panels);
    app.add_option("--write-acknowledged", options.estate.acknowledgedFile,
                   "a new CSV file: each signal that was acknowledged")
        ->needs(panels);
    const std::map<std::string, PanelCarrier> carriers{{"kept", PanelCarrier::KeptConnection},
                                                       {"message", PanelCarrier::ConnectionPerMessage},
                                                       {"udp", PanelCarrier::Datagrams}};
    app.add_option("--panel-carrier", options.carrier,
                   "all panels keep a TCP connection, make one for each message, or send by UDP; mixed if left out")
        ->needs(panels)
        ->transform(CLI::CheckedTransformer{carriers})
        ->option_text("kept|message|udp");
    app.add_flag("--one-address", options.estate.hasOneAddress,
                 "panels that dial this machine share one address; else each has its own, 127.1.0.1 and on")
        ->needs(panels);
}

std::string panelFooter() {
    return "Control lines for panels: panel N or panels A-B, and then intruder, fire, holdup, panic, medical or tamper "
           "[zone Z]; open, close or abort [user U]; confirm [SECONDS], restore, late-close, test, lowbattery, mains, "
           "unknown CODE, event 1|3 CODE AREA ZONE (Contact ID) or event CODE AREA ZONE (SIA), runaway [PER_MINUTE] "
           "[COUNT], crc MESSAGES, deaf SECONDS, silent [SECONDS], late-test "
           "[SECONDS], wrong-key, clock +SECONDS, clear. For all: storm COUNT [SECONDS], day [SPEED], stop.";
}

base::Result<void> complete(PanelOptions& options) {
    if (options.count == 0) {
        return {};
    }
    if (options.receiver.empty() && !options.premisesFile) {
        return base::fail(base::ErrorCode::InvalidInput,
                          "say which receiver the panels dial (--arc HOST:PORT), or where to write their premises "
                          "(--write-premises FILE)");
    }
    return options.receiver.empty() ? base::Result<void>{} : readReceiver(options.receiver, options.estate);
}

base::Result<std::unique_ptr<simulator::PanelEstate>> startPanels(PanelOptions options, std::uint64_t seed,
                                                                  const base::Clock& clock) {
    if (options.count == 0) {
        return std::unique_ptr<simulator::PanelEstate>{};
    }
    auto premises = simulator::drawManyPremises(seed, options.count, options.carrier);
    if (options.premisesFile) {
        TRY(base::replaceFile(*options.premisesFile, simulator::premisesCsv(premises), 0600));
    }
    if (options.receiver.empty()) {
        return std::unique_ptr<simulator::PanelEstate>{};
    }
    constexpr std::size_t forOthers = 100;
    const std::size_t descriptors = simulator::allowManyDescriptors();
    if (descriptors < static_cast<std::size_t>(options.count) + forOthers) {
        spdlog::warn(
            "this program may open {} files and connections: some of {} panels will have to wait for one; raise "
            "the limit (ulimit -n)",
            descriptors, options.count);
    }
    options.estate.seed = seed;
    TRY_ASSIGN(auto panels, simulator::PanelEstate::start(options.estate, std::move(premises), clock));
    std::cout << "ready: " << panels->count() << " panels dial " << options.receiver << std::endl;
    return panels;
}

base::Result<void> finishPanels(simulator::PanelEstate& panels) {
    const auto stopped = panels.stop();
    std::cout << panels.status() << std::flush;
    return stopped;
}

}  // namespace leedswatch

#include "programs/ctl/alarm_port_command.h"

#include "base/local_time.h"
#include "response/port_statuses.h"

namespace leedswatch::ctl {
namespace {

using response::PortStatus;
using CountsByName = std::map<std::string, std::uint64_t>;

// Three times as long as the station lets pass.
constexpr std::chrono::seconds freshFor{30};

nlohmann::json jsonOfPort(const PortStatus& status, bool isFresh) {
    return {{"port", status.port},
            {"open", isFresh},
            {"written", base::formatUtc(status.written)},
            {"since", base::formatUtc(status.opened)},
            {"waiting", status.waiting},
            {"connections", status.counts.connections},
            {"connections_ever", status.counts.connectionsEver},
            {"connections_refused", status.counts.connectionsRefused},
            {"signals", status.counts.signals},
            {"polls", status.counts.polls},
            {"held", status.counts.held},
            {"not_taken", status.counts.notTaken},
            {"faults", status.counts.faults},
            {"refusals", status.counts.refusals},
            {"strangers", status.counts.strangers}};
}

void addLines(Table& table, const char* what, const CountsByName& counts) {
    for (const auto& [name, count] : counts) {
        table.add({what + name, std::to_string(count)});
    }
}

std::string wordsOfPort(const PortStatus& status, bool isFresh) {
    const alarm::AlarmPortCounts& counts = status.counts;
    Table table{{"SINCE IT WAS OPENED", "COUNT"}};
    const auto line = [&](const char* what, auto count) { table.add({what, std::to_string(count)}); };
    line("connections now", counts.connections);
    line("connections", counts.connectionsEver);
    line("connections refused, as there were too many", counts.connectionsRefused);
    line("signals", counts.signals);
    line("signals that wait for the disk", status.waiting);
    line("signals held back, above their address's allowance", counts.held);
    line("signals not taken and not answered", counts.notTaken);
    line("polls", counts.polls);
    addLines(table, "no message: ", counts.faults);
    addLines(table, "refused: ", counts.refusals);
    addLines(table, "a stranger, closed: ", counts.strangers);
    return status.port + ", opened " + base::formatLocal(status.opened) + ", as it was at " +
           base::formatLocal(status.written) + (isFresh ? "" : ". It is not open now, or the station does not run") +
           ".\n" + table.text();
}

base::Result<ExitCode> showPorts(Session& session) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    if (!access::require(acting, access::Right::ReadLog)) {
        TRY(access::require(acting, access::Right::AcknowledgeFaults));
    }
    TRY_ASSIGN(const auto statuses, response::PortStatuses{*database}.list());
    auto document = nlohmann::json::array();
    std::string words;
    for (const PortStatus& status : statuses) {
        const bool isFresh = database->clock().now() - status.written < freshFor;
        document.push_back(jsonOfPort(status, isFresh));
        words += (words.empty() ? "" : "\n") + wordsOfPort(status, isFresh);
    }
    session.show(document, statuses.empty() ? "No station has received alarms here yet." : words);
    return ExitCode::Good;
}

}  // namespace

void addAlarmPortCommand(CLI::App& alarms, Session& session, Command& chosen) {
    auto* port = alarms.add_subcommand("port", "Show what went through the ports at which panels report");
    onCommand(*port, chosen, [&session] { return showPorts(session); });
}

}  // namespace leedswatch::ctl

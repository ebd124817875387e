#include "station/receiver_lines.h"

#include "base/csv_table.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

namespace leedswatch::station {
namespace {

constexpr const char* silentKind = "alarm-receiver";
constexpr const char* troubleKind = "alarm-receiver-trouble";
constexpr const char* portKind = "alarm-port";
constexpr const char* portObject = "port of alarm receivers";
constexpr int mostRemembered = 5'000;

void logUnwritten(const base::Result<void>& written) {
    if (!written) {
        spdlog::error("a fault of an alarm receiver is not written: {}", written.error().message);
    }
}

// Makers have words of their own for it; what is none of these lasts until somebody has acknowledged it.
bool saysItIsOver(const std::string& text) {
    const std::string lowered = base::loweredAscii(text);
    return lowered.find("restor") != std::string::npos || lowered.find("normal") != std::string::npos;
}

}  // namespace

ReceiverLines::ReceiverLines(alarm::Mlr2PortSettings settings, estate::FaultRegister& faults,
                             response::SignalJournal& journal, const base::Clock& clock)
    : m_settings{std::move(settings)}, m_faults{faults}, m_journal{journal}, m_clock{clock} {}

void ReceiverLines::start(alarm::SignalStore& store) {
    if (!m_settings.isWanted()) {
        return;
    }
    rememberLastLines();
    rememberSilentOnes();
    auto opened = alarm::Mlr2Port::open(m_settings, store, m_clock);
    if (!opened) {
        spdlog::error("alarm receivers cannot be heard: {}", opened.error().message);
        logUnwritten(m_faults.raise(portKind, portObject, "Alarm receivers cannot be heard: " + opened.error().message,
                                    "Correct --arc-address and start the station again."));
        return;
    }
    m_port = *std::move(opened);
    keepListening();
}

// A station that was killed between storing a line and answering it is sent it again.
void ReceiverLines::rememberLastLines() {
    response::SignalQuery query;
    query.from = m_clock.now() - alarm::repetitionWindow;
    query.most = mostRemembered;
    const auto signals = m_journal.list(access::Acting::station(), query);
    if (!signals) {
        spdlog::error("the last lines of alarm receivers cannot be read: {}", signals.error().message);
        return;
    }
    for (const response::StoredSignal& stored : *signals) {
        const alarm::ReceivedSignal& signal = stored.signal.received;
        if (signal.protocol != "DC-09") {
            m_settings.remembered.push_back({signal.source, signal.data, signal.sequence});
        }
    }
}

// A receiver that called us and was silent when the station ended is still missed. One that somebody has acknowledged
// to be silent, and that still is, was taken away.
void ReceiverLines::rememberSilentOnes() {
    const auto faults = m_faults.current();
    for (const estate::Fault& fault : faults ? *faults : std::vector<estate::Fault>{}) {
        if (fault.kind != silentKind) {
            continue;
        }
        if (fault.acknowledgedBy.empty() || isConfigured(fault.object)) {
            m_settings.silentBefore.push_back(fault.object);
        } else {
            logUnwritten(m_faults.end(silentKind, fault.object));
        }
    }
}

bool ReceiverLines::isConfigured(const std::string& name) const {
    const auto names = alarm::configuredReceivers(m_settings);
    return std::find(names.begin(), names.end(), name) != names.end();
}

void ReceiverLines::keep() {
    if (!m_port) {
        return;
    }
    keepListening();
    for (const alarm::Mlr2ReceiverState& receiver : m_port->receivers()) {
        keepReceiver(receiver);
    }
    endAcknowledgedTroubles();
}

void ReceiverLines::keepListening() {
    const std::string why = m_port->whyNotListening();
    logUnwritten(why.empty() ? m_faults.end(portKind, portObject)
                             : m_faults.raise(portKind, portObject, "No alarm receiver can connect: " + why,
                                              "End the other program, or give the station another port (--mlr2-port) "
                                              "and the receivers too. It is tried again every ten seconds."));
}

void ReceiverLines::keepReceiver(const alarm::Mlr2ReceiverState& receiver) {
    if (receiver.silent >= longestSilence) {
        const std::string why =
            receiver.isConnected || receiver.whyNot.empty() ? "" : " (last: " + receiver.whyNot + ")";
        logUnwritten(m_faults.raise(
            silentKind, receiver.name,
            "Neither a line nor a heartbeat has come from it for " + std::to_string(longestSilence.count()) +
                " seconds" + why,
            "Look whether the receiver runs and how it is connected: until then its panels are not heard here."));
    } else if (receiver.wasHeard) {
        logUnwritten(m_faults.end(silentKind, receiver.name));
    }
    if (std::exchange(m_toldTroubles[receiver.name], receiver.troubles) != receiver.troubles) {
        logUnwritten(saysItIsOver(receiver.trouble)
                         ? m_faults.end(troubleKind, receiver.name)
                         : m_faults.raise(troubleKind, receiver.name,
                                          "The receiver reports of itself: " + receiver.trouble,
                                          "Look at the receiver. This ends when it reports that it is over, or when "
                                          "somebody acknowledges it."));
    }
}

void ReceiverLines::endAcknowledgedTroubles() {
    const auto faults = m_faults.current();
    for (const estate::Fault& fault : faults ? *faults : std::vector<estate::Fault>{}) {
        if (fault.kind == troubleKind && !fault.acknowledgedBy.empty()) {
            logUnwritten(m_faults.end(troubleKind, fault.object));
        }
    }
}

}  // namespace leedswatch::station

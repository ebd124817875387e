#pragma once

#include "alarm/mlr2_conversation.h"
#include "alarm/mlr2_receivers.h"
#include "alarm/serial_settings.h"
#include "alarm/signal_store.h"
#include "base/clock.h"
#include "base/result.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace leedswatch::alarm {

/// A line that was stored shortly before the station ended, and whose receiver may not have been answered.
struct Mlr2Remembered {
    std::string source;  ///< of the signal, by which its receiver is known
    std::string text;    ///< its data
    std::string sequence;
};

struct Mlr2PortSettings {
    std::string address = "127.0.0.1";      ///< where receivers reach us; "0.0.0.0" and "::" for all
    std::optional<int> port = {};           ///< none: we do not listen; 0 takes a free one
    std::vector<HostAndPort> connect = {};  ///< receivers that we call
    std::vector<SerialSettings> serial = {};
    std::size_t mostConnections = 64;
    Mlr2Times times = {};
    std::chrono::milliseconds idleTime = std::chrono::seconds{180};
    std::chrono::milliseconds partialTime = std::chrono::seconds{10};
    std::chrono::milliseconds firstPause = std::chrono::seconds{1};  ///< before it is tried again; doubles
    std::chrono::milliseconds longestPause = std::chrono::seconds{30};
    std::chrono::milliseconds connectTime = std::chrono::seconds{10};
    /// Lines that were stored shortly before the station ended, the newest first: the newest of each receiver counts.
    std::vector<Mlr2Remembered> remembered = {};
    /// Receivers that were silent when the station ended, by name.
    std::vector<std::string> silentBefore = {};

    [[nodiscard]] bool isWanted() const { return port.has_value() || !connect.empty() || !serial.empty(); }
};

/// The names of the receivers that we call and of those on serial lines.
[[nodiscard]] std::vector<std::string> configuredReceivers(const Mlr2PortSettings& settings);

/// What went through since it was opened.
struct Mlr2PortCounts {
    std::size_t connections = 0;  ///< now, with the serial lines that are open
    std::uint64_t connectionsEver = 0;
    std::uint64_t connectionsRefused = 0;
    std::uint64_t signals = 0;  ///< handed to the store, those that were sent again too
    std::uint64_t again = 0;    ///< known to be sent again
    std::uint64_t heartbeats = 0;
    std::uint64_t unanswered = 0;  ///< could not be stored, or too late
    std::uint64_t noLines = 0;     ///< bytes that were no line: refused
    std::map<std::string, std::uint64_t> strangers;
};

/// Receives the lines of alarm receivers, Sur-Gard MLR2 and Ademco 685 (reference 3.2, 3.3): from those that connect to
/// us, from those that we connect to, and from serial lines. A line is acknowledged when it is stored, in time or not
/// at all. What cannot be opened is tried again, with pauses that double and differ. One thread (Asio).
class Mlr2Port {
public:
    /// `store` and `clock` outlive it. Error: InvalidInput (the address). A port that is taken is tried again.
    [[nodiscard]] static base::Result<std::unique_ptr<Mlr2Port>> open(const Mlr2PortSettings& settings,
                                                                      SignalStore& store, const base::Clock& clock);
    /// Closes all connections. What the store finishes after is not answered; the receivers send it again.
    virtual ~Mlr2Port() = default;

    /// Where it listens; 0: it does not.
    [[nodiscard]] virtual int port() const = 0;
    /// Why it does not listen though it should; empty: it does.
    [[nodiscard]] virtual std::string whyNotListening() const = 0;
    [[nodiscard]] virtual Mlr2PortCounts counts() const = 0;
    [[nodiscard]] virtual std::vector<Mlr2ReceiverState> receivers() const = 0;
};

}  // namespace leedswatch::alarm

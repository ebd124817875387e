#pragma once

#include "alarm/account_book.h"
#include "alarm/signal_store.h"
#include "alarm/source_limits.h"
#include "base/clock.h"
#include "base/result.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace leedswatch::alarm {

struct AlarmPortSettings {
    std::string address = "127.0.0.1";  ///< a number; "0.0.0.0" and "::" for all
    int port = 9300;                    ///< of TCP and UDP; 0 takes a free one
    std::size_t mostConnections = 20'000;
    /// Of a connection; of a panel whose poll interval is known, twice that if it is longer, while three quarters of
    /// the connections are not in use.
    std::chrono::milliseconds idleTime = std::chrono::seconds{120};
    std::chrono::milliseconds partialTime = std::chrono::seconds{10};  ///< for the rest of a message
    SourceAllowances allowances = {};
    std::size_t mostHeld = 2'000;  ///< of one address, above its allowance; further ones are not taken
};

/// What went through a port since it was opened: for health, and for people who wonder why a panel is not heard.
struct AlarmPortCounts {
    std::size_t connections = 0;  ///< now
    std::uint64_t connectionsEver = 0;
    std::uint64_t connectionsRefused = 0;  ///< too many
    std::uint64_t signals = 0;             ///< handed to the store
    std::uint64_t polls = 0;
    std::uint64_t held = 0;                          ///< above an address's allowance: stored a little later
    std::uint64_t notTaken = 0;                      ///< far above it, or the store could not write: not answered
    std::map<std::string, std::uint64_t> faults;     ///< "crc", "length", ...: bytes that were no message
    std::map<std::string, std::uint64_t> refusals;   ///< why messages were answered with NAK or DUH
    std::map<std::string, std::uint64_t> strangers;  ///< "HTTP", "TLS", ...
};

/// Receives DC-09 over TCP and UDP at one port (reference 1.4, 1.7, 1.10): any number of messages on a connection, each
/// answered when it is stored, in their order but for urgent ones. Scanners are counted and closed. One thread (Asio).
class AlarmPort {
public:
    /// `book` and `store` outlive it. Errors: InvalidInput (the address), Busy (the port is taken), NotPermitted (a
    /// port below 1024).
    [[nodiscard]] static base::Result<std::unique_ptr<AlarmPort>> open(const AlarmPortSettings& settings,
                                                                       const AccountBook& book, SignalStore& store,
                                                                       const base::Clock& clock);
    /// Closes all connections. What the store finishes after is not answered; the panels send it again.
    virtual ~AlarmPort() = default;

    [[nodiscard]] virtual int port() const = 0;
    [[nodiscard]] virtual AlarmPortCounts counts() const = 0;
};

}  // namespace leedswatch::alarm

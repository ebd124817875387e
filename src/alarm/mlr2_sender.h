#pragma once

#include "alarm/serial_settings.h"
#include "base/result.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace leedswatch::alarm {

struct Mlr2SenderSettings {
    HostAndPort to;
    std::string receiver = "01";
    char line = '1';
    std::chrono::milliseconds heartbeat = std::chrono::seconds{30};
    std::chrono::milliseconds answerTime = std::chrono::seconds{4};
    int resends = 3;
    std::size_t mostBuffered = 256;
    std::chrono::milliseconds reconnectPause = std::chrono::seconds{1};
};

struct Mlr2SenderCounts {
    std::uint64_t acknowledged = 0;  ///< lines, each once
    std::uint64_t resent = 0;
    std::uint64_t refused = 0;     ///< answered with NAK; they are sent again
    std::uint64_t heartbeats = 0;  ///< acknowledged ones
    std::uint64_t connections = 0;
    std::size_t buffered = 0;  ///< now, with the one that waits for its answer
    bool isConnected = false;
    bool isHoldingBack = false;  ///< nobody answered: it waits for a heartbeat's acknowledgement
};

/// What a Sur-Gard receiver does at its automation port (reference 3.2): sends a line and waits for its answer, sends
/// it up to three times more, then buffers and goes on when a heartbeat is acknowledged. For tests and the simulator. A
/// thread of its own (Asio).
class Mlr2Sender {
public:
    /// Connects, and connects again whenever the connection ends. Never fails: what cannot be reached is tried again.
    [[nodiscard]] static std::unique_ptr<Mlr2Sender> start(const Mlr2SenderSettings& settings);
    virtual ~Mlr2Sender() = default;

    /// A line with its terminator. False: the buffer is full. From any thread.
    [[nodiscard]] virtual bool send(const std::string& line) = 0;
    [[nodiscard]] virtual Mlr2SenderCounts counts() const = 0;
};

}  // namespace leedswatch::alarm

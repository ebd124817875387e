#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "video/stream_parser.h"

#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace leedswatch::video {

struct StreamAddress {
    std::string url;  ///< rtsp://host[:port]/path
    std::string username;
    std::string password;
};

struct SourceTimeouts {
    std::chrono::milliseconds connect{5'000};  ///< from the first byte sent to the stream's description and PLAY
    std::chrono::milliseconds silence{3'000};  ///< between packets
};

/// A camera's RTSP stream over TCP, one attempt of one session; trying again is the caller's. Pictures come as they
/// are, nothing is decoded. Used by one thread; every wait ends within 100 ms of a stop.
///
/// Errors of both calls: Unreachable (nothing there, or the port is closed), TimedOut (there, and silent), SignInFailed
/// (401, 403), NotFound (404), Unsupported (no video that is carried; the message names what it is), Disconnected,
/// Cancelled. The messages name the host and never hold a credential.
class RtspSource {
public:
    [[nodiscard]] static base::Result<std::unique_ptr<RtspSource>> open(const StreamAddress& address,
                                                                        const base::Clock& clock, std::stop_token stop,
                                                                        SourceTimeouts timeouts = {});
    virtual ~RtspSource() = default;

    /// Waits for the next picture. One whose parameter sets are not known yet is passed over.
    [[nodiscard]] virtual base::Result<Packet> read() = 0;
};

/// "10.1.2.3:554" of an address, for messages.
[[nodiscard]] std::string hostOf(const std::string& url);

}  // namespace leedswatch::video

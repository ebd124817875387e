#pragma once

#include "base/result.h"
#include "video/libav_input.h"

#include <filesystem>
#include <memory>
#include <string>

namespace leedswatch::video {

/// A TLS connection to a camera, and a port of this machine through which it is used in the clear. libavformat's own
/// RTSP over TLS cannot be given certificates to trust; with this there is one way for RTSPS and HTTPS, one rule of
/// what is trusted, and one set of words. The port takes one connection and is gone with the object.
class TlsTunnel {
public:
    /// `host` as "10.1.2.3:322", and the name by which the camera is known. With `authorities` (PEM), the camera's
    /// certificate must be vouched for by one of them and be in its name or number; with an empty path nothing is
    /// checked. Connecting and the handshake end with `patience`. Errors: Unreachable, TimedOut, Disconnected,
    /// NotPermitted (the certificate), Unsupported (there is no TLS), NotFound (the file of the authorities),
    /// Cancelled.
    [[nodiscard]] static base::Result<std::unique_ptr<TlsTunnel>> open(const std::string& host, const std::string& name,
                                                                       const std::filesystem::path& authorities,
                                                                       const Patience& patience);
    TlsTunnel() = default;
    TlsTunnel(const TlsTunnel&) = delete;
    TlsTunnel& operator=(const TlsTunnel&) = delete;
    virtual ~TlsTunnel() = default;

    /// On 127.0.0.1.
    [[nodiscard]] virtual int port() const = 0;
};

}  // namespace leedswatch::video

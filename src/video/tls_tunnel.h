#pragma once

#include "network/host.h"

#include <filesystem>
#include <memory>

namespace leedswatch::video {

/// A TLS connection to a camera, and a port of this machine through which libavformat uses it in the clear: its own TLS
/// cannot be given certificates to trust for every protocol. The port takes one connection and is gone with the object.
class TlsTunnel {
public:
    /// Errors: those of network::findAddresses and network::Channel::connectTls; Internal.
    [[nodiscard]] static base::Result<std::unique_ptr<TlsTunnel>> open(const network::Host& host,
                                                                       const std::filesystem::path& authorities,
                                                                       const network::Patience& patience);
    TlsTunnel() = default;
    TlsTunnel(const TlsTunnel&) = delete;
    TlsTunnel& operator=(const TlsTunnel&) = delete;
    virtual ~TlsTunnel() = default;

    /// On 127.0.0.1.
    [[nodiscard]] virtual int port() const = 0;
};

}  // namespace leedswatch::video

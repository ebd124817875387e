#pragma once

#include "network/patience.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::network {

/// "name:port", "name" or "[v6]:port" of an address, apart.
struct Host {
    std::string name;  ///< or number; without brackets
    int port = 0;

    /// Nothing if the port is no port.
    [[nodiscard]] static std::optional<Host> parse(std::string_view text, int usualPort);
    /// As it was written: "10.1.2.3:554", for messages.
    [[nodiscard]] std::string text() const;
};

/// An address of the network, of either family.
struct Endpoint {
    sockaddr_storage address{};
    socklen_t size = 0;

    [[nodiscard]] int family() const { return address.ss_family; }
    [[nodiscard]] int port() const;
    [[nodiscard]] Endpoint withPort(int port) const;
    /// The same machine, whatever the port.
    [[nodiscard]] bool isSameMachineAs(const Endpoint& other) const;
    [[nodiscard]] bool isMulticast() const;
};

/// The addresses that a host has, in the system's order. The system's look-up cannot be interrupted, so it is done on a
/// thread that nobody waits for. Errors: Unreachable (no such name), TimedOut, Cancelled.
[[nodiscard]] base::Result<std::vector<Endpoint>> lookUp(const Host& host, const Patience& patience);

}  // namespace leedswatch::network

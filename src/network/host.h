#pragma once

#include "network/patience.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <functional>
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
    /// "10.1.2.3:554", "[v6]:554".
    [[nodiscard]] std::string text() const;
    [[nodiscard]] Endpoint withPort(int port) const;
    /// The same machine, whatever the port.
    [[nodiscard]] bool isSameMachineAs(const Endpoint& other) const;
    [[nodiscard]] bool isMulticast() const;
    [[nodiscard]] bool isLoopback() const;
};

/// Asks the system for a host's addresses. May take for ever; nothing found is empty.
using LookUp = std::function<std::vector<Endpoint>(const Host& host)>;
[[nodiscard]] std::vector<Endpoint> lookUpBySystem(const Host& host);

/// The addresses that a host has, those of IPv4 first. The system's look-up cannot be interrupted, so it is done on a
/// thread that nobody waits for. Errors: Unreachable (no such name, or nobody says), Cancelled.
[[nodiscard]] base::Result<std::vector<Endpoint>> findAddresses(const Host& host, const Patience& patience,
                                                                const LookUp& lookUp = lookUpBySystem);

}  // namespace leedswatch::network

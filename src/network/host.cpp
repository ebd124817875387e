#include "network/host.h"

#include <arpa/inet.h>
#include <netdb.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <condition_variable>
#include <cstddef>
#include <cstring>
#include <memory>
#include <mutex>
#include <span>
#include <thread>

namespace leedswatch::network {
namespace {

constexpr std::chrono::milliseconds kLook{50};

struct PendingLookUp {
    std::mutex mutex;
    std::condition_variable done;
    // Guarded by mutex.
    std::optional<std::vector<Endpoint>> found;
};

std::vector<Endpoint> addressesOf(const Host& host, int flags) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = flags;
    addrinfo* list = nullptr;
    std::vector<Endpoint> found;
    if (::getaddrinfo(host.name.c_str(), std::to_string(host.port).c_str(), &hints, &list) != 0) {
        return found;
    }
    for (const addrinfo* one = list; one != nullptr; one = one->ai_next) {
        Endpoint endpoint;
        endpoint.size = one->ai_addrlen;
        std::memcpy(&endpoint.address, one->ai_addr, one->ai_addrlen);
        found.push_back(endpoint);
    }
    ::freeaddrinfo(list);
    return found;
}

std::span<const std::byte> numberOf(const Endpoint& endpoint) {
    if (endpoint.family() == AF_INET6) {
        const auto& address = reinterpret_cast<const sockaddr_in6&>(endpoint.address);
        return std::as_bytes(std::span{&address.sin6_addr, 1});
    }
    const auto& address = reinterpret_cast<const sockaddr_in&>(endpoint.address);
    return std::as_bytes(std::span{&address.sin_addr, 1});
}

}  // namespace

std::optional<Host> Host::parse(std::string_view text, int usualPort) {
    const auto bracket = text.rfind(']');
    const auto colon = text.rfind(':');
    const bool hasPort = colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
    Host host{std::string{text.substr(0, hasPort ? colon : text.size())}, usualPort};
    if (hasPort) {
        const auto digits = text.substr(colon + 1);
        const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), host.port);
        if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size()) {
            return std::nullopt;
        }
    }
    if (host.name.size() >= 2 && host.name.front() == '[' && host.name.back() == ']') {
        host.name = host.name.substr(1, host.name.size() - 2);
    }
    const bool isGood = !host.name.empty() && host.port > 0 && host.port <= 65'535;
    return isGood ? std::optional{std::move(host)} : std::nullopt;
}

std::string Host::text() const {
    const bool isNumberOfSix = name.find(':') != std::string::npos;
    return (isNumberOfSix ? "[" + name + "]" : name) + ":" + std::to_string(port);
}

int Endpoint::port() const {
    return ntohs(family() == AF_INET6 ? reinterpret_cast<const sockaddr_in6&>(address).sin6_port
                                      : reinterpret_cast<const sockaddr_in&>(address).sin_port);
}

std::string Endpoint::text() const {
    std::array<char, INET6_ADDRSTRLEN> number{};
    ::inet_ntop(family(), numberOf(*this).data(), number.data(), number.size());
    return Host{number.data(), port()}.text();
}

Endpoint Endpoint::withPort(int port) const {
    Endpoint other = *this;
    const auto number = htons(static_cast<std::uint16_t>(port));
    if (family() == AF_INET6) {
        reinterpret_cast<sockaddr_in6&>(other.address).sin6_port = number;
    } else {
        reinterpret_cast<sockaddr_in&>(other.address).sin_port = number;
    }
    return other;
}

bool Endpoint::isSameMachineAs(const Endpoint& other) const {
    const auto mine = numberOf(*this);
    return family() == other.family() && std::memcmp(mine.data(), numberOf(other).data(), mine.size()) == 0;
}

bool Endpoint::isMulticast() const {
    const auto first = std::to_integer<unsigned>(numberOf(*this)[0]);
    return family() == AF_INET6 ? first == 0xFF : (first & 0xF0U) == 0xE0;
}

bool Endpoint::isLoopback() const {
    if (family() == AF_INET6) {
        return IN6_IS_ADDR_LOOPBACK(&reinterpret_cast<const sockaddr_in6&>(address).sin6_addr);
    }
    return numberOf(*this)[0] == std::byte{127};
}

std::vector<Endpoint> lookUpBySystem(const Host& host) {
    auto found = addressesOf(host, AI_NUMERICSERV);
    // Many cameras have an address of IPv6 that nobody has set up.
    std::ranges::stable_partition(found, [](const Endpoint& one) { return one.family() == AF_INET; });
    return found;
}

base::Result<std::vector<Endpoint>> findAddresses(const Host& host, const Patience& patience, const LookUp& lookUp) {
    if (auto numbers = addressesOf(host, AI_NUMERICHOST | AI_NUMERICSERV); !numbers.empty()) {
        return numbers;
    }
    auto work = std::make_shared<PendingLookUp>();
    std::thread{[work, host, lookUp] {
        auto found = lookUp(host);
        const std::scoped_lock lock{work->mutex};
        work->found = std::move(found);
        work->done.notify_all();
    }}.detach();
    std::unique_lock lock{work->mutex};
    while (!work->found && !patience.isOver()) {
        work->done.wait_for(lock, kLook);
    }
    if (patience.isStopped()) {
        return base::fail(base::ErrorCode::Cancelled, "looking up " + host.name + " was stopped");
    }
    if (!work->found) {
        return base::fail(base::ErrorCode::Unreachable,
                          "nobody says which address '" + host.name + "' has; check the DNS server, or use its number");
    }
    if (work->found->empty()) {
        return base::fail(base::ErrorCode::Unreachable,
                          "no host has the name '" + host.name + "'; correct it, or use its number");
    }
    return *work->found;
}

}  // namespace leedswatch::network

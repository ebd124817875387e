#include "video/connection_probe.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace leedswatch::video {
namespace {

constexpr std::chrono::milliseconds kProbe{500};
constexpr int kStepMilliseconds = 50;
constexpr const char* kRtspPort = "554";

struct HostAndPort {
    std::string name;
    std::string port;  ///< empty if it was not said
};

HostAndPort split(const std::string& host) {
    const auto bracket = host.rfind(']');
    const auto colon = host.rfind(':');
    const bool hasPort = colon != std::string::npos && (bracket == std::string::npos || colon > bracket);
    std::string name = hasPort ? host.substr(0, colon) : host;
    if (name.size() >= 2 && name.front() == '[' && name.back() == ']') {
        name = name.substr(1, name.size() - 2);
    }
    return {std::move(name), hasPort ? host.substr(colon + 1) : ""};
}

struct AddressDeleter {
    void operator()(addrinfo* list) const { freeaddrinfo(list); }
};
using Addresses = std::unique_ptr<addrinfo, AddressDeleter>;

Addresses look(const HostAndPort& host, int flags) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = flags;
    addrinfo* list = nullptr;
    const char* port = host.port.empty() ? kRtspPort : host.port.c_str();
    return Addresses{getaddrinfo(host.name.c_str(), port, &hints, &list) == 0 ? list : nullptr};
}

std::string asNumber(const addrinfo& address, const std::string& port) {
    std::array<char, NI_MAXHOST> text{};
    if (getnameinfo(address.ai_addr, address.ai_addrlen, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST) != 0) {
        return {};
    }
    const std::string number = address.ai_family == AF_INET6 ? "[" + std::string{text.data()} + "]" : text.data();
    return port.empty() ? number : number + ":" + port;
}

struct PendingLookUp {
    std::mutex mutex;
    std::condition_variable_any done;
    std::optional<std::string> number;
};

base::Error connectionError(int reason, const std::string& host) {
    if (reason == ECONNREFUSED) {
        return {base::ErrorCode::Unreachable, "nothing listens at " + host + "; check its port"};
    }
    return {base::ErrorCode::Unreachable, "no answer from " + host + "; check its power and its network"};
}

}  // namespace

std::string lookUpByDns(const std::string& host) {
    const HostAndPort wanted = split(host);
    const Addresses addresses = look(wanted, 0);
    const addrinfo* chosen = addresses.get();
    for (const addrinfo* one = addresses.get(); one != nullptr; one = one->ai_next) {
        if (one->ai_family == AF_INET) {
            chosen = one;
            break;
        }
    }
    return chosen == nullptr ? "" : asNumber(*chosen, wanted.port);
}

base::Result<std::string> numberOf(const std::string& host, const std::stop_token& stop,
                                   std::chrono::milliseconds limit, const LookUp& lookUp) {
    const HostAndPort wanted = split(host);
    if (look(wanted, AI_NUMERICHOST)) {
        return host;
    }
    // A look-up cannot be interrupted, so it gets a thread that nobody waits for and a state that outlives us.
    auto pending = std::make_shared<PendingLookUp>();
    std::thread{[pending, host, lookUp] {
        auto number = lookUp(host);
        const std::scoped_lock lock{pending->mutex};
        pending->number = std::move(number);
        pending->done.notify_all();
    }}.detach();
    std::unique_lock lock{pending->mutex};
    const bool answered = pending->done.wait_for(lock, stop, limit, [&] { return pending->number.has_value(); });
    if (answered && !pending->number->empty()) {
        return *pending->number;
    }
    if (stop.stop_requested()) {
        return base::fail(base::ErrorCode::Cancelled, "looking up " + wanted.name + " was stopped");
    }
    return base::fail(base::ErrorCode::Unreachable,
                      answered ? "no host has the name '" + wanted.name + "'; correct it, or use its number"
                               : "the name '" + wanted.name + "' was looked up in vain for " + inSeconds(limit) +
                                     "; check the DNS server, or use the camera's number");
}

base::Result<int> connectTo(const std::string& host, const Patience& patience) {
    const Addresses addresses = look(split(host), AI_NUMERICHOST);
    if (!addresses) {
        return base::fail(base::ErrorCode::InvalidInput, "'" + host + "' is not a number with a port");
    }
    const int descriptor = ::socket(addresses->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0) {
        return base::fail(base::errorFromErrno(errno, "open a socket for " + host));
    }
    int reason = ::connect(descriptor, addresses->ai_addr, addresses->ai_addrlen) == 0 ? 0 : errno;
    while (reason == EINPROGRESS && !patience.isStopped() && !patience.isOver()) {
        pollfd waiting{descriptor, POLLOUT, 0};
        if (::poll(&waiting, 1, kStepMilliseconds) > 0) {
            socklen_t size = sizeof reason;
            ::getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &reason, &size);
        }
    }
    if (reason == 0) {
        return descriptor;
    }
    ::close(descriptor);
    if (patience.isStopped()) {
        return base::fail(base::ErrorCode::Cancelled, "connecting to " + host + " was stopped");
    }
    return base::fail(connectionError(reason, host));
}

bool acceptsConnections(const std::string& host, const base::Clock& clock, const std::stop_token& stop) {
    Patience patience{clock, stop};
    patience.renew(kProbe);
    const auto descriptor = connectTo(host, patience);
    if (descriptor) {
        ::close(*descriptor);
    }
    return descriptor.has_value();
}

std::string nameOfHost(const std::string& host) {
    return split(host).name;
}

std::string withPort(const std::string& host, int port) {
    return split(host).port.empty() ? host + ":" + std::to_string(port) : host;
}

}  // namespace leedswatch::video

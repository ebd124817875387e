#include "video/connection_probe.h"

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace leedswatch::video {
namespace {

constexpr int kProbeMilliseconds = 500;
constexpr int kStepMilliseconds = 50;

struct HostAndPort {
    std::string name;
    std::string port;
};

HostAndPort split(const std::string& host) {
    const auto bracket = host.rfind(']');
    const auto colon = host.rfind(':');
    const bool hasPort = colon != std::string::npos && (bracket == std::string::npos || colon > bracket);
    std::string name = hasPort ? host.substr(0, colon) : host;
    if (name.size() >= 2 && name.front() == '[' && name.back() == ']') {
        name = name.substr(1, name.size() - 2);
    }
    return {std::move(name), hasPort ? host.substr(colon + 1) : "554"};
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
    return Addresses{getaddrinfo(host.name.c_str(), host.port.c_str(), &hints, &list) == 0 ? list : nullptr};
}

struct LookUp {
    std::mutex mutex;
    std::condition_variable_any done;
    std::optional<bool> known;
};

bool completes(int descriptor, const std::stop_token& stop) {
    for (int waited = 0; waited < kProbeMilliseconds && !stop.stop_requested(); waited += kStepMilliseconds) {
        pollfd waiting{descriptor, POLLOUT, 0};
        if (::poll(&waiting, 1, kStepMilliseconds) > 0) {
            int reason = 0;
            socklen_t size = sizeof reason;
            return ::getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &reason, &size) == 0 && reason == 0;
        }
    }
    return false;
}

}  // namespace

base::Result<void> checkHostName(const std::string& host, const std::stop_token& stop,
                                 std::chrono::milliseconds limit) {
    const HostAndPort wanted = split(host);
    if (look(wanted, AI_NUMERICHOST)) {
        return {};
    }
    // getaddrinfo cannot be interrupted, so it gets a thread that nobody waits for and a state that outlives us.
    auto lookUp = std::make_shared<LookUp>();
    std::thread{[lookUp, wanted] {
        const bool known = look(wanted, 0) != nullptr;
        const std::scoped_lock lock{lookUp->mutex};
        lookUp->known = known;
        lookUp->done.notify_all();
    }}.detach();
    std::unique_lock lock{lookUp->mutex};
    lookUp->done.wait_for(lock, stop, limit, [&] { return lookUp->known.has_value(); });
    if (lookUp->known.value_or(false)) {
        return {};
    }
    if (stop.stop_requested()) {
        return base::fail(base::ErrorCode::Cancelled, "looking up " + wanted.name + " was stopped");
    }
    return base::fail(base::ErrorCode::Unreachable,
                      "no host has the name '" + wanted.name + "'; correct it, or use its number");
}

bool acceptsConnections(const std::string& host, const std::stop_token& stop) {
    const Addresses addresses = look(split(host), 0);
    for (const addrinfo* one = addresses.get(); one != nullptr; one = one->ai_next) {
        const int descriptor = ::socket(one->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        if (descriptor < 0) {
            continue;
        }
        const bool accepted = ::connect(descriptor, one->ai_addr, one->ai_addrlen) == 0 ||
                              (errno == EINPROGRESS && completes(descriptor, stop));
        ::close(descriptor);
        if (accepted) {
            return true;
        }
    }
    return false;
}

}  // namespace leedswatch::video

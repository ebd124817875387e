#pragma once

#include <asio/ip/tcp.hpp>
#include <asio/steady_timer.hpp>

#include <chrono>
#include <functional>
#include <utility>

namespace leedswatch::alarm {

/// Gives every connection of an acceptor to `take` until it is closed. Out of descriptors it pauses: trying again at
/// once would only burn the processor. Both outlive the loop; on the thread of their context.
inline void acceptEach(asio::ip::tcp::acceptor& acceptor, asio::steady_timer& pause,
                       std::function<void(asio::ip::tcp::socket)> take) {
    acceptor.async_accept(
        [&acceptor, &pause, take = std::move(take)](std::error_code error, asio::ip::tcp::socket socket) mutable {
            if (!acceptor.is_open()) {
                return;
            }
            if (!error) {
                take(std::move(socket));
                acceptEach(acceptor, pause, std::move(take));
                return;
            }
            pause.expires_after(std::chrono::milliseconds{100});
            pause.async_wait([&acceptor, &pause, take = std::move(take)](std::error_code cancelled) mutable {
                if (!cancelled) {
                    acceptEach(acceptor, pause, std::move(take));
                }
            });
        });
}

}  // namespace leedswatch::alarm

#pragma once

#include <asio/io_context.hpp>
#include <asio/post.hpp>

#include <mutex>
#include <utility>

namespace leedswatch::alarm {

/// The way from the store's thread back to a port's, which may have gone when the store finishes: then nothing is
/// called. Shared by the port and by what waits in the store. Thread-safe.
class WayBack {
public:
    explicit WayBack(asio::io_context& to) : m_context{&to} {}

    template <typename Function>
    void post(Function function) {
        const std::scoped_lock lock{m_mutex};
        if (m_context != nullptr) {
            asio::post(*m_context, std::move(function));
        }
    }
    /// Before the port goes.
    void close() {
        const std::scoped_lock lock{m_mutex};
        m_context = nullptr;
    }

private:
    std::mutex m_mutex;
    asio::io_context* m_context;  ///< guarded by m_mutex
};

}  // namespace leedswatch::alarm

#pragma once

#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>

namespace leedswatch::bench {

/// The floor of an alarm receiver: accepts, finds messages, answers each at once, and keeps nothing. One thread.
class BareReceiver {
public:
    BareReceiver();
    [[nodiscard]] int port() const { return m_acceptor.local_endpoint().port(); }
    /// Until the process ends.
    void run();

private:
    void acceptNext();

    asio::io_context m_context{1};
    asio::ip::tcp::acceptor m_acceptor;
};

}  // namespace leedswatch::bench

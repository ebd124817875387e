#include "simulator/datagram_link.h"

#include <asio/buffer.hpp>

namespace leedswatch::simulator {

using asio::ip::udp;

DatagramLink::DatagramLink(asio::io_context& context, Panel panel, PanelWay way, const base::Clock& clock)
    : PanelLink{context, std::move(panel), std::move(way), clock}, m_socket{context} {}

void DatagramLink::wake() {
    if (!m_socket.is_open()) {
        open();
    }
    if (!m_socket.is_open()) {
        wakeAt(now() + panel().habits().firstPause);
        return;
    }
    if (const auto bytes = take()) {
        std::error_code ignored;  // nobody listens, or the way is full: it will not be answered, and goes out again
        m_socket.send(asio::buffer(*bytes), 0, ignored);
    }
    wakeAt(panel().nextDue());
}

void DatagramLink::open() {
    const udp::endpoint to{way().address, static_cast<asio::ip::port_type>(way().port)};
    std::error_code error;
    m_socket.open(to.protocol(), error);
    if (!error && way().from) {
        m_socket.bind({*way().from, 0}, error);
    }
    if (!error) {
        m_socket.connect(to, error);
    }
    if (error) {
        std::error_code ignored;
        m_socket.close(ignored);
        return;
    }
    m_socket.non_blocking(true, error);
    read();
}

void DatagramLink::read() {
    m_socket.async_receive(asio::buffer(m_room), [this](std::error_code error, std::size_t count) {
        if (error == asio::error::operation_aborted) {
            return;
        }
        if (!error) {
            heard(alarm::parseDc09Datagram({m_room.data(), count}));
        }
        read();
        wake();
    });
}

}  // namespace leedswatch::simulator

#include "support/bare_receiver.h"

#include "alarm/dc09_answer.h"
#include "alarm/dc09_stream.h"

#include <asio/buffer.hpp>
#include <asio/write.hpp>

#include <array>
#include <memory>
#include <string>

namespace leedswatch::bench {

namespace {

class BareLine : public std::enable_shared_from_this<BareLine> {
public:
    explicit BareLine(asio::ip::tcp::socket socket) : m_socket{std::move(socket)} {
        m_socket.set_option(asio::ip::tcp::no_delay{true});
    }

    void hear() {
        m_socket.async_read_some(asio::buffer(m_room),
                                 [self = shared_from_this()](std::error_code error, std::size_t count) {
                                     if (!error) {
                                         self->m_stream.add({self->m_room.data(), count});
                                         self->answer();
                                     }
                                 });
    }

private:
    void answer() {
        m_out.clear();
        while (const auto item = m_stream.next()) {
            if (const auto* frame = std::get_if<alarm::Dc09Frame>(&*item)) {
                m_out += alarm::acknowledgement(*frame);
            }
        }
        asio::async_write(m_socket, asio::buffer(m_out),
                          [self = shared_from_this()](std::error_code error, std::size_t) {
                              if (!error) {
                                  self->hear();
                              }
                          });
    }

    asio::ip::tcp::socket m_socket;
    alarm::Dc09Stream m_stream;
    std::string m_out;
    std::array<char, 4096> m_room{};
};

}  // namespace

BareReceiver::BareReceiver() : m_acceptor{m_context, {asio::ip::address_v4::loopback(), 0}} {}

void BareReceiver::run() {
    m_acceptor.listen(1'024);
    acceptNext();
    m_context.run();
}

void BareReceiver::acceptNext() {
    m_acceptor.async_accept([this](std::error_code error, asio::ip::tcp::socket socket) {
        if (!error) {
            std::make_shared<BareLine>(std::move(socket))->hear();
        }
        acceptNext();
    });
}

}  // namespace leedswatch::bench

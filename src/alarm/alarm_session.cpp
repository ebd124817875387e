#include "alarm/alarm_session.h"

#include "alarm/stranger.h"

#include <asio/buffer.hpp>
#include <asio/write.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace leedswatch::alarm {

namespace {

constexpr std::size_t mostPending = 64;

}  // namespace

AlarmSession::AlarmSession(asio::ip::tcp::socket socket, SessionHost& host, Times times)
    : m_socket{std::move(socket)}, m_timer{m_socket.get_executor()}, m_host{host}, m_times{times} {
    std::error_code error;
    const auto peer = m_socket.remote_endpoint(error);
    m_from = peer.address();
    m_source = fmt::format("{}:{} tcp", m_from.to_string(), peer.port());
    m_socket.set_option(asio::ip::tcp::no_delay{true}, error);
    m_socket.set_option(asio::socket_base::keep_alive{true}, error);
}

AlarmSession::~AlarmSession() {
    m_host.closed();
}

void AlarmSession::start() {
    waitForBytes();
    readMore();
}

void AlarmSession::close() {
    std::error_code ignored;
    m_timer.cancel();
    m_socket.shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
    m_socket.close(ignored);
}

void AlarmSession::readMore() {
    if (m_isReading || !m_socket.is_open() || m_pending.size() >= mostPending) {
        return;
    }
    m_isReading = true;
    m_socket.async_read_some(asio::buffer(m_room),
                             [self = shared_from_this()](std::error_code error, std::size_t count) {
                                 self->m_isReading = false;
                                 if (error) {
                                     self->close();
                                     return;
                                 }
                                 self->take({self->m_room.data(), count});
                                 self->readMore();
                             });
}

void AlarmSession::take(std::string_view bytes) {
    if (!m_isKnown) {
        m_first += bytes.substr(0, strangerDecidesBy);
        if (const auto stranger = recogniseStranger(m_first)) {
            m_host.countStranger(nameOf(*stranger), m_source);
            close();
            return;
        }
    }
    m_lastBytes = std::chrono::steady_clock::now();
    m_stream.add(bytes);
    takeMessages();
    waitForBytes();
}

void AlarmSession::takeMessages() {
    while (const auto item = m_stream.next()) {
        if (const auto* frame = std::get_if<Dc09Frame>(&*item)) {
            m_isKnown = true;
            m_first.clear();
            handle(*frame);
        } else {
            m_host.countFault(std::get<Dc09Refuse>(*item), m_source);
        }
    }
}

void AlarmSession::handle(const Dc09Frame& frame) {
    const std::uint64_t number = m_nextNumber++;
    m_pending.push_back({.number = number});
    const auto interval = m_host.handle(frame, m_from, m_source, [weak = weak_from_this(), number](std::string answer) {
        if (const auto self = weak.lock()) {
            self->answered(number, std::move(answer));
        }
    });
    m_pollInterval = interval ? interval : m_pollInterval;
}

void AlarmSession::answered(std::uint64_t number, std::string answer) {
    const auto pending =
        std::find_if(m_pending.begin(), m_pending.end(), [&](const Pending& one) { return one.number == number; });
    if (pending != m_pending.end()) {
        pending->isReady = true;
        pending->answer = std::move(answer);
    }
    sendReady();
    readMore();
}

// In the order of the messages, as some panels take any answer for that to their last one.
void AlarmSession::sendReady() {
    while (!m_pending.empty() && m_pending.front().isReady) {
        m_toSend += m_pending.front().answer;
        m_pending.pop_front();
    }
    if (m_sending.empty() && !m_toSend.empty()) {
        write();
    }
}

void AlarmSession::write() {
    m_sending = std::exchange(m_toSend, {});
    asio::async_write(m_socket, asio::buffer(m_sending),
                      [self = shared_from_this()](std::error_code error, std::size_t) {
                          self->m_sending.clear();
                          if (error) {
                              self->close();
                          } else {
                              self->sendReady();
                          }
                      });
}

void AlarmSession::waitForBytes() {
    m_timer.expires_after(m_stream.isPartial() ? m_times.partial : m_times.idle);
    m_timer.async_wait([weak = weak_from_this()](std::error_code error) {
        const auto self = weak.lock();
        if (!error && self) {
            self->timedOut();
        }
    });
}

void AlarmSession::timedOut() {
    if (!m_stream.isPartial()) {
        const auto silence = std::chrono::steady_clock::now() - m_lastBytes;
        if (m_pending.empty() && silence >= m_host.idleTime(m_pollInterval)) {
            close();
        } else {
            waitForBytes();
        }
        return;
    }
    if (const auto item = m_stream.giveUpPartial()) {
        m_host.countFault(std::get<Dc09Refuse>(*item), m_source);
    }
    takeMessages();
    waitForBytes();
}

}  // namespace leedswatch::alarm

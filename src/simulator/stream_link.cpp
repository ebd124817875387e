#include "simulator/stream_link.h"

#include <asio/buffer.hpp>
#include <asio/write.hpp>

#include <algorithm>

namespace leedswatch::simulator {

using asio::ip::tcp;

StreamLink::StreamLink(asio::io_context& context, Panel panel, PanelWay way, const base::Clock& clock)
    : PanelLink{context, std::move(panel), std::move(way), clock}, m_socket{context} {}

void StreamLink::wake() {
    switch (m_state) {
        case State::Down: dialIfWanted(); break;
        case State::Dialling:
            if (now() >= m_dialledBy) {
                lose();
            } else {
                wakeAt(m_dialledBy);
            }
            break;
        case State::Up: talk(); break;
    }
}

void StreamLink::dialAnew() {
    close();
    m_dialAt = {};
    m_pause = {};
    dialIfWanted();
}

void StreamLink::dialIfWanted() {
    const auto time = now();
    const bool isSilent = panel().isSilent(time);
    const auto wantedAt = isKept() && !isSilent ? m_dialAt : std::max(m_dialAt, panel().nextDue());
    if (wantedAt <= time) {
        dial();
    } else {
        wakeAt(wantedAt);
    }
}

void StreamLink::dial() {
    m_state = State::Dialling;
    m_dialledBy = now() + panel().habits().dialTime;
    wakeAt(m_dialledBy);
    const tcp::endpoint to{way().address, static_cast<asio::ip::port_type>(way().port)};
    std::error_code error;
    m_socket.open(to.protocol(), error);
    if (!error && way().from) {
        m_socket.bind({*way().from, 0}, error);
    }
    if (error) {
        lose();  // out of descriptors: another will be closed some time
        return;
    }
    m_socket.async_connect(to, [this, generation = m_generation](std::error_code failed) {
        if (generation != m_generation) {
            return;
        }
        failed ? lose() : dialled();
    });
}

void StreamLink::dialled() {
    std::error_code ignored;
    m_socket.set_option(tcp::no_delay{true}, ignored);
    m_state = State::Up;
    m_isFresh = true;
    read();
    talk();
}

void StreamLink::lose() {
    const PanelHabits& habits = panel().habits();
    m_pause = std::clamp(2 * m_pause, habits.firstPause, habits.longestPause);
    // Panels that were cut off together must not come back together.
    const auto spread = static_cast<PanelHabits::Duration::rep>(panel().premises().number % 50);
    m_dialAt = now() + m_pause + m_pause * spread / 100;
    close();
    dialIfWanted();
}

void StreamLink::close() {
    std::error_code ignored;
    ++m_generation;
    m_socket.close(ignored);
    m_state = State::Down;
    m_stream = {};
    m_isWriting = false;
    panel().lostConnection(now());
}

void StreamLink::talk() {
    if (m_isWriting) {
        return;
    }
    if (panel().isUnheard() && !m_isFresh && now() >= panel().nextDue()) {
        close();
        dial();
        return;
    }
    if (auto bytes = take()) {
        m_isFresh = false;
        m_isWriting = true;
        m_out = *std::move(bytes);
        asio::async_write(m_socket, asio::buffer(m_out),
                          [this, generation = m_generation](std::error_code error, std::size_t) {
                              if (generation != m_generation) {
                                  return;
                              }
                              m_isWriting = false;
                              error ? lose() : talk();
                          });
    } else if (!isKept() && panel().isIdle(now())) {
        close();
        dialIfWanted();
        return;
    }
    wakeAt(panel().nextDue());
}

void StreamLink::read() {
    m_socket.async_read_some(asio::buffer(m_room),
                             [this, generation = m_generation](std::error_code error, std::size_t count) {
                                 if (generation != m_generation) {
                                     return;
                                 }
                                 if (error) {
                                     lose();
                                     return;
                                 }
                                 m_pause = {};
                                 m_stream.add({m_room.data(), count});
                                 while (const auto item = m_stream.next()) {
                                     heard(*item);
                                 }
                                 read();
                                 talk();
                             });
}

}  // namespace leedswatch::simulator

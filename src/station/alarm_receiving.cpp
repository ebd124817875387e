#include "station/alarm_receiving.h"

#include <spdlog/spdlog.h>

namespace leedswatch::station {
namespace {

constexpr const char* faultKind = "alarm-port";
constexpr const char* faultObject = "alarm receiving";

}  // namespace

AlarmReceiving::AlarmReceiving(store::Database& database, const base::Clock& clock,
                               std::optional<alarm::AlarmPortSettings> settings)
    : m_clock{clock},
      m_settings{std::move(settings)},
      m_faults{database},
      m_registry{database},
      m_journal{database},
      m_book{database} {}

base::Result<void> AlarmReceiving::start(store::ChangeFeed& feed) {
    if (!m_settings) {
        return {};
    }
    TRY(m_book.read());
    m_desk.emplace(m_journal, m_book);
    m_subscription = feed.subscribe({"premises"}, [this] {
        if (const auto read = m_book.read(); !read) {
            spdlog::error("the list of premises cannot be read: {}", read.error().message);
        }
    });
    open();
    return {};
}

void AlarmReceiving::keep() {
    if (m_settings && !m_port) {
        open();
    }
    writeHeard();
}

void AlarmReceiving::writeHeard() {
    if (!m_desk) {
        return;
    }
    // What cannot be written now is told by the next poll.
    if (const auto written = m_registry.setHeard(m_desk->takeHeard()); !written) {
        spdlog::error("when panels were heard is not written: {}", written.error().message);
    }
}

void AlarmReceiving::stop() {
    m_subscription.reset();
    m_port.reset();
    writeHeard();
    m_desk.reset();
}

void AlarmReceiving::open() {
    auto opened = alarm::AlarmPort::open(*m_settings, m_book, *m_desk, m_clock);
    base::Result<void> written;
    if (opened) {
        m_port = *std::move(opened);
        m_openPort = m_port->port();
        spdlog::info("alarms are received at {} port {}, TCP and UDP", m_settings->address, m_port->port());
        written = m_faults.end(faultKind, faultObject);
    } else {
        if (m_toldWhy != opened.error().message) {
            spdlog::error("no alarm can be received: {}", opened.error().message);
            m_toldWhy = opened.error().message;
        }
        written = m_faults.raise(faultKind, faultObject, "No alarm can be received: " + opened.error().message,
                                 "End the other program, or give the station another port (--arc-port) and the panels "
                                 "too. It is tried again every ten seconds.");
    }
    if (!written) {
        spdlog::error("a fault of alarm receiving is not written: {}", written.error().message);
    }
}

}  // namespace leedswatch::station

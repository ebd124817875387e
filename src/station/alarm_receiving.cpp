#include "station/alarm_receiving.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace leedswatch::station {
namespace {

constexpr const char* faultKind = "alarm-port";
constexpr const char* storeFaultKind = "alarm-store";
constexpr const char* faultObject = "alarm receiving";

std::string whatToDoAbout(const base::Error& error) {
    const std::string rest =
        " Panels that were answered lose nothing; the others send again, and are answered as soon as the store can be "
        "written.";
    if (error.code == base::ErrorCode::StorageFull) {
        return "Free some space on the disk of the data folder." + rest;
    }
    return "Have the disk of the data folder looked at, and what else writes to it." + rest;
}

}  // namespace

AlarmReceiving::AlarmReceiving(store::Database& database, const base::Clock& clock,
                               std::optional<alarm::AlarmPortSettings> settings, alarm::Mlr2PortSettings receivers)
    : m_clock{clock},
      m_settings{std::move(settings)},
      m_faults{database},
      m_registry{database},
      m_journal{database},
      m_statuses{database},
      m_reserve{database.folder() / "alarm-reserve"},
      m_book{database},
      m_protocols{database},
      m_watch{database, clock},
      m_receivers{std::move(receivers), m_faults, m_journal, clock} {}

base::Result<void> AlarmReceiving::start(store::ChangeFeed& feed) {
    if (!m_settings) {
        return {};
    }
    TRY(m_book.read());
    (void)m_reserve.take();
    m_desk.emplace(m_journal, m_book, m_watch);
    m_subscription = feed.subscribe({"premises", "code_overrides"}, [this] { readPanels(); });
    open();
    m_receivers.start(*m_desk);
    watch();
    m_ticker = std::jthread{[this](const std::stop_token& stop) { m_watch.run(stop); }};
    return {};
}

void AlarmReceiving::readPanels() {
    base::Result<void> read = m_book.read();
    if (read) {
        read = m_watch.readPanels();
    }
    if (!read) {
        spdlog::error("the list of premises cannot be read: {}", read.error().message);
    }
}

// Only with an open port: what nobody listens for is no silence of the panels.
void AlarmReceiving::watch() {
    if (!m_port || m_watch.isStarted()) {
        return;
    }
    if (const auto started = m_watch.start(); !started) {
        spdlog::error("the paths of alarm panels are not supervised yet: {}", started.error().message);
    }
}

void AlarmReceiving::keep() {
    if (m_settings && !m_port) {
        open();
    }
    m_receivers.keep();
    watch();
    writeHeard();
    m_watch.tick();
    m_watch.keep();
    if (m_desk) {
        tellOfTheStore(writeCounts());
    }
}

base::Result<void> AlarmReceiving::writeCounts() {
    if (!m_port) {
        return {};
    }
    const std::string name = fmt::format("{} port {}", m_settings->address, m_port->port());
    auto written = m_statuses.write(
        {name, m_clock.now(), m_opened, static_cast<std::int64_t>(m_desk->waiting()), m_port->counts()});
    if (!written) {
        spdlog::error("what went through the alarm port is not written: {}", written.error().message);
    }
    return written;
}

// Over when signals are written again; or, where none has come, when the store takes other rows, and the disk has room.
void AlarmReceiving::tellOfTheStore(const base::Result<void>& otherRows) {
    const auto failure = m_desk->failure();
    const bool isNew = failure && failure->times != m_failuresSeen;
    m_failuresSeen = failure ? failure->times : 0;
    // One signal may still have found room where nothing else does.
    const bool isFull = !otherRows && otherRows.error().code == base::ErrorCode::StorageFull;
    if (failure && (isNew || !otherRows || !m_reserve.take())) {
        raiseStoreFault(failure->error);
    } else if (isFull) {
        raiseStoreFault(otherRows.error());
    } else if (m_mayHaveStoreFault && m_reserve.take()) {
        m_desk->forgetFailure();
        endStoreFault();
    }
}

void AlarmReceiving::raiseStoreFault(const base::Error& error) {
    m_mayHaveStoreFault = true;
    const auto raise = [&] {
        return m_faults.raise(storeFaultKind, faultObject,
                              "Alarms cannot be stored, and panels are not answered: " + error.message,
                              whatToDoAbout(error));
    };
    auto written = raise();
    if (!written && written.error().code == base::ErrorCode::StorageFull) {
        m_reserve.giveFree();
        written = raise();
    }
    if (!written) {
        spdlog::error("that alarms cannot be stored is not written: {}", written.error().message);
    }
}

void AlarmReceiving::endStoreFault() {
    if (const auto written = m_faults.end(storeFaultKind, faultObject); !written) {
        spdlog::error("that alarms are stored again is not written: {}", written.error().message);
        return;
    }
    m_mayHaveStoreFault = false;
}

void AlarmReceiving::writeHeard() {
    if (!m_desk) {
        return;
    }
    // What cannot be written now is told by the next poll.
    if (const auto written = m_registry.setHeard(m_desk->takeHeard()); !written) {
        spdlog::error("when panels were heard is not written: {}", written.error().message);
    }
    if (const auto written = m_protocols.addOthers(m_desk->takeOtherProtocols()); !written) {
        spdlog::error("that signals came by other protocols is not written: {}", written.error().message);
    }
}

void AlarmReceiving::stop() {
    m_subscription.reset();
    if (m_desk) {
        std::ignore = writeCounts();
    }
    m_port.reset();
    m_receivers.stop();
    m_ticker = {};
    writeHeard();
    m_watch.keep();
    m_desk.reset();
}

void AlarmReceiving::open() {
    auto opened = alarm::AlarmPort::open(*m_settings, m_book, *m_desk, m_clock);
    base::Result<void> written;
    if (opened) {
        m_port = *std::move(opened);
        m_openPort = m_port->port();
        m_opened = m_clock.now();
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

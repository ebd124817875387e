#pragma once

#include "alarm/dc09_stream.h"
#include "base/clock.h"
#include "simulator/panel.h"

#include <asio/io_context.hpp>
#include <asio/ip/address.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/ip/udp.hpp>
#include <asio/steady_timer.hpp>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace leedswatch::simulator {

/// The way from a panel to the receiver.
struct PanelWay {
    asio::ip::address address;
    int port = 0;
    std::optional<asio::ip::address> from;  ///< the panel's own address; nothing: the system chooses
};

/// A panel and its socket. On the context's thread; destroyed when that no longer runs.
class PanelLink {
public:
    /// `clock` outlives it and runs as the steady clock does.
    [[nodiscard]] static std::unique_ptr<PanelLink> create(asio::io_context& context, Panel panel, PanelWay way,
                                                           const base::Clock& clock);
    PanelLink(const PanelLink&) = delete;
    PanelLink& operator=(const PanelLink&) = delete;
    virtual ~PanelLink() = default;

    /// It is switched on after `delay`.
    void start(PanelHabits::Duration delay);
    /// Call when something has been asked of the panel.
    virtual void wake() = 0;
    /// Cuts the connection, if it has one that lasts, and dials again at once.
    virtual void dialAnew() = 0;
    [[nodiscard]] virtual bool isConnected() const = 0;

    [[nodiscard]] Panel& panel() { return m_panel; }
    [[nodiscard]] const Panel& panel() const { return m_panel; }

protected:
    PanelLink(asio::io_context& context, Panel panel, PanelWay way, const base::Clock& clock);
    /// Wakes at `due`; a later call puts it off or forward.
    void wakeAt(base::SteadyTime due);
    void heard(const alarm::Dc09Item& item);
    [[nodiscard]] base::SteadyTime now() const { return m_clock.steadyNow(); }
    [[nodiscard]] std::optional<std::string> take() { return m_panel.take(now(), m_clock.now()); }
    [[nodiscard]] const PanelWay& way() const { return m_way; }

private:
    Panel m_panel;
    const PanelWay m_way;
    const base::Clock& m_clock;
    asio::steady_timer m_timer;
};

}  // namespace leedswatch::simulator

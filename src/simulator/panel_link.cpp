#include "simulator/panel_link.h"

#include "simulator/datagram_link.h"
#include "simulator/stream_link.h"

#include <algorithm>

namespace leedswatch::simulator {

std::unique_ptr<PanelLink> PanelLink::create(asio::io_context& context, Panel panel, PanelWay way,
                                             const base::Clock& clock) {
    if (panel.premises().carrier == PanelCarrier::Datagrams) {
        return std::make_unique<DatagramLink>(context, std::move(panel), std::move(way), clock);
    }
    return std::make_unique<StreamLink>(context, std::move(panel), std::move(way), clock);
}

PanelLink::PanelLink(asio::io_context& context, Panel panel, PanelWay way, const base::Clock& clock)
    : m_panel{std::move(panel)}, m_way{std::move(way)}, m_clock{clock}, m_timer{context} {}

void PanelLink::start(PanelHabits::Duration delay) {
    wakeAt(now() + delay);
}

void PanelLink::wakeAt(base::SteadyTime due) {
    // Far ahead would run over inside the timer; an hour early does no harm.
    m_timer.expires_at(std::min(due, now() + std::chrono::hours{1}));
    m_timer.async_wait([this](std::error_code error) {
        if (!error) {
            wake();
        }
    });
}

void PanelLink::heard(const alarm::Dc09Item& item) {
    if (const auto* frame = std::get_if<alarm::Dc09Frame>(&item)) {
        m_panel.hear(*frame, now(), m_clock.now());
    }
}

}  // namespace leedswatch::simulator

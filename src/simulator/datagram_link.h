#pragma once

#include "simulator/panel_link.h"

namespace leedswatch::simulator {

/// Over UDP: one socket, so that answers find the way back to the port that the messages came from.
class DatagramLink final : public PanelLink {
public:
    DatagramLink(asio::io_context& context, Panel panel, PanelWay way, const base::Clock& clock);

    void wake() override;
    void dialAnew() override { wake(); }
    [[nodiscard]] bool isConnected() const override { return m_socket.is_open(); }

private:
    void open();
    void read();

    asio::ip::udp::socket m_socket;
    std::array<char, 512> m_room{};
};

}  // namespace leedswatch::simulator

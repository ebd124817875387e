#pragma once

#include "simulator/panel_link.h"

namespace leedswatch::simulator {

/// Over TCP: a connection that is kept and dialled again when it is lost, after a pause that doubles; or one for each
/// message, closed when nothing is left to say.
class StreamLink final : public PanelLink {
public:
    StreamLink(asio::io_context& context, Panel panel, PanelWay way, const base::Clock& clock);

    void wake() override;
    void dialAnew() override;
    [[nodiscard]] bool isConnected() const override { return m_state == State::Up; }

private:
    enum class State { Down, Dialling, Up };

    [[nodiscard]] bool isKept() const { return panel().premises().carrier == PanelCarrier::KeptConnection; }
    void dialIfWanted();
    void dial();
    void dialled();
    /// Closes and waits before it dials again.
    void lose();
    void close();
    void talk();
    void read();

    State m_state = State::Down;
    asio::ip::tcp::socket m_socket;
    /// Of the connection: what is heard of one that was closed meanwhile is nobody's.
    std::uint64_t m_generation = 0;
    base::SteadyTime m_dialAt{};
    base::SteadyTime m_dialledBy{};
    PanelHabits::Duration m_pause{0};
    bool m_isFresh = false;  ///< nothing was sent on this connection yet
    bool m_isWriting = false;
    std::string m_out;
    alarm::Dc09Stream m_stream;
    std::array<char, 512> m_room{};
};

}  // namespace leedswatch::simulator

#pragma once

#include "alarm/mlr2_wire.h"

#include <asio/ip/tcp.hpp>
#include <asio/steady_timer.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <random>
#include <string>

namespace leedswatch::alarm {

/// One way to a receiver that is opened by us, and opened again when it ends: a call over TCP, or a serial device. On
/// the port's thread.
class Mlr2Link : public std::enable_shared_from_this<Mlr2Link> {
public:
    struct Pauses {
        std::chrono::milliseconds first;
        std::chrono::milliseconds longest;
        std::chrono::milliseconds connect;  ///< longest time to wait for a connection
    };
    using Opened = std::function<void(std::unique_ptr<Mlr2Wire> wire)>;
    using Failed = std::function<void(const std::string& why)>;

    Mlr2Link(asio::io_context& context, Pauses pauses, Opened opened, Failed failed);
    virtual ~Mlr2Link() = default;
    Mlr2Link(const Mlr2Link&) = delete;
    Mlr2Link& operator=(const Mlr2Link&) = delete;

    void open() { attempt(); }
    /// After a pause. `wasGood`: something was heard on it, so that the next pause is the shortest again.
    void openAgain(bool wasGood);
    virtual void stop();

protected:
    virtual void attempt() = 0;
    void opened(std::unique_ptr<Mlr2Wire> wire) { m_opened(std::move(wire)); }
    void failed(const std::string& why);

    asio::io_context& m_context;
    const Pauses m_pauses;

private:
    [[nodiscard]] std::chrono::milliseconds nextPause();

    const Opened m_opened;
    const Failed m_failed;
    asio::steady_timer m_timer;
    std::minstd_rand m_random;
    std::chrono::milliseconds m_pause;
};

[[nodiscard]] std::shared_ptr<Mlr2Link> callOf(asio::io_context& context, const HostAndPort& to,
                                               Mlr2Link::Pauses pauses, Mlr2Link::Opened opened,
                                               Mlr2Link::Failed failed);
[[nodiscard]] std::shared_ptr<Mlr2Link> serialLinkOf(asio::io_context& context, const SerialSettings& settings,
                                                     Mlr2Link::Pauses pauses, Mlr2Link::Opened opened,
                                                     Mlr2Link::Failed failed);

}  // namespace leedswatch::alarm

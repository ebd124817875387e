#include "alarm/mlr2_links.h"

#include <asio/connect.hpp>

#include <algorithm>
#include <utility>

namespace leedswatch::alarm {

namespace {

using asio::ip::tcp;

class Call final : public Mlr2Link {
public:
    Call(asio::io_context& context, HostAndPort to, Pauses pauses, Opened opened, Failed failed)
        : Mlr2Link{context, pauses, std::move(opened), std::move(failed)},
          m_to{std::move(to)},
          m_resolver{context},
          m_socket{context},
          m_patience{context} {}

    void stop() override {
        Mlr2Link::stop();
        giveUp();
    }

private:
    void attempt() override {
        m_socket = tcp::socket{m_context};
        m_patience.expires_after(m_pauses.connect);
        m_patience.async_wait([weak = weak_from_this(), this](std::error_code error) {
            if (!error && weak.lock()) {
                giveUp();
            }
        });
        m_resolver.async_resolve(m_to.host, std::to_string(m_to.port),
                                 [self = shared_from_this(), this](std::error_code error, const auto& results) {
                                     if (error) {
                                         end("its name is not known: " + error.message());
                                     } else {
                                         connect(results);
                                     }
                                 });
    }

    void connect(const tcp::resolver::results_type& results) {
        asio::async_connect(
            m_socket, results, [self = shared_from_this(), this](std::error_code error, const tcp::endpoint&) {
                if (error) {
                    end(error == asio::error::operation_aborted ? "it does not answer" : error.message());
                } else {
                    m_patience.cancel();
                    opened(wireOf(std::move(m_socket)));
                }
            });
    }

    void giveUp() {
        std::error_code ignored;
        m_resolver.cancel();
        m_socket.close(ignored);
        m_patience.cancel();
    }

    void end(const std::string& why) {
        m_patience.cancel();
        failed(why);
    }

    const HostAndPort m_to;
    tcp::resolver m_resolver;
    tcp::socket m_socket;
    asio::steady_timer m_patience;
};

class SerialLink final : public Mlr2Link {
public:
    SerialLink(asio::io_context& context, SerialSettings settings, Pauses pauses, Opened opened, Failed failed)
        : Mlr2Link{context, pauses, std::move(opened), std::move(failed)}, m_settings{std::move(settings)} {}

private:
    void attempt() override {
        auto wire = openSerialWire(m_context, m_settings);
        if (wire) {
            opened(*std::move(wire));
        } else {
            failed(wire.error().message);
        }
    }

    const SerialSettings m_settings;
};

}  // namespace

Mlr2Link::Mlr2Link(asio::io_context& context, Pauses pauses, Opened opened, Failed failed)
    : m_context{context},
      m_pauses{pauses},
      m_opened{std::move(opened)},
      m_failed{std::move(failed)},
      m_timer{context},
      m_random{std::random_device{}()},
      m_pause{pauses.first} {}

void Mlr2Link::stop() {
    m_timer.cancel();
}

void Mlr2Link::failed(const std::string& why) {
    m_failed(why);
    openAgain(false);
}

void Mlr2Link::openAgain(bool wasGood) {
    m_pause = wasGood ? m_pauses.first : m_pause;
    m_timer.expires_after(nextPause());
    m_timer.async_wait([weak = weak_from_this()](std::error_code error) {
        const auto self = weak.lock();
        if (!error && self) {
            self->attempt();
        }
    });
}

// Changed at random by up to a quarter, so that all that was lost at once does not come back at once.
std::chrono::milliseconds Mlr2Link::nextPause() {
    const auto quarter = m_pause.count() / 4;
    std::uniform_int_distribution<std::chrono::milliseconds::rep> jitter{-quarter, quarter};
    const auto pause = m_pause + std::chrono::milliseconds{jitter(m_random)};
    m_pause = std::min(m_pause * 2, m_pauses.longest);
    return pause;
}

std::shared_ptr<Mlr2Link> callOf(asio::io_context& context, const HostAndPort& to, Mlr2Link::Pauses pauses,
                                 Mlr2Link::Opened opened, Mlr2Link::Failed failed) {
    return std::make_shared<Call>(context, to, pauses, std::move(opened), std::move(failed));
}

std::shared_ptr<Mlr2Link> serialLinkOf(asio::io_context& context, const SerialSettings& settings,
                                       Mlr2Link::Pauses pauses, Mlr2Link::Opened opened, Mlr2Link::Failed failed) {
    return std::make_shared<SerialLink>(context, settings, pauses, std::move(opened), std::move(failed));
}

}  // namespace leedswatch::alarm

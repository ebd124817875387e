#include "support/alarm_panels.h"

#include "alarm/dc09_stream.h"

#include <asio/buffer.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/steady_timer.hpp>
#include <asio/write.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <deque>
#include <functional>
#include <memory>
#include <string>

namespace leedswatch::bench {

namespace {

using Steady = std::chrono::steady_clock;

/// One panel's connection. It times each message from the moment that it is given with it.
class PanelLine : public std::enable_shared_from_this<PanelLine> {
public:
    PanelLine(asio::io_context& context, int account, PanelSpeech speech, AnswerTimes& answers)
        : m_socket{context}, m_account{fmt::format("{:06}", account)}, m_speech{speech}, m_answers{answers} {}

    void dial(int port, std::function<void()> connected) {
        const asio::ip::tcp::endpoint where{asio::ip::address_v4::loopback(), static_cast<asio::ip::port_type>(port)};
        m_socket.async_connect(where, [self = shared_from_this(), then = std::move(connected)](std::error_code error) {
            if (error) {
                std::fprintf(stderr, "a panel cannot connect: %s\n", error.message().c_str());
                return;
            }
            self->m_socket.set_option(asio::ip::tcp::no_delay{true});
            self->hear();
            then();
        });
    }

    void onAnswer(std::function<void()> answered) { m_answered = std::move(answered); }

    void say(Steady::time_point due) {
        m_due.push_back(due);
        m_toSend += message();
        if (m_sending.empty()) {
            send();
        }
    }

    /// Hangs up when all is answered.
    void endWhenAnswered() {
        m_isEnding = true;
        closeIfDone();
    }

private:
    std::string message() {
        ++m_said;
        const std::string content = m_speech.token[0] == 'N'
                                        ? "]"
                                        : fmt::format("#{}|Nri1/{}{:04}]", m_account, m_speech.code, m_said % 10'000);
        return alarm::encodeDc09({.token = m_speech.token,
                                  .sequence = fmt::format("{:04}", m_said % 10'000),
                                  .line = "0",
                                  .account = m_account,
                                  .content = content});
    }

    void send() {
        m_sending = std::exchange(m_toSend, {});
        asio::async_write(m_socket, asio::buffer(m_sending),
                          [self = shared_from_this()](std::error_code error, std::size_t) {
                              self->m_sending.clear();
                              if (!error && !self->m_toSend.empty()) {
                                  self->send();
                              }
                          });
    }

    void hear() {
        m_socket.async_read_some(asio::buffer(m_room),
                                 [self = shared_from_this()](std::error_code error, std::size_t count) {
                                     if (!error) {
                                         self->take({self->m_room.data(), count});
                                         self->hear();
                                     } else if (!self->m_due.empty()) {
                                         std::fprintf(stderr, "a panel was cut off: %s\n", error.message().c_str());
                                     }
                                 });
    }

    void take(std::string_view bytes) {
        m_stream.add(bytes);
        while (m_stream.next() && !m_due.empty()) {
            m_answers.add(Steady::now() - m_due.front());
            m_due.pop_front();
            if (m_answered) {
                m_answered();
            }
        }
        closeIfDone();
    }

    void closeIfDone() {
        if (m_isEnding && m_due.empty()) {
            std::error_code ignored;
            m_socket.close(ignored);
            m_answered = nullptr;
        }
    }

    asio::ip::tcp::socket m_socket;
    const std::string m_account;
    const PanelSpeech m_speech;
    AnswerTimes& m_answers;
    std::function<void()> m_answered;
    std::deque<Steady::time_point> m_due;
    bool m_isEnding = false;
    int m_said = 0;
    std::string m_toSend;
    std::string m_sending;
    alarm::Dc09Stream m_stream;
    std::array<char, 512> m_room{};
};

using Lines = std::vector<std::shared_ptr<PanelLine>>;

Lines dialled(asio::io_context& context, const PanelCrowd& crowd, AnswerTimes& answers) {
    Lines lines;
    for (int panel = 0; panel < crowd.panels; ++panel) {
        lines.push_back(std::make_shared<PanelLine>(context, crowd.firstAccount + panel, crowd.speech, answers));
        lines.back()->dial(crowd.port, [] {});
    }
    context.run_for(std::chrono::milliseconds{500});
    return lines;
}

/// Says what is due, each panel in its turn, and comes again a millisecond later.
class Pacer {
public:
    Pacer(asio::io_context& context, Lines& lines, int perSecond, std::chrono::seconds duration)
        : m_timer{context},
          m_lines{lines},
          m_between{std::chrono::nanoseconds{std::chrono::seconds{1}} / perSecond},
          m_left{static_cast<std::size_t>(perSecond) * static_cast<std::size_t>(duration.count())},
          m_due{Steady::now()} {
        step();
    }

private:
    void step() {
        for (const auto now = Steady::now(); m_left > 0 && m_due <= now; --m_left, m_due += m_between) {
            m_lines[m_next++ % m_lines.size()]->say(m_due);
        }
        if (m_left == 0) {
            std::for_each(m_lines.begin(), m_lines.end(), [](const auto& line) { line->endWhenAnswered(); });
            return;
        }
        m_timer.expires_after(std::chrono::milliseconds{1});
        m_timer.async_wait([this](std::error_code) { step(); });
    }

    asio::steady_timer m_timer;
    Lines& m_lines;
    const std::chrono::nanoseconds m_between;
    std::size_t m_left;
    std::size_t m_next = 0;
    Steady::time_point m_due;
};

}  // namespace

double AnswerTimes::within(double share) {
    if (m_milliseconds.empty()) {
        return 0;
    }
    std::sort(m_milliseconds.begin(), m_milliseconds.end());
    return m_milliseconds[static_cast<std::size_t>(share * static_cast<double>(m_milliseconds.size() - 1))];
}

AnswerTimes talkInTurns(const PanelCrowd& crowd, std::chrono::seconds duration) {
    asio::io_context context{1};
    AnswerTimes answers;
    const Lines lines = dialled(context, crowd, answers);
    const auto end = Steady::now() + duration;
    for (const auto& line : lines) {
        line->onAnswer([speaker = line.get(), end] {
            const auto now = Steady::now();
            now < end ? speaker->say(now) : speaker->endWhenAnswered();
        });
        line->say(Steady::now());
    }
    context.restart();
    context.run();
    return answers;
}

AnswerTimes talkAtARate(const PanelCrowd& crowd, int perSecond, std::chrono::seconds duration) {
    asio::io_context context{1};
    AnswerTimes answers;
    Lines lines = dialled(context, crowd, answers);
    context.restart();
    const Pacer pacer{context, lines, perSecond, duration};
    context.run();
    return answers;
}

StormAnswers dialAllAtOnce(const PanelCrowd& crowd) {
    asio::io_context context{1};
    StormAnswers answers;
    const auto begin = Steady::now();
    for (int panel = 0; panel < crowd.panels; ++panel) {
        const bool isUrgent = panel % 100 == 99;
        const auto line = std::make_shared<PanelLine>(context, crowd.firstAccount + panel,
                                                      PanelSpeech{"SIA-DCS", isUrgent ? "HA" : "BA"},
                                                      isUrgent ? answers.holdUps : answers.usual);
        line->dial(crowd.port, [speaker = line.get(), begin] {
            speaker->say(begin);
            speaker->endWhenAnswered();
        });
    }
    context.run();
    return answers;
}

}  // namespace leedswatch::bench

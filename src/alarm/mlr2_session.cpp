#include "alarm/mlr2_session.h"

#include "alarm/dc09_content.h"
#include "alarm/dc09_reader.h"
#include "alarm/stranger.h"

#include <asio/error.hpp>

#include <algorithm>
#include <utility>

namespace leedswatch::alarm {

namespace {

constexpr std::size_t mostWaitingLines = 64;
constexpr std::size_t mostUnsentAnswers = 256;
constexpr std::chrono::seconds unknownIdleTime{30};

}  // namespace

Mlr2Session::Mlr2Session(std::unique_ptr<Mlr2Wire> wire, Mlr2SessionHost& host, const base::Clock& clock,
                         Settings settings, std::string receiver, std::string source)
    : m_wire{std::move(wire)},
      m_host{host},
      m_clock{clock},
      m_settings{settings},
      m_receiver{std::move(receiver)},
      m_source{std::move(source)},
      m_timer{m_wire->executor()},
      m_conversation{settings.times} {}

void Mlr2Session::start() {
    waitForBytes();
    readMore();
}

void Mlr2Session::close(const std::string& why, bool isInOrder) {
    if (std::exchange(m_isClosed, true)) {
        return;
    }
    m_doubts = m_conversation.doubts(isInOrder && hasTakenAnswers());
    m_timer.cancel();
    m_wire->close();
    m_host.closed(*this, why);
}

std::optional<Mlr2Doubt> Mlr2Session::takeDoubt(std::string_view text, bool isFirst) {
    return m_conversation.takeDoubt(text, !isFirst || hasTakenAnswers(),
                                    m_clock.steadyNow() - m_settings.times.resendFrom);
}

bool Mlr2Session::hasTakenAnswers() {
    return m_sending.empty() && m_toSend.empty() && m_wire->hasTakenAll();
}

void Mlr2Session::readMore() {
    if (m_isReading || m_isClosed || m_conversation.waiting() >= mostWaitingLines ||
        m_toSend.size() >= mostUnsentAnswers) {
        return;
    }
    m_isReading = true;
    m_wire->read(asio::buffer(m_room), [self = shared_from_this()](std::error_code error, std::size_t count) {
        self->m_isReading = false;
        if (error) {
            self->close(error == asio::error::eof ? "it has ended the connection" : error.message(),
                        error == asio::error::eof);
            return;
        }
        self->take({self->m_room.data(), count});
        self->readMore();
    });
}

void Mlr2Session::take(std::string_view bytes) {
    if (m_isClosed || isStranger(bytes)) {
        return;
    }
    m_stream.add(bytes);
    takeLines();
    waitForBytes();
}

bool Mlr2Session::isStranger(std::string_view bytes) {
    if (!m_settings.mayBeStranger || m_isKnown) {
        return false;
    }
    m_first += bytes.substr(0, strangerDecidesBy - std::min(m_first.size(), strangerDecidesBy));
    const auto stranger = recogniseStrangerAmongReceivers(m_first);
    if (stranger) {
        m_host.countStranger(*this, nameOf(*stranger));
        close("it is no receiver", false);
    }
    return stranger.has_value();
}

void Mlr2Session::takeLines() {
    while (!m_isClosed) {
        auto line = m_stream.next();
        if (!line) {
            break;
        }
        takeLine(*std::move(line));
    }
    if (m_settings.mayBeStranger && !m_isKnown && !m_isClosed && m_stream.discarded() > 0) {
        m_host.countStranger(*this, nameOf(Stranger::Other));
        close("it is no receiver", false);
    }
}

void Mlr2Session::takeLine(Mlr2Line line) {
    if (line.kind == Mlr2Line::Kind::NoLine) {
        takeNoLine(line);
        return;
    }
    m_isKnown = true;
    m_first.clear();
    m_host.heard(*this, line);
    if (line.kind == Mlr2Line::Kind::Heartbeat) {
        send(static_cast<std::size_t>(m_conversation.heartbeat(m_clock.steadyNow())), mlr2Acknowledgement);
    } else {
        takeSignal(line);
    }
}

void Mlr2Session::takeNoLine(const Mlr2Line& line) {
    m_host.countNoLine(*this, line.bytes.empty() ? "a line that is too long" : "a line that is none");
    if (m_conversation.owesNothing(m_clock.steadyNow())) {
        send(1, mlr2Refusal);
    }
}

void Mlr2Session::takeSignal(const Mlr2Line& line) {
    const std::string text = panelText(line.raw);
    const auto heard = m_conversation.signal(text, m_clock.steadyNow(),
                                             [&](bool isFirst) { return m_host.sequenceOf(*this, text, isFirst); });
    if (heard.isAgain) {
        m_host.countAgain();
    }
    if (!heard.toStore) {
        return;
    }
    m_host.store(signalOf(line, text, heard.sequence),
                 [weak = weak_from_this(), number = *heard.toStore](bool isStored) {
                     if (const auto self = weak.lock()) {
                         self->stored(number, isStored);
                     }
                 });
}

ReceivedSignal Mlr2Session::signalOf(const Mlr2Line& line, const std::string& text, std::string sequence) const {
    ReceivedSignal signal;
    signal.received = m_clock.now();
    signal.protocol = line.isAdemco ? "Ademco 685" : "MLR2";
    signal.source = m_source;
    signal.raw = line.bytes;
    signal.token = line.protocol == 0 ? std::string{} : std::string{line.protocol};
    signal.sequence = std::move(sequence);
    signal.receiver = line.receiver;
    signal.line = line.line;
    signal.headerAccount = normalAccount(line.account);
    signal.account = signal.headerAccount;
    signal.data = text;
    signal.codes = line.codes;
    return signal;
}

void Mlr2Session::stored(Mlr2Conversation::Number number, bool isStored) {
    if (m_isClosed) {
        return;
    }
    const int due = m_conversation.stored(number, isStored, m_clock.steadyNow());
    if (const int givenUp = m_conversation.takeGivenUp(); givenUp > 0) {
        m_host.countUnanswered(givenUp);
    }
    send(static_cast<std::size_t>(due), mlr2Acknowledgement);
    readMore();
}

void Mlr2Session::send(std::size_t count, char answer) {
    m_toSend.append(count, answer);
    if (m_sending.empty() && !m_toSend.empty() && !m_isClosed) {
        write();
    }
}

void Mlr2Session::write() {
    m_sending = std::exchange(m_toSend, {});
    m_wire->write(asio::buffer(m_sending), [self = shared_from_this()](std::error_code error, std::size_t) {
        self->m_sending.clear();
        if (error) {
            self->close(error.message(), false);
            return;
        }
        self->send(0, mlr2Acknowledgement);
        self->readMore();
    });
}

void Mlr2Session::waitForBytes() {
    if (m_isClosed) {
        return;
    }
    auto idle = m_settings.idle;
    if (m_settings.mayBeStranger && !m_isKnown && idle) {
        idle = std::min<std::chrono::milliseconds>(*idle, unknownIdleTime);
    }
    if (!m_stream.isPartial() && !idle) {
        m_timer.cancel();
        return;
    }
    m_timer.expires_after(m_stream.isPartial() ? m_settings.partial : *idle);
    m_timer.async_wait([weak = weak_from_this()](std::error_code error) {
        const auto self = weak.lock();
        if (!error && self) {
            self->timedOut();
        }
    });
}

void Mlr2Session::timedOut() {
    if (m_stream.isPartial()) {
        m_host.countNoLine(*this, "half a line");
        m_stream.giveUpPartial();
        takeLines();
        waitForBytes();
    } else if (m_conversation.waiting() == 0) {
        close("nothing comes from it", true);
    } else {
        waitForBytes();
    }
}

}  // namespace leedswatch::alarm

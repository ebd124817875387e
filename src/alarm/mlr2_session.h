#pragma once

#include "alarm/mlr2_conversation.h"
#include "alarm/mlr2_line.h"
#include "alarm/mlr2_wire.h"
#include "alarm/received_signal.h"
#include "base/clock.h"

#include <asio/steady_timer.hpp>

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace leedswatch::alarm {

class Mlr2Session;

/// What a session asks of the port that it belongs to. On the port's thread.
class Mlr2SessionHost {
public:
    virtual ~Mlr2SessionHost() = default;
    /// The number of an event that this connection knows nothing of: that of a line which may be sent again because the
    /// connection before ended, or a new one.
    virtual std::string sequenceOf(const Mlr2Session& session, const std::string& text, bool isFirst) = 0;
    /// `stored` is called on the port's thread, once.
    virtual void store(ReceivedSignal signal, std::function<void(bool)> stored) = 0;
    virtual void heard(const Mlr2Session& session, const Mlr2Line& line) = 0;
    virtual void countNoLine(const Mlr2Session& session, std::string_view what) = 0;
    virtual void countStranger(const Mlr2Session& session, std::string_view name) = 0;
    virtual void countAgain() = 0;
    virtual void countUnanswered(int lines) = 0;
    virtual void closed(Mlr2Session& session, const std::string& why) = 0;
};

/// One connection of a receiver, over TCP or a serial line. It reads no further while many lines wait for the disk.
/// Lives as long as it has something to do; one thread.
class Mlr2Session : public std::enable_shared_from_this<Mlr2Session> {
public:
    struct Settings {
        Mlr2Times times = {};
        std::chrono::milliseconds partial{10'000};           ///< for the rest of a line
        std::optional<std::chrono::milliseconds> idle = {};  ///< it is closed after as long without a byte
        bool mayBeStranger = false;                          ///< anybody can reach it
    };

    /// `receiver` names who is at the other end, whatever connection it is on; `source` names this one. `host` and
    /// `clock` outlive all sessions.
    Mlr2Session(std::unique_ptr<Mlr2Wire> wire, Mlr2SessionHost& host, const base::Clock& clock, Settings settings,
                std::string receiver, std::string source);

    void start();
    void close(const std::string& why, bool isInOrder);

    [[nodiscard]] const std::string& receiver() const { return m_receiver; }
    [[nodiscard]] const std::string& source() const { return m_source; }
    [[nodiscard]] bool hasHeard() const { return m_isKnown; }  ///< a line or a heartbeat
    /// What may be sent again on another connection.
    [[nodiscard]] std::optional<Mlr2Doubt> takeDoubt(std::string_view text, bool isFirst);
    [[nodiscard]] const std::deque<Mlr2Doubt>& doubts() const { return m_doubts; }  ///< once it is closed

private:
    void readMore();
    void take(std::string_view bytes);
    [[nodiscard]] bool isStranger(std::string_view bytes);
    void takeLines();
    void takeLine(Mlr2Line line);
    void takeNoLine(const Mlr2Line& line);
    void takeSignal(const Mlr2Line& line);
    void stored(Mlr2Conversation::Number number, bool isStored);
    void send(std::size_t count, char answer);
    void write();
    void waitForBytes();
    void timedOut();
    [[nodiscard]] bool hasTakenAnswers();
    [[nodiscard]] ReceivedSignal signalOf(const Mlr2Line& line, const std::string& text, std::string sequence) const;

    const std::unique_ptr<Mlr2Wire> m_wire;
    Mlr2SessionHost& m_host;
    const base::Clock& m_clock;
    const Settings m_settings;
    const std::string m_receiver;
    const std::string m_source;
    asio::steady_timer m_timer;
    Mlr2Stream m_stream;
    Mlr2Conversation m_conversation;
    std::deque<Mlr2Doubt> m_doubts;
    std::string m_first;  ///< until it is known who talks
    bool m_isKnown = false;
    bool m_isClosed = false;
    bool m_isReading = false;
    std::string m_toSend;
    std::string m_sending;
    std::array<char, 2048> m_room{};
};

}  // namespace leedswatch::alarm

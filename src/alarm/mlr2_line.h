#pragma once

#include "alarm/signal_code.h"

#include <optional>
#include <string>
#include <string_view>

namespace leedswatch::alarm {

/// A line of a Sur-Gard MLR2 receiver's output, or of an Ademco 685's (reference 3.2, 3.3).
struct Mlr2Line {
    enum class Kind {
        Signal,
        Heartbeat,        ///< sent every half minute; must be acknowledged
        ReceiverTrouble,  ///< of the receiver itself: its lines, power supply, printer
        Unknown,          ///< a line that ends rightly and is in no form that we know: kept raw
        NoLine,           ///< bytes with an end that cannot be a line: cut short, damaged on the way, or too long
    };
    Kind kind = Kind::Unknown;
    bool isAdemco = false;
    char protocol = 0;     ///< '5' Contact ID, '3' and 'S' SIA, '8' Fast Format, '1' basic, ...
    std::string receiver;  ///< two characters
    std::string line;
    std::string account;
    SignalCodes codes;
    std::string raw;    ///< without the terminator
    std::string bytes;  ///< as they came, of a line that a stream gave
};

/// Reads one line without its terminator. Never fails: what it does not know is Unknown.
[[nodiscard]] Mlr2Line parseMlr2Line(std::string_view line);
/// "LF R G AAAA 18 QXYZ GG FCCC CR", without line feed and carriage return.
[[nodiscard]] Mlr2Line parseAdemco685Line(std::string_view line);

inline constexpr char mlr2Terminator = '\x14';
inline constexpr char mlr2Acknowledgement = '\x06';
inline constexpr char mlr2Refusal = '\x15';
inline constexpr std::size_t longestMlr2Line = 512;

/// Finds the lines in a connection's bytes, however they are split and joined. A line that begins with a line feed is
/// an Ademco 685's and ends with a carriage return; a carriage return alone is that receiver's test of its connection.
/// All others are MLR2 and end with DC4, or with a carriage return as some senders have it. Holds at most one line that
/// is not complete. One thread.
class Mlr2Stream {
public:
    void add(std::string_view bytes) { m_buffer += bytes; }
    /// Nothing: it needs more bytes. A line longer than longestMlr2Line is NoLine when its end has come.
    [[nodiscard]] std::optional<Mlr2Line> next();
    /// A line has begun and not ended.
    [[nodiscard]] bool isPartial() const;
    void giveUpPartial();
    [[nodiscard]] std::size_t discarded() const { return m_discarded; }

private:
    void discard(std::size_t count);
    void passNoise();
    [[nodiscard]] Mlr2Line take(std::size_t end);

    std::string m_buffer;
    std::size_t m_discarded = 0;
    bool m_isPassingOver = false;  ///< the rest of a line that is too long
    bool m_sawMlr2 = false;        ///< then a carriage return alone stands behind a line and tests nothing
};

/// The line that a receiver would send for an event: Contact ID (protocol 5) or SIA (protocol 3), with its terminator.
[[nodiscard]] std::string encodeMlr2(std::string_view receiver, char line, std::string_view account,
                                     const SignalCode& code);
[[nodiscard]] std::string mlr2Heartbeat(std::string_view receiver, char line);

}  // namespace leedswatch::alarm

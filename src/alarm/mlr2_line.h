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
    };
    Kind kind = Kind::Unknown;
    char protocol = 0;     ///< '5' Contact ID, '3' and 'S' SIA, '8' Fast Format, '1' basic, ...
    std::string receiver;  ///< two characters
    std::string line;
    std::string account;
    SignalCodes codes;
    std::string raw;  ///< without the terminator
};

/// Reads one line without its terminator. Never fails: what it does not know is Unknown.
[[nodiscard]] Mlr2Line parseMlr2Line(std::string_view line);
/// "LF R G AAAA 18 QXYZ GG FCCC CR", without line feed and carriage return.
[[nodiscard]] Mlr2Line parseAdemco685Line(std::string_view line);

inline constexpr char mlr2Terminator = '\x14';
inline constexpr char mlr2Acknowledgement = '\x06';
inline constexpr char mlr2Refusal = '\x15';
inline constexpr std::size_t longestMlr2Line = 512;

/// Finds the lines in a connection's bytes, however they are split and joined. One thread.
class Mlr2Stream {
public:
    void add(std::string_view bytes) { m_buffer += bytes; }
    /// Nothing: it needs more bytes. A line longer than longestMlr2Line is passed over.
    [[nodiscard]] std::optional<Mlr2Line> next();
    [[nodiscard]] std::size_t discarded() const { return m_discarded; }

private:
    std::string m_buffer;
    std::size_t m_discarded = 0;
};

/// The line that a receiver would send for an event: Contact ID (protocol 5) or SIA (protocol 3), with its terminator.
[[nodiscard]] std::string encodeMlr2(std::string_view receiver, char line, std::string_view account,
                                     const SignalCode& code);
[[nodiscard]] std::string mlr2Heartbeat(std::string_view receiver, char line);

}  // namespace leedswatch::alarm

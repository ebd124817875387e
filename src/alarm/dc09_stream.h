#pragma once

#include "alarm/dc09_frame.h"

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace leedswatch::alarm {

/// Why bytes were passed over. None of these is answered: the panel sends again.
enum class Dc09Fault {
    Check,         ///< the check does not fit
    Length,        ///< where the length says that the message ends there is no carriage return
    LengthNotHex,  ///< the length is not three hex digits behind a zero
    Header,        ///< check and length fit, and the header cannot be read
    Oversize,      ///< more bytes than a message can have, and none in them
    Partial,       ///< the rest of a message never came
};

[[nodiscard]] std::string_view nameOf(Dc09Fault fault);

/// Bytes that were no message, as they came.
struct Dc09Refuse {
    Dc09Fault fault = Dc09Fault::Check;
    std::string bytes;
    std::string detail;  ///< what is wrong with the header; empty for the others
};

using Dc09Item = std::variant<Dc09Frame, Dc09Refuse>;

/// Finds the messages in a connection's bytes, however they are split and joined (reference 1.4). The length decides
/// where one ends, never a line end, as a binary check may hold both. What does not fit is passed over up to the next
/// line feed, as the next message may have begun inside it. Holds at most one longest frame. One thread.
class Dc09Stream {
public:
    void add(std::string_view bytes) { m_buffer += bytes; }
    /// Call until it gives nothing; then it needs more bytes.
    [[nodiscard]] std::optional<Dc09Item> next();
    /// Half a message whose rest did not come in time is over; what stands behind its line feed may be one.
    [[nodiscard]] std::optional<Dc09Item> giveUpPartial();

    [[nodiscard]] bool isPartial() const { return !m_buffer.empty(); }
    /// Bytes outside messages (NUL, spaces, line ends) since the beginning.
    [[nodiscard]] std::size_t strayBytes() const { return m_strayBytes; }

private:
    void dropStray();
    [[nodiscard]] Dc09Item takeRefuse(Dc09Fault fault, std::string detail = {});
    [[nodiscard]] bool hasWholeFrameBehindTheFirst() const;

    std::string m_buffer;
    std::size_t m_strayBytes = 0;
};

/// One datagram: a message, whose carriage return may be missing.
[[nodiscard]] Dc09Item parseDc09Datagram(std::string_view bytes);

}  // namespace leedswatch::alarm

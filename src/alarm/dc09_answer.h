#pragma once

#include "alarm/dc09_cipher.h"
#include "alarm/dc09_frame.h"
#include "base/time.h"

#include <string>

namespace leedswatch::alarm {

// What a receiver says to a message (reference 1.7): whole frames in the form of check that the panel used, with its
// sequence, receiver, line and account exactly as it sent them. A header field that it left out is left out, but for
// the line, which is "L0" then.

/// "ACK": it is stored. Without a timestamp, as it needs none in the clear.
[[nodiscard]] std::string acknowledgement(const Dc09Frame& message);
/// The same to an encrypted message, under the key that opened it.
[[nodiscard]] std::string acknowledgement(const Dc09Frame& message, const PanelKey& key, base::UtcTime now);
/// "NAK": outside the time window; with the time, by which the panel sets its clock before it sends again.
[[nodiscard]] std::string refusalOfTime(const Dc09Frame& message, base::UtcTime now);
/// "DUH": well formed, and nothing can be done with it: a kind that we do not know, no key, another key.
[[nodiscard]] std::string notUnderstood(const Dc09Frame& message);

}  // namespace leedswatch::alarm

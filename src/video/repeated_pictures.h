#pragma once

#include "video/packet.h"

#include <array>
#include <optional>

namespace leedswatch::video {

/// Tells from coded bytes alone, without decoding, that an encoder repeats itself: its key pictures come again byte for
/// byte, and what is between them says "as before". A real sensor's noise never does either. An encoder that codes a
/// standing picture anew each time is not found here; the console sees it (docs/design/live.md). One thread.
class RepeatedPictures {
public:
    /// Whether nothing new has come for three seconds, this picture included.
    [[nodiscard]] bool add(const Packet& packet);
    /// A new session.
    void reset();

private:
    [[nodiscard]] bool isRepeated(const Packet& packet);

    // The last two: an encoder numbers neighbouring key pictures apart and repeats the numbers.
    std::array<std::optional<std::size_t>, 2> m_keys;
    std::optional<base::SteadyTime> m_stillSince;
    bool m_keyRepeated = false;
};

}  // namespace leedswatch::video

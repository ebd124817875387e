#pragma once

#include "transcode/luma.h"

#include <optional>

namespace leedswatch::transcode {

/// What the pictures of an analogue input say of its signal.
enum class SignalState {
    Present,
    Blank,  ///< one colour all over, to the last level: what capture hardware shows instead of a signal
    Torn,   ///< nothing in it fits the line above or the picture before: snow, or lines without a common beginning
};

/// A camera by night is dark and noisy, and one in fog grey and noisy; only hardware draws a colour without noise. The
/// verdict is that of a whole second. One thread.
class SignalWatch {
public:
    /// Pictures of one size, 25 or 29.97 a second.
    [[nodiscard]] SignalState add(const Luma& picture);

private:
    [[nodiscard]] SignalState lookAt(const Luma& picture) const;

    std::optional<Luma> m_before;
    SignalState m_seen = SignalState::Present;
    int m_since = 0;  ///< pictures that looked so one after another
};

}  // namespace leedswatch::transcode

#pragma once

#include "base/error.h"

#include <chrono>
#include <string>

namespace leedswatch::rtsp {

/// What went wrong with a camera, in the words of the people who have to mend it: from the errors of connections and
/// the numbers of answers.
struct ClientErrors {
    std::string host;  ///< as it stands in the address
    std::chrono::milliseconds connect;
    std::chrono::milliseconds silence;

    [[nodiscard]] base::Error ofConnecting(base::Error error) const;
    /// No answer came to a request before the stream played.
    [[nodiscard]] base::Error ofAsking(base::Error error) const;
    /// An answer came, and is not 200.
    [[nodiscard]] base::Error ofAnswer(int status, const std::string& method) const;
    [[nodiscard]] base::Error ofReading(const base::Error& error) const;

private:
    [[nodiscard]] base::Error refusal() const;
};

}  // namespace leedswatch::rtsp

#include "alarm/received_signal.h"

#include "base/hash.h"

#include <fmt/format.h>

namespace leedswatch::alarm {

std::string ReceivedSignal::repetitionKey() const {
    // Lengths keep a field from running into the next.
    const std::string all =
        fmt::format("{}:{} {}:{} {}:{} {}:{} {}:{} {}", protocol.size(), protocol, line.size(), line,
                    headerAccount.size(), headerAccount, token.size(), token, sequence.size(), sequence, data);
    return base::toHex(base::sha256(all));
}

}  // namespace leedswatch::alarm

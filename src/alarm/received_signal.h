#pragma once

#include "alarm/dc09_content.h"
#include "alarm/signal_code.h"
#include "base/time.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace leedswatch::alarm {

/// A message of a panel as it was received: what is stored before it is answered. Not yet an alarm: what its codes
/// mean, and whether anybody must be told, is for those above.
struct ReceivedSignal {
    base::UtcTime received{};
    std::string protocol;  ///< "DC-09", "MLR2", "Ademco 685"
    std::string source;    ///< "10.1.2.3:5012 tcp": for people
    std::string raw;       ///< the frame as it came, encrypted if it was

    std::string token;  ///< "SIA-DCS", "ADM-CID"; of MLR2 the protocol's character
    std::string sequence;
    std::string receiver;
    std::string line;
    std::string headerAccount;  ///< upper case; by which the key was found
    std::string account;        ///< of the data, else the header's: whom the event is about
    bool wasEncrypted = false;
    bool lacksEncryption = false;  ///< the account has a key and this came without

    std::string data;  ///< in the clear
    SignalCodes codes;
    std::vector<ExtendedDatum> extended;
    std::string panelTimestamp;                 ///< as sent
    std::optional<std::chrono::seconds> drift;  ///< the panel's clock before ours

    /// Two with the same are one message sent again, if they come within ten minutes: account, line, kind, sequence and
    /// data, and neither check nor timestamp, which are new in each repetition of some panels (reference 1.10).
    [[nodiscard]] std::string repetitionKey() const;
};

inline constexpr std::chrono::minutes repetitionWindow{10};

}  // namespace leedswatch::alarm

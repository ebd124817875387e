#pragma once

#include "alarm/signal_code.h"

#include <string_view>

namespace leedswatch::alarm {

/// The data of an ADM-CID message: "#1234|1131 01 015". Letters B to F are legal in the code; the account may be
/// missing (reference 1.6). What is in another form is one code without a number, not readable.
[[nodiscard]] SignalCodes parseContactIdData(std::string_view data);

/// Of a Contact ID code: "1", "3" and "6", or E, R and P as receivers print them; none for others.
[[nodiscard]] bool qualifierFrom(char letter, Qualifier& qualifier);

}  // namespace leedswatch::alarm

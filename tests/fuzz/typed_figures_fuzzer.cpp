#include "alarm/serial_settings.h"
#include "response/service_targets.h"
#include "response/shift_patterns.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <tuple>

// What an administrator types of targets, shifts, serial lines and hosts: it is taken or refused, and a target that was
// taken is the same after being written and read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace leedswatch;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    std::ignore = alarm::parseSerialSettings(text);
    std::ignore = alarm::parseHostAndPort(text);
    if (const auto shift = response::parseShift(text)) {
        const auto again = response::parseShift(shift->name + "=" + response::beginText(*shift));
        if (!again || response::beginText(*again) != response::beginText(*shift)) {
            std::abort();
        }
    }
    if (const auto target = response::parseServiceTarget(text)) {
        const auto again = response::parseServiceTarget(response::textOf(*target));
        if (!again || response::textOf(*again) != response::textOf(*target)) {
            std::abort();
        }
    }
    return 0;
}

#include "analytics/activity_grid.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

// Whatever is stored, it is read or refused; what was read is in the order of time, and written as it was read.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using leedswatch::analytics::ActivitySpan;
    const auto span = ActivitySpan::fromBytes(std::as_bytes(std::span{data, size}));
    if (!span) {
        return 0;
    }
    int before = -1;
    for (const ActivitySpan::Second& one : span->seconds()) {
        if (one.second <= before || one.second >= ActivitySpan::secondsInSpan || one.cells.none()) {
            std::abort();
        }
        before = one.second;
    }
    const auto again = ActivitySpan::fromBytes(span->bytes());
    if (!again || *again != *span) {
        std::abort();
    }
    return 0;
}

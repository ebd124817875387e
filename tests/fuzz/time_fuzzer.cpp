#include "base/local_time.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

// Whatever is typed as a time, it is read or refused; what was read comes back from its own UTC form.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace leedswatch::base;
    const auto time = parseTime(std::string_view{reinterpret_cast<const char*>(data), size});
    if (!time) {
        return 0;
    }
    const auto again = parseTime(formatUtc(*time));
    // The year 0 lies before what four digits can write in UTC.
    if (again && *again != *time) {
        std::abort();
    }
    return 0;
}

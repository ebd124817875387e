#include "base/weekly_schedule.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <tuple>

// Whatever is typed as a schedule, it is read or refused; what was read is the same when its text is read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace leedswatch;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto schedule = base::WeeklySchedule::parse(text);
    if (!schedule) {
        return 0;
    }
    const auto again = base::WeeklySchedule::parse(schedule->text());
    if (!again || *again != *schedule) {
        std::abort();
    }
    for (int hour = 0; hour < 24 * 8; ++hour) {
        std::ignore = schedule->contains(base::UtcTime{std::chrono::hours{hour}});
    }
    return 0;
}

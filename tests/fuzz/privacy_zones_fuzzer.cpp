#include "estate/privacy_zone.h"
#include "video/privacy_mask.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

// Whatever is stored, it is read or refused; what was read keeps the rule, is written as it was read, and hides
// something that lies inside the picture.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace leedswatch;
    const auto zones = estate::privacyZonesFromText({reinterpret_cast<const char*>(data), size});
    if (!zones) {
        return 0;
    }
    const auto again = estate::privacyZonesFromText(estate::textOfPrivacyZones(*zones));
    if (!again || *again != *zones) {
        std::abort();
    }
    const auto runs = video::hiddenPixels(*zones, {64, 36});
    if (runs.empty() != zones->empty()) {
        std::abort();
    }
    for (const video::PixelRun& run : runs) {
        if (run.row < 0 || run.row >= 36 || run.begin < 0 || run.begin >= run.end || run.end > 64) {
            std::abort();
        }
    }
    return 0;
}

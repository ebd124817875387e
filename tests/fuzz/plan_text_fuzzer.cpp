#include "response/action_plan.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

// Whatever stands in the store or a file as the steps of an action plan, it is read or refused; and what was read is
// the same after being written and read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace leedswatch::response;
    const auto steps = stepsFromText({reinterpret_cast<const char*>(data), size});
    if (!steps) {
        return 0;
    }
    const std::string written = textOfSteps(*steps);
    const auto again = stepsFromText(written);
    if (!again || textOfSteps(*again) != written) {
        std::abort();
    }
    return 0;
}

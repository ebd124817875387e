#include "analytics/motion_plan.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

// Whatever is stored, it is read or refused; what was read keeps the rule, is written as it was read, and its zones can
// be drawn.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace leedswatch;
    const auto plan = analytics::motionPlanFromText({reinterpret_cast<const char*>(data), size});
    if (!plan) {
        return 0;
    }
    const auto again = analytics::motionPlanFromText(analytics::textOfMotionPlan(*plan));
    if (!analytics::checkMotionPlan(*plan) || !again || *again != *plan) {
        std::abort();
    }
    const cv::Mat places = analytics::countedPlaces(plan->zones, {64, 36});
    if (places.cols != 64 || places.rows != 36) {
        std::abort();
    }
    return 0;
}

#include "response/path_patience.h"

#include <algorithm>

namespace leedswatch::response {

namespace {

using namespace std::chrono_literals;
using std::chrono::microseconds;
using std::chrono::seconds;

}  // namespace

microseconds lateAfter(seconds fails, const std::optional<seconds>& interval) {
    if (!interval || *interval >= fails) {
        return microseconds{fails} * 2 / 3;
    }
    const microseconds poll{*interval};
    return std::min(poll * 5 / 2, (poll + fails) / 2);
}

seconds graceAfterStart(seconds fails, const std::optional<seconds>& interval) {
    return interval ? std::min(fails, *interval * 2) : fails;
}

std::chrono::milliseconds leastApart(const std::optional<seconds>& interval) {
    constexpr std::chrono::milliseconds least = 2s;
    constexpr std::chrono::milliseconds most = 10s;
    return interval ? std::clamp(std::chrono::milliseconds{*interval} / 2, least, most) : most;
}

}  // namespace leedswatch::response

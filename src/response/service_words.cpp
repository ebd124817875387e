#include "response/service_words.h"

#include <fmt/format.h>

namespace leedswatch::response {

std::string secondsText(base::Microseconds length) {
    const std::int64_t tenths = length.count() / 100'000;
    return tenths % 10 == 0 ? std::to_string(tenths / 10) : fmt::format("{}.{}", tenths / 10, tenths % 10);
}

std::string shareOf(std::int64_t part, std::int64_t of, std::int64_t fewest) {
    if (of == 0) {
        return "";
    }
    if (of < fewest) {
        return std::to_string(part) + " of " + std::to_string(of);
    }
    const std::int64_t perMille = part * 1'000 / of;
    return fmt::format("{}.{} %", perMille / 10, perMille % 10);
}

std::string_view nameOf(Verdict verdict) {
    switch (verdict) {
        case Verdict::Met: return "met";
        case Verdict::NotMet: return "not met";
        case Verdict::TooFew: return "too few";
    }
    return {};
}

std::string loadText(std::int64_t taken, std::int64_t windows) {
    return windows == 0 ? "" : fmt::format("{:.2f}", static_cast<double>(taken) / static_cast<double>(windows));
}

std::string targetText(const ServiceTarget& target) {
    return fmt::format("{}, {} in {} s", infoOf(target.measure).title, shareText(target.perMille),
                       target.within.count());
}

std::string leftOutText(const ServiceCounts& counts) {
    std::string text;
    const auto add = [&](std::int64_t count, const char* one, const char* many) {
        if (count != 0) {
            text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + (count == 1 ? one : many);
        }
    };
    add(counts.tests, "test", "tests");
    add(counts.calledOff, "called off while held", "called off while held");
    add(counts.storms, "joined into a storm", "joined into a storm");
    add(counts.endedUnanswered(), "ended by itself", "ended by themselves");
    return text;
}

}  // namespace leedswatch::response

#include "analytics/tamper_fault.h"

#include <charconv>

namespace leedswatch::analytics {
namespace {

constexpr std::string_view tamperObjectBegin = "camera ";

}  // namespace

std::string tamperObject(int camera) {
    return std::string{tamperObjectBegin} + std::to_string(camera);
}

std::optional<int> cameraOfTamperObject(std::string_view object) {
    if (!object.starts_with(tamperObjectBegin)) {
        return std::nullopt;
    }
    object.remove_prefix(tamperObjectBegin.size());
    int camera = 0;
    const auto [end, error] = std::from_chars(object.data(), object.data() + object.size(), camera);
    return error == std::errc{} && end == object.data() + object.size() ? std::optional{camera} : std::nullopt;
}

}  // namespace leedswatch::analytics

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

std::string whatIsWrong(const std::string& camera, TamperKind kind) {
    switch (kind) {
        case TamperKind::Covered: return "The lens of " + camera + " is covered";
        case TamperKind::PartObscured: return "A part of the view of " + camera + " is hidden";
        case TamperKind::Defocused: return "The picture of " + camera + " is out of focus";
        case TamperKind::Moved: return "The view of " + camera + " is another one";
        case TamperKind::Blinded: return "A light blinds " + camera;
        case TamperKind::Black: return "The picture of " + camera + " is black";
        case TamperKind::White: return "The picture of " + camera + " is white";
        case TamperKind::Frozen: return "The picture of " + camera + " stands still";
        case TamperKind::NoSignal: return "The encoder of " + camera + " shows that it has no signal";
    }
    return "";
}

}  // namespace leedswatch::analytics

#include "analytics/tamper_kind.h"

namespace leedswatch::analytics {

std::string_view nameOf(TamperKind kind) {
    switch (kind) {
        case TamperKind::Covered: return "covered";
        case TamperKind::PartObscured: return "part-obscured";
        case TamperKind::Defocused: return "defocused";
        case TamperKind::Moved: return "moved";
        case TamperKind::Blinded: return "blinded";
        case TamperKind::Black: return "black";
        case TamperKind::White: return "white";
        case TamperKind::Frozen: return "frozen";
        case TamperKind::NoSignal: return "no-signal";
    }
    return "";
}

std::optional<TamperKind> tamperKindFromName(std::string_view name) {
    for (int number = 0; number <= static_cast<int>(TamperKind::NoSignal); ++number) {
        const auto kind = static_cast<TamperKind>(number);
        if (nameOf(kind) == name) {
            return kind;
        }
    }
    return std::nullopt;
}

}  // namespace leedswatch::analytics

#include "ui/health/tamper_text.h"

namespace leedswatch::ui {

QString tamperKindText(analytics::TamperKind kind) {
    using enum analytics::TamperKind;
    switch (kind) {
        case Covered: return QStringLiteral("Lens covered");
        case PartObscured: return QStringLiteral("Part of the view hidden");
        case Defocused: return QStringLiteral("Out of focus");
        case Moved: return QStringLiteral("Turned or moved");
        case Blinded: return QStringLiteral("Blinded by a light");
        case Black: return QStringLiteral("Black picture");
        case White: return QStringLiteral("White picture");
        case Frozen: return QStringLiteral("Picture frozen");
        case NoSignal: return QStringLiteral("No signal at the input");
    }
    return {};
}

QString tamperEndText(const analytics::RecordedTamper& event) {
    if (!event.until) {
        return QStringLiteral("it lasts");
    }
    switch (event.endedBy) {
        case analytics::TamperEnd::ViewBack: return QStringLiteral("the view came back");
        case analytics::TamperEnd::OtherKind: return QStringLiteral("it went on otherwise");
        case analytics::TamperEnd::Accepted: return QStringLiteral("the view was accepted");
        case analytics::TamperEnd::NotWatched: return QStringLiteral("no longer watched");
    }
    return {};
}

}  // namespace leedswatch::ui

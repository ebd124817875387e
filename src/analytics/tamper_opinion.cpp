// The judges: one small question for each kind, asked in the order of how sure the answer is.
#include "analytics/tamper_signs.h"

#include <algorithm>

namespace leedswatch::analytics {
namespace {

constexpr double lostBelow = 0.25;
constexpr double fewestAnchors = 0.03;  // of all blocks; fewer are no scene to judge by

bool isBlack(const TamperSigns& signs) {
    return signs.brightest <= 32;
}

bool isWhite(const TamperSigns& signs) {
    return signs.darkest >= 225;
}

bool isNoSignal(const TamperSigns& signs) {
    const bool isSnow = signs.deviation >= 4 && signs.white >= 0.5 && signs.likeBefore <= 0.3;
    return signs.oneBlue >= 0.85 || isSnow;
}

bool isBlinded(const TamperSigns& signs) {
    return signs.dazzled >= 0.15;
}

// The layout stays when only detail goes; whatever hides the view has a layout of its own.
bool isDefocused(const TamperSigns& signs, const NormalSigns& normal) {
    return signs.match.layout >= 0.65 * normal.layout && signs.match.sharpness <= 0.45 &&
           signs.match.fineEnergy <= 0.52;
}

bool isCovered(const TamperSigns& signs) {
    return signs.match.kept < lostBelow && signs.smooth >= 0.85;
}

bool isPartObscured(const TamperSigns& signs) {
    return signs.obscured >= 0.2 && signs.obscuredAnchors >= 0.15 && signs.keptElsewhere >= 0.7;
}

// Nothing that passes is likely to hide a view to its last corner.
bool isAllLost(const TamperSigns& signs) {
    return signs.match.kept < 0.1 && signs.match.firm < 0.03 && signs.match.layout < 0.15;
}

// A crowd or a train hides the scene too, but goes on moving, and some of the scene is left at its edges.
bool isMoved(const TamperSigns& signs, const NormalSigns& normal, bool isShiftRecent) {
    if (isShifted(signs)) {
        return true;
    }
    const bool isSharp = signs.smooth < 0.85;
    const bool isSteady = signs.steady >= std::max(0.45, (isAllLost(signs) ? 0.5 : 0.7) * normal.calm);
    const bool isElsewhere = signs.match.firm < 0.08 && signs.match.layout < 0.5 * normal.layout;
    const bool isOtherView = isElsewhere && isSteady;
    return isSharp && (isOtherView || (isShiftRecent && signs.match.kept < lostBelow));
}

}  // namespace

bool isShifted(const TamperSigns& signs) {
    return signs.shift && signs.shift->distance >= 0.04 && signs.shift->likeness >= 0.5 &&
           signs.shift->likeness >= 1.5 * signs.shift->inPlace;
}

TamperOpinion opinionOn(const TamperSigns& signs, const NormalSigns& normal, bool isReady, bool isShiftRecent) {
    const bool isScene = isReady && signs.match.anchors >= fewestAnchors;
    const bool isKept = isScene && signs.match.kept >= lostBelow;
    TamperOpinion opinion{isScene && !isKept, {}};
    if (isNoSignal(signs) && !isKept) {
        opinion.kind = TamperKind::NoSignal;
    } else if (isBlack(signs) && !isKept) {
        opinion.kind = TamperKind::Black;
    } else if (isWhite(signs) && !isKept) {
        opinion.kind = TamperKind::White;
    } else if (!isScene) {
        return opinion;
    } else if (isBlinded(signs)) {
        opinion.kind = TamperKind::Blinded;
    } else if (isDefocused(signs, normal)) {
        opinion.kind = TamperKind::Defocused;
    } else if (isCovered(signs)) {
        opinion.kind = TamperKind::Covered;
    } else if (isMoved(signs, normal, isShiftRecent)) {
        opinion.kind = TamperKind::Moved;
    } else if (isPartObscured(signs)) {
        opinion.kind = TamperKind::PartObscured;
    }
    return opinion;
}

}  // namespace leedswatch::analytics

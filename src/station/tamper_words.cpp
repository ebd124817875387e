#include "station/tamper_words.h"

#include "analytics/tamper_fault.h"
#include "base/local_time.h"

namespace leedswatch::station {
namespace {

using analytics::TamperKind;

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

std::string whatToLookFor(TamperKind kind) {
    switch (kind) {
        case TamperKind::Covered: return "Look for a hand, tape, paint or a bag on the lens";
        case TamperKind::PartObscured: return "Look for a sticker, a cobweb or something new close to the lens";
        case TamperKind::Defocused: return "Look at the focus, and for grease or rain on the dome";
        case TamperKind::Moved: return "Look at the mount: the camera was turned";
        case TamperKind::Blinded: return "Look for a torch, a lamp or a laser in the view";
        case TamperKind::Black:
        case TamperKind::White: return "Look at the iris, the lens cap and the camera's electronics";
        case TamperKind::Frozen: return "Restart the camera or its encoder";
        case TamperKind::NoSignal: return "Look at the cable between the camera and its encoder";
    }
    return "";
}

}  // namespace

std::string tamperCause(int camera, const analytics::RecordedTamper& event) {
    return whatIsWrong(analytics::tamperObject(camera), event.kind) + " since " + base::formatLocal(event.from);
}

std::string tamperAdvice(int camera, TamperKind kind) {
    return whatToLookFor(kind) +
           ". If the view is right as it is, say so under Look, or by leedswatchctl tamper accept " +
           std::to_string(camera);
}

}  // namespace leedswatch::station

#include "station/tamper_words.h"

#include "analytics/tamper_fault.h"
#include "base/local_time.h"

namespace leedswatch::station {
namespace {

using analytics::TamperKind;

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
    return analytics::whatIsWrong(analytics::tamperObject(camera), event.kind) + " since " +
           base::formatLocal(event.from);
}

std::string tamperAdvice(int camera, TamperKind kind) {
    return whatToLookFor(kind) +
           ". If the view is right as it is, say so under Look, or by leedswatchctl tamper accept " +
           std::to_string(camera);
}

}  // namespace leedswatch::station

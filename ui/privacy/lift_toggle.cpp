#include "ui/privacy/lift_toggle.h"

#include "ui/privacy/lift_dialog.h"
#include "ui/privacy/privacy_guard.h"

namespace leedswatch::ui {

QString toggleLift(ConsoleContext& context, const estate::Camera& camera, QWidget* window) {
    if (context.privacy.liftedFor(camera.id)) {
        context.privacy.restore(camera.id, estate::LiftEnd::Key);
        return {};
    }
    if (!context.privacy.hasZones(camera.id)) {
        return QStringLiteral("Camera %1 has no privacy zones").arg(camera.number);
    }
    auto* dialog = new LiftDialog{context, camera, window};
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
    return {};
}

}  // namespace leedswatch::ui

#pragma once

#include "estate/camera.h"
#include "ui/common/console_context.h"

#include <QString>

class QWidget;

namespace leedswatch::ui {

/// The key for privacy zones, the same for live and for recorded pictures: asks for the second person, or, while the
/// zones of the camera are lifted, has them hide again. Returns what is to be said at once; empty: nothing.
[[nodiscard]] QString toggleLift(ConsoleContext& context, const estate::Camera& camera, QWidget* window);

}  // namespace leedswatch::ui

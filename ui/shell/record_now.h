#pragma once

#include "estate/camera.h"
#include "ui/common/console_context.h"

class QWidget;

namespace leedswatch::ui {

/// Opens the dialog by which a person has a camera recorded now, whatever its plan, for some minutes.
void askToRecordNow(ConsoleContext& context, const estate::Camera& camera, QWidget* parent);

}  // namespace leedswatch::ui

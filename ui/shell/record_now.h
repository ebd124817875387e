#pragma once

#include "base/time.h"
#include "estate/camera.h"
#include "ui/common/console_context.h"

#include <optional>

class QWidget;

namespace leedswatch::ui {

/// Opens the dialog by which a person has a camera recorded now, whatever its plan, for some minutes; `until` says that
/// it is already, and it can be stopped. The dialog goes when that is done, for the tile says it from then on, unless
/// nobody would see that: while the station does not run, or where `tile` is out of sight. A refusal stays in it.
void askToRecordNow(ConsoleContext& context, const estate::Camera& camera, std::optional<base::UtcTime> until,
                    const QWidget* tile, QWidget* parent);

}  // namespace leedswatch::ui

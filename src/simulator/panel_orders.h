#pragma once

#include "base/time.h"
#include "simulator/panel.h"
#include "simulator/panel_line.h"

namespace leedswatch::simulator {

/// Has a panel do what a line for some panels says: everything but Storm, Day and Stop, which are for all.
void carryOut(const PanelCommand& command, Panel& panel, base::SteadyTime now);

}  // namespace leedswatch::simulator

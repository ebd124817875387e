#pragma once

#include "access/people.h"
#include "estate/camera_registry.h"
#include "incident/incident_log.h"

namespace leedswatch::ui {

/// A few lines of an ordinary evening, so that the log of a demo is not empty. Any thread.
[[nodiscard]] base::Result<void> writeDemoLog(incident::IncidentLog& log, const access::Acting& author,
                                              const std::vector<estate::Camera>& cameras);

}  // namespace leedswatch::ui

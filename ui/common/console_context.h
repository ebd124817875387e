#pragma once

#include "access/people.h"
#include "base/clock.h"
#include "estate/camera_registry.h"
#include "incident/incident_log.h"
#include "store/change_feed.h"
#include "store/database.h"
#include "video/segment_index.h"

#include <filesystem>

namespace leedswatch::ui {

class PrivacyGuard;

/// What every page of the console is given: the services, who is signed in, and where the data is. Built by main(),
/// outlives every page. The services are thread-safe; a page calls them from a worker when they may take long.
struct ConsoleContext {
    const base::Clock& clock;
    store::Database& database;
    store::ChangeFeed& feed;
    access::People& people;
    estate::CameraRegistry& cameras;
    incident::IncidentLog& incidentLog;
    video::SegmentIndex& archive;
    PrivacyGuard& privacy;  ///< UI thread only
    std::filesystem::path dataFolder;
    access::Acting acting;  ///< who is signed in
};

}  // namespace leedswatch::ui

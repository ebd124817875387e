#pragma once

#include "support/temporary_folder.h"
#include "ui/common/console_context.h"
#include "ui/privacy/privacy_guard.h"

namespace leedswatch::tests {

/// What a page of the console is given, over a data folder of its own: a console without its window.
struct ConsoleServices {
    TemporaryFolder folder;
    base::SystemClock clock;
    std::unique_ptr<store::Database> database = store::Database::open(folder / "data", clock).value();
    std::unique_ptr<store::ChangeFeed> feed = store::ChangeFeed::open(*database).value();
    access::People people{*database};
    estate::CameraRegistry cameras{*database};
    incident::IncidentLog incidentLog{*database};
    video::SegmentIndex archive{*database};
    ui::PrivacyGuard privacy{*database, *feed, clock};
    ui::ConsoleContext context{clock,       *database, *feed,   people,          cameras,
                               incidentLog, archive,   privacy, folder / "data", access::Acting::commandLine()};
};

}  // namespace leedswatch::tests

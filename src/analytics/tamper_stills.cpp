#include "analytics/tamper_stills.h"

#include "analytics/tamper_still.h"
#include "base/local_time.h"
#include "estate/privacy_zones.h"

namespace leedswatch::analytics {
namespace {

base::Result<void> writeDown(const access::Acting& acting, store::Database& database, const estate::Camera& camera,
                             const RecordedTamper& event) {
    return database.write([&](store::Transaction& transaction) -> base::Result<void> {
        store::AuditEvent entry;
        entry.who = acting.username;
        entry.workstation = acting.workstation;
        entry.action = "tamper.stills_seen";
        entry.object = "camera " + std::to_string(camera.number);
        entry.details = {{"camera", camera.number}, {"event", event.id}, {"from", base::formatUtc(event.from)}};
        transaction.audit(entry);
        return {};
    });
}

base::Result<cv::Mat> stillAt(const store::Database& database, const std::string& file,
                              const std::vector<estate::PrivacyZone>& zones) {
    if (file.empty()) {
        return base::fail(base::ErrorCode::NotFound, "there is no still of that");
    }
    TRY_ASSIGN(const cv::Mat still, readStill(database.folder() / file));
    return hiddenIn(still, zones);
}

}  // namespace

bool maySeeTamperStills(const access::Acting& acting) {
    return access::require(acting, access::Right::PlayRecorded) ||
           access::require(acting, access::Right::ManageCameras);
}

base::Result<TamperStills> seeTamperStills(const access::Acting& acting, store::Database& database,
                                           const estate::Camera& camera, const RecordedTamper& event) {
    if (!maySeeTamperStills(acting)) {
        TRY(access::require(acting, access::Right::PlayRecorded));
    }
    TRY_ASSIGN(const auto zones, estate::PrivacyZones{database}.of(camera.id));
    TRY(writeDown(acting, database, camera, event));
    return TamperStills{stillAt(database, event.before, zones), stillAt(database, event.after, zones)};
}

}  // namespace leedswatch::analytics

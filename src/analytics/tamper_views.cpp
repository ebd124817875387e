#include "analytics/tamper_views.h"

#include "analytics/tamper_journal.h"
#include "estate/camera_rows.h"
#include "store/audit_witness.h"

#include <optional>

namespace leedswatch::analytics {
namespace {

TamperView viewOf(soci::session& sql, estate::CameraId camera) {
    const long long id = camera.value();
    int isWatched = 1;
    long long acceptedAt = 0;
    std::string acceptedBy;
    sql << "SELECT is_watched, accepted_at, accepted_by FROM tamper_view WHERE camera_id = :id", soci::use(id, "id"),
        soci::into(isWatched), soci::into(acceptedAt), soci::into(acceptedBy);
    return sql.got_data() ? TamperView{isWatched != 0, base::fromStored(acceptedAt), acceptedBy} : TamperView{};
}

void saveView(soci::session& sql, const estate::Camera& camera, const TamperView& view) {
    const long long id = camera.id.value();
    const int isWatched = view.isWatched ? 1 : 0;
    const long long acceptedAt = base::toStored(view.acceptedAt);
    sql << "INSERT INTO tamper_view (camera_id, camera_number, is_watched, accepted_at, accepted_by) VALUES (:id, "
           ":number, :watched, :at, :by) ON CONFLICT (camera_id) DO UPDATE SET camera_number = "
           "excluded.camera_number, is_watched = excluded.is_watched, accepted_at = excluded.accepted_at, accepted_by "
           "= excluded.accepted_by",
        soci::use(id, "id"), soci::use(camera.number, "number"), soci::use(isWatched, "watched"),
        soci::use(acceptedAt, "at"), soci::use(view.acceptedBy, "by");
}

/// How many lasted.
int endWhatLasts(store::Transaction& transaction, estate::CameraId camera, TamperEnd why) {
    const long long id = camera.value();
    const long long now = base::toStored(transaction.now());
    const std::string name{nameOf(why)};
    int lasted = 0;
    transaction.sql() << "SELECT COUNT(*) FROM tamper_event WHERE camera_id = :id AND until_time IS NULL",
        soci::use(id, "id"), soci::into(lasted);
    transaction.sql() << "UPDATE tamper_event SET until_time = MAX(from_time, :now), ended_by = :why WHERE camera_id "
                         "= :id AND until_time IS NULL",
        soci::use(now, "now"), soci::use(name, "why"), soci::use(id, "id");
    transaction.notify("tamper_events", std::to_string(id));
    return lasted;
}

}  // namespace

base::Result<std::map<estate::CameraId, TamperView>> TamperViews::all() {
    return m_database.read([](soci::session& sql) -> base::Result<std::map<estate::CameraId, TamperView>> {
        std::map<estate::CameraId, TamperView> views;
        long long id = 0;
        int isWatched = 0;
        long long acceptedAt = 0;
        std::string acceptedBy;
        soci::statement statement =
            (sql.prepare << "SELECT camera_id, is_watched, accepted_at, accepted_by FROM tamper_view", soci::into(id),
             soci::into(isWatched), soci::into(acceptedAt), soci::into(acceptedBy));
        for (bool more = statement.execute(true); more; more = statement.fetch()) {
            views.emplace(estate::CameraId{id}, TamperView{isWatched != 0, base::fromStored(acceptedAt), acceptedBy});
        }
        return views;
    });
}

base::Result<void> TamperViews::change(const access::Acting& acting, const estate::Camera& camera, bool isAccepted,
                                       std::optional<bool> isWatched) {
    TRY(access::require(acting, access::Right::ManageCameras));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        TRY(estate::requireInEstate(transaction.sql(), camera));
        TamperView view = viewOf(transaction.sql(), camera.id);
        view.isWatched = isWatched.value_or(view.isWatched);
        if (isAccepted) {
            view.acceptedAt = transaction.now();
            view.acceptedBy = acting.username;
        }
        saveView(transaction.sql(), camera, view);
        int ended = 0;
        if (isAccepted || !view.isWatched) {
            ended = endWhatLasts(transaction, camera.id, isAccepted ? TamperEnd::Accepted : TamperEnd::NotWatched);
        }
        store::AuditEvent event;
        event.who = acting.username;
        event.workstation = acting.workstation;
        event.action = isAccepted ? "tamper.view-accepted" : "tamper.watch-set";
        event.object = "camera " + std::to_string(camera.number);
        event.details = {{"watched", view.isWatched ? 1 : 0}, {"ended", ended}};
        event.witnesses = {{&witness(), camera.id.value()}};
        transaction.audit(event);
        transaction.notify("tamper_views", std::to_string(camera.id.value()));
        return {};
    });
}

base::Result<void> TamperViews::accept(const access::Acting& acting, const estate::Camera& camera) {
    return change(acting, camera, true, std::nullopt);
}

base::Result<void> TamperViews::setWatched(const access::Acting& acting, const estate::Camera& camera, bool isWatched) {
    return change(acting, camera, false, isWatched);
}

const store::AuditWitness& TamperViews::witness() {
    static const store::AuditWitness witness{"tamper_view",
                                             "tamper_view",
                                             "camera_id",
                                             "camera_number",
                                             {"camera_id", "camera_number", "is_watched", "accepted_at", "accepted_by"},
                                             store::AuditWitness::Rows::Changing};
    return witness;
}

}  // namespace leedswatch::analytics

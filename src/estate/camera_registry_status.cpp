#include "estate/camera_registry.h"

// What the station knows of the cameras' streams: observations, which are not audited.

namespace leedswatch::estate {

base::Result<std::vector<CameraStatus>> CameraRegistry::statuses() {
    return m_database.read([](soci::session& sql) -> base::Result<std::vector<CameraStatus>> {
        std::vector<CameraStatus> statuses;
        CameraStatus status;
        std::int64_t id = 0;
        std::int64_t since = 0;
        std::string state;
        std::string cause;
        soci::statement statement =
            (sql.prepare << "SELECT camera_id, state, cause, message, since FROM camera_status ORDER BY camera_id",
             soci::into(id), soci::into(state), soci::into(cause), soci::into(status.message), soci::into(since));
        statement.execute();
        while (statement.fetch()) {
            status.camera = CameraId{id};
            status.state = cameraStateFromName(state).value_or(CameraState::Offline);
            status.cause = lossCauseFromName(cause).value_or(LossCause::None);
            status.since = base::fromStored(since);
            statuses.push_back(status);
        }
        return statuses;
    });
}

base::Result<void> CameraRegistry::setStatuses(const std::vector<CameraStatus>& statuses) {
    if (statuses.empty()) {
        return {};
    }
    return m_database.write(
        [&](store::Transaction& transaction) -> base::Result<void> {
            std::int64_t id = 0;
            std::int64_t since = 0;
            std::string state;
            std::string cause;
            std::string message;
            soci::statement statement =
                (transaction.sql().prepare
                     << "INSERT INTO camera_status (camera_id, state, cause, message, since) "
                        "VALUES (:id, :state, :cause, :message, :since) ON CONFLICT (camera_id) DO UPDATE SET "
                        "state = excluded.state, cause = excluded.cause, message = excluded.message, since = "
                        "excluded.since",
                 soci::use(id, "id"), soci::use(state, "state"), soci::use(cause, "cause"),
                 soci::use(message, "message"), soci::use(since, "since"));
            for (const auto& status : statuses) {
                id = status.camera.value();
                state = nameOf(status.state);
                cause = nameOf(status.cause);
                message = status.message;
                since = base::toStored(status.since);
                statement.execute(true);
            }
            transaction.notify("camera_status", std::to_string(statuses.front().camera.value()));
            return {};
        });
}

}  // namespace leedswatch::estate

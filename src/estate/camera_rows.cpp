#include "estate/camera_rows.h"

namespace leedswatch::estate {

base::Result<void> requireInEstate(soci::session& sql, const Camera& camera) {
    const long long id = camera.id.value();
    int number = 0;
    sql << "SELECT number FROM camera WHERE id = :id", soci::use(id, "id"), soci::into(number);
    if (!sql.got_data()) {
        return base::fail(base::ErrorCode::NotFound,
                          "camera " + std::to_string(camera.number) + " is not in the estate any more");
    }
    return {};
}

}  // namespace leedswatch::estate

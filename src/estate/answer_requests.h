#pragma once

#include "base/time.h"
#include "estate/camera.h"
#include "estate/premises.h"

#include <soci/soci.h>

#include <optional>
#include <string>
#include <vector>

namespace leedswatch::estate {

/// Something that the station found and that somebody must answer, or that somebody who answers it must know. Whoever
/// finds it writes it in the transaction of the finding and tells the topic "answer_requests"; the rules of alarms take
/// it from there.
struct AnswerRequest {
    std::int64_t id = 0;
    std::string source;  ///< "motion", "tamper", "welfare"; "heard-of": a line of the welfare alarm that is open
    CameraId camera;     ///< not valid: it is about no camera, and has a subject
    base::UtcTime at{};
    std::string words;  ///< what happened
    std::optional<PremisesId> premises = {};
    std::string subject = {};  ///< "unit 3 welfare": what it shares with what joins one alarm
    std::string place = {};    ///< as the room calls it; empty: the camera's
};

// Each throws soci::soci_error.

void insertAnswerRequest(soci::session& sql, const AnswerRequest& request);
/// The oldest first.
[[nodiscard]] std::vector<AnswerRequest> selectAnswerRequests(soci::session& sql, int most);
void removeAnswerRequest(soci::session& sql, std::int64_t id);

}  // namespace leedswatch::estate

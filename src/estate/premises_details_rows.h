#pragma once

#include "estate/premises_details.h"

#include <soci/soci.h>

#include <optional>
#include <string>
#include <vector>

namespace leedswatch::estate {

// What is kept of premises for those who answer their alarms, as it goes in and out. Each throws soci::soci_error.

[[nodiscard]] std::optional<Premises> selectPremisesById(soci::session& sql, PremisesId premises);
[[nodiscard]] std::vector<Keyholder> selectKeyholders(soci::session& sql, PremisesId premises);
/// The ids of the rows that went and of those that came.
[[nodiscard]] std::vector<std::int64_t> replaceKeyholders(soci::session& sql, PremisesId premises,
                                                          const std::vector<Keyholder>& keyholders);
[[nodiscard]] std::vector<PremisesCamera> selectPremisesCameras(soci::session& sql, PremisesId premises);
void replacePremisesCameras(soci::session& sql, PremisesId premises, const std::vector<PremisesCamera>& cameras);
/// Empty: none are kept.
[[nodiscard]] std::string selectSealedWords(soci::session& sql, PremisesId premises);
void saveSealedWords(soci::session& sql, PremisesId premises, const std::string& sealed);
[[nodiscard]] std::optional<CameraId> selectCameraId(soci::session& sql, int number);

}  // namespace leedswatch::estate

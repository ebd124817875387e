#pragma once

#include "base/time.h"
#include "estate/premises.h"

#include <soci/soci.h>

#include <optional>
#include <string>

namespace leedswatch::response {

/// Whether an area of a system is set (armed), as its panel said last.
struct SetState {
    bool isSet = false;
    base::UtcTime since{};
    std::string byUser = {};
};

// Each throws soci::soci_error.

void writeSetState(soci::session& sql, estate::PanelId panel, const std::string& area, const SetState& state);
/// Of any area of the panel, the newest; nothing: it has never said.
[[nodiscard]] std::optional<SetState> newestSetState(soci::session& sql, estate::PanelId panel);

}  // namespace leedswatch::response

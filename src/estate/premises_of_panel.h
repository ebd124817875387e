#pragma once

#include "estate/premises.h"

#include <soci/soci.h>

#include <optional>
#include <string>

namespace leedswatch::estate {

/// A panel and the premises that it signals from, without secrets.
struct PremisesOfPanel {
    Premises premises;
    PanelId panel;
    std::string account;
    std::string line;
    std::string transmitter;
};

/// Nothing: there is no such panel any more. Throws soci::soci_error.
[[nodiscard]] std::optional<PremisesOfPanel> selectPremisesOfPanel(soci::session& sql, PanelId panel);

}  // namespace leedswatch::estate

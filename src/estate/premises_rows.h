#pragma once

#include "estate/premises.h"

#include <soci/soci.h>

#include <optional>
#include <string>
#include <vector>

namespace leedswatch::estate {

struct StoredPanel {
    Panel panel;
    std::string sealedKey;
};

// The rows of premises and panels as they go in and out. Each throws soci::soci_error.

[[nodiscard]] std::vector<Premises> selectPremises(soci::session& sql, const std::optional<std::string>& reference);
/// Of one account and line, or all.
struct PanelAddress {
    std::string account;
    std::string line;
};
[[nodiscard]] std::vector<StoredPanel> selectPanels(soci::session& sql, const std::optional<PanelAddress>& only);
/// A new one if it has no id yet, which it is given.
void savePremises(soci::session& sql, Premises& premises);
void savePanel(soci::session& sql, StoredPanel& stored);
/// How the paths of a panel that has an id are told apart. False: nothing is known of it, and there is no row.
[[nodiscard]] bool saveSignalling(soci::session& sql, const Panel& panel);
/// Another panel of the account has one of `panel`'s two lines.
[[nodiscard]] bool sharesItsLines(soci::session& sql, const Panel& panel);

}  // namespace leedswatch::estate

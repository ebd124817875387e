#pragma once

#include "access/person.h"
#include "estate/premises.h"
#include "store/database.h"

#include <soci/soci.h>

#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::estate {

/// Premises that fit what somebody typed, with the accounts of their panels.
struct FoundPremises {
    Premises premises;
    std::vector<std::string> accounts;
};

/// Finds premises by the beginning of an account or a reference, or by words of their reference, name or address, each
/// the beginning of one; those whose reference or account is exactly that come first. Whatever is typed, it means those
/// words and no operator. Thread-safe.
class PremisesSearch {
public:
    explicit PremisesSearch(store::Database& database) : m_database{database} {}

    /// Errors: NotPermitted (the right to see alarms).
    [[nodiscard]] base::Result<std::vector<FoundPremises>> find(const access::Acting& acting, std::string_view typed,
                                                                int most = 20);
    /// The one with that reference or account. Errors: NotPermitted; NotFound, with what to do.
    [[nodiscard]] base::Result<FoundPremises> exactly(const access::Acting& acting, std::string_view typed);

private:
    store::Database& m_database;
};

/// The panels of premises by account, without secrets. Throws soci::soci_error.
struct PanelOfPremises {
    PanelId panel;
    std::string account;
    std::string line;
    std::string transmitter;
};
[[nodiscard]] std::vector<PanelOfPremises> selectPanelsOfPremises(soci::session& sql, PremisesId premises);

}  // namespace leedswatch::estate

#pragma once

#include "dispatch/jobs.h"
#include "dispatch/key_register.h"
#include "dispatch/units.h"
#include "programs/ctl/session.h"

#include <optional>
#include <string>
#include <vector>

namespace leedswatch::ctl {

/// The services of keyholding and mobile response over a session's store, and who acts.
struct DispatchServices {
    store::Database& database;
    access::Acting acting;
    dispatch::Units units;
    dispatch::Jobs jobs;
    dispatch::KeyRegister keys;
};

[[nodiscard]] base::Result<DispatchServices> dispatchServices(Session& session);

/// By its call sign. Error: NotFound.
[[nodiscard]] base::Result<dispatch::Unit> unitBySign(DispatchServices& services, const std::string& sign);
/// By reference. Error: NotFound.
[[nodiscard]] base::Result<estate::PremisesId> premisesByReference(store::Database& database,
                                                                   const std::string& reference);
/// By tags. Error: NotFound.
[[nodiscard]] base::Result<std::vector<dispatch::BunchId>> keysByTag(DispatchServices& services,
                                                                     const std::vector<std::string>& tags);

[[nodiscard]] nlohmann::json timeOrNull(const std::optional<base::UtcTime>& time);
/// "-" if it is not known.
[[nodiscard]] std::string timeOrDash(const std::optional<base::UtcTime>& time);

}  // namespace leedswatch::ctl

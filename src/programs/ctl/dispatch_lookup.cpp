#include "programs/ctl/dispatch_lookup.h"

#include "base/local_time.h"
#include "base/words.h"
#include "estate/premises_rows.h"
#include "response/job_notes.h"

#include <algorithm>

namespace leedswatch::ctl {

base::Result<DispatchServices> dispatchServices(Session& session) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(auto acting, session.acting());
    return base::Result<DispatchServices>{
        tl::in_place,
        DispatchServices{*database, std::move(acting), dispatch::Units{*database, response::noteJobInAlarm},
                         dispatch::Jobs{*database, response::noteJobInAlarm}, dispatch::KeyRegister{*database}}};
}

base::Result<dispatch::Unit> unitBySign(DispatchServices& services, const std::string& sign) {
    TRY_ASSIGN(auto all, services.units.list(services.acting));
    const auto found = std::ranges::find(all, base::trimmedUpper(sign), &dispatch::Unit::callSign);
    if (found == all.end()) {
        return base::fail(base::ErrorCode::NotFound, "there is no unit '" + sign + "'; see dispatch units");
    }
    return base::Result<dispatch::Unit>{tl::in_place, std::move(*found)};
}

base::Result<estate::PremisesId> premisesByReference(store::Database& database, const std::string& reference) {
    return database.read([&](soci::session& sql) -> base::Result<estate::PremisesId> {
        const auto found = estate::selectPremises(sql, reference);
        if (found.empty()) {
            return base::fail(base::ErrorCode::NotFound,
                              "there are no premises '" + reference + "'; see premises list");
        }
        return found.front().id;
    });
}

base::Result<std::vector<dispatch::BunchId>> keysByTag(DispatchServices& services,
                                                       const std::vector<std::string>& tags) {
    std::vector<dispatch::BunchId> keys;
    for (const std::string& tag : tags) {
        TRY_ASSIGN(const auto bunch, services.keys.bunch(services.acting, tag));
        keys.push_back(bunch.id);
    }
    return base::Result<std::vector<dispatch::BunchId>>{tl::in_place, std::move(keys)};
}

nlohmann::json timeOrNull(const std::optional<base::UtcTime>& time) {
    return time ? nlohmann::json(base::formatUtc(*time)) : nlohmann::json(nullptr);
}

std::string timeOrDash(const std::optional<base::UtcTime>& time) {
    return time ? base::formatLocal(*time) : "-";
}

}  // namespace leedswatch::ctl

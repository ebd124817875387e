#pragma once

#include "access/person.h"
#include "base/id.h"
#include "base/result.h"
#include "estate/premises.h"
#include "store/database.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace leedswatch::response {

using EngineerVisitId = base::Id<struct EngineerVisitTag>;

/// An engineer at premises. What their system sends is shown, lower unless somebody's life depends on it, and the
/// police are not called for it.
struct EngineerVisit {
    EngineerVisitId id;
    estate::PremisesId premises;
    base::UtcTime begins{};
    base::UtcTime ends{};
    std::string engineer = {};  ///< who, of which firm, and how it was known
    std::string placedBy = {};  ///< user name, or "station": the panel said so
};

/// Engineers who are at premises. Each visit has an end, which comes by itself. Thread-safe.
/// Topic of the change feed: "engineer_visits".
class EngineerVisits {
public:
    static constexpr std::chrono::hours longest{12};
    static constexpr std::chrono::hours ofPanels{8};  ///< a visit that a panel reported, unless it reports its end

    explicit EngineerVisits(store::Database& database) : m_database{database} {}

    /// From now until `ends`; in the place of one that lasts there. Errors: NotPermitted; InvalidInput (nobody is
    /// named, it ends in the past or after more than twelve hours); NotFound (the premises).
    [[nodiscard]] base::Result<EngineerVisit> begin(const access::Acting& acting, const EngineerVisit& wanted);
    /// Errors: NotPermitted; NotFound: it is over.
    [[nodiscard]] base::Result<void> end(const access::Acting& acting, EngineerVisitId id);
    /// Those that last, by their end.
    [[nodiscard]] base::Result<std::vector<EngineerVisit>> lasting();
    /// By the station: ends those whose time has come; how many.
    [[nodiscard]] base::Result<int> endDue(base::UtcTime now);

    // In the caller's transaction or reading. Each throws soci::soci_error.

    [[nodiscard]] static std::optional<EngineerVisit> at(soci::session& sql, estate::PremisesId premises,
                                                         base::UtcTime now);
    /// A panel said that an engineer came or left.
    static void reported(store::Transaction& transaction, estate::PremisesId premises, bool isOnSite,
                         const std::string& words);

private:
    store::Database& m_database;
};

}  // namespace leedswatch::response

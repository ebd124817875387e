#pragma once

#include "access/person.h"
#include "base/csv_table.h"
#include "estate/camera_registry.h"
#include "estate/premises.h"
#include "store/database.h"

#include <soci/soci.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::estate {

using ZoneId = base::Id<struct ZoneTag>;

/// What a detector is there for.
enum class ZoneKind { Intruder, Fire, HoldUp, Medical, Technical, Tamper, Other };

[[nodiscard]] std::string_view nameOf(ZoneKind kind);   ///< "intruder", "hold-up", ...: as stored and typed
[[nodiscard]] std::string_view titleOf(ZoneKind kind);  ///< "Intruder"
[[nodiscard]] std::optional<ZoneKind> zoneKindFrom(std::string_view name);

/// A detector of a panel, or several behind one number.
struct AlarmZone {
    ZoneId id = {};
    PanelId panel = {};
    std::string account = {};  ///< of the panel
    std::string number = {};   ///< as zoneNumber() makes it
    std::string name = {};
    std::string area = {};  ///< likewise; empty: not known
    ZoneKind kind = ZoneKind::Intruder;
    std::string source = {};  ///< "import", "hand", "learnt"
};

/// The number of a zone or area as it is compared: panels write 12, 012 or 0012 for the same. Empty: none is named.
[[nodiscard]] std::string zoneNumber(std::string_view sent);
/// By account, then by number as people count: 2 before 10.
[[nodiscard]] bool standsBefore(const AlarmZone& one, const AlarmZone& other);

/// Which zones the panels of premises have: from a file, by hand, or learnt from signals (response::ZoneLearning).
/// Thread-safe. Topic of the change feed: "alarm_zones".
class AlarmZones {
public:
    static constexpr int mostOfPanel = 2'000;

    explicit AlarmZones(store::Database& database) : m_database{database} {}

    /// In their order. Errors: NotPermitted (the right to see alarms).
    [[nodiscard]] base::Result<std::vector<AlarmZone>> list(const access::Acting& acting, PremisesId premises);
    /// Adds one, or changes the one with its panel and number. Errors: NotPermitted (the right to answer alarms);
    /// InvalidInput; NotFound: the panel is not one of these premises.
    [[nodiscard]] base::Result<AlarmZone> save(const access::Acting& acting, PremisesId premises,
                                               const AlarmZone& zone);
    /// Adds those that are not known; what is known stays as it is. How many were added.
    [[nodiscard]] base::Result<int> add(const access::Acting& acting, PremisesId premises,
                                        const std::vector<AlarmZone>& zones);
    /// Errors: NotPermitted (the right to plan tests), NotFound.
    [[nodiscard]] base::Result<void> remove(const access::Acting& acting, PremisesId premises, ZoneId zone);

    /// CSV with the columns premises (a reference) and zone; account (if the premises have several), name, area and
    /// kind may be there. A zone that is known is changed; none is removed. All rows or none. Errors: NotPermitted (the
    /// right to manage premises), InvalidInput (names line, column and what to do).
    [[nodiscard]] base::Result<ImportReport> importCsv(const access::Acting& acting, std::string_view csv);
    /// The same columns; of those premises, or of all.
    [[nodiscard]] base::Result<std::string> exportCsv(const access::Acting& acting, std::optional<PremisesId> only);

    /// In their order. Throws soci::soci_error.
    [[nodiscard]] static std::vector<AlarmZone> select(soci::session& sql, PremisesId premises);

private:
    store::Database& m_database;
};

}  // namespace leedswatch::estate

#pragma once

#include "access/person.h"
#include "base/weekly_schedule.h"
#include "estate/camera.h"
#include "estate/camera_registry.h"
#include "estate/premises.h"
#include "store/database.h"

#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::estate {

/// Somebody who is called for premises.
struct Keyholder {
    int position = 0;  ///< from 1: the order in which they are called
    std::string name;
    std::string phones;                      ///< one or more, with commas
    base::WeeklySchedule availability = {};  ///< empty: always
    bool holdsKeys = true;
    std::string note = {};
};

/// A camera that opens for alarms at premises.
struct PremisesCamera {
    CameraId camera;
    int number = 0;
    std::string zone = {};  ///< the detector that it looks at; empty: any
};

/// What whoever answers an alarm needs to know of the premises.
struct PremisesCard {
    Premises premises;
    std::vector<Keyholder> keyholders;
    std::vector<PremisesCamera> cameras;
    bool hasPassword = false;
};

/// What a spoken word is.
enum class SpokenWord {
    Right,
    Wrong,
    Duress,   ///< whoever said it is under threat: it is an alarm, and nobody lets them hear that
    NoneKept  ///< nobody has given a password for these premises
};

/// Keyholders, cameras and passwords of premises. Passwords are sealed in the store and never shown: what is said is
/// typed in and compared, whatever its letters' size and the spaces around it. Thread-safe.
/// Topic of the change feed: "premises".
class PremisesDetails {
public:
    explicit PremisesDetails(store::Database& database) : m_database{database} {}

    /// Errors: NotPermitted (the right to see alarms), NotFound.
    [[nodiscard]] base::Result<PremisesCard> card(const access::Acting& acting, PremisesId premises);
    /// Errors: NotPermitted (the right to answer alarms), InvalidInput (nothing was said), NotFound.
    [[nodiscard]] base::Result<SpokenWord> compareWord(const access::Acting& acting, PremisesId premises,
                                                       std::string_view said);

    /// CSV with the columns premises (a reference), name, phones; availability, holds_keys and note may be there. The
    /// rows of premises, in their order, are all their keyholders from then on. All rows or none. Counts are of
    /// premises. Errors: NotPermitted, InvalidInput (names line, column and what to do).
    [[nodiscard]] base::Result<ImportReport> importKeyholders(const access::Acting& acting, std::string_view csv);
    /// CSV with the column premises; password, duress and cameras may be there. Cameras are numbers with semicolons, in
    /// the order in which they open: "12;14@03" opens 14 for zone 03. An empty field changes nothing, a dash takes away
    /// what was there.
    [[nodiscard]] base::Result<ImportReport> importAnswering(const access::Acting& acting, std::string_view csv);

    /// What the audit log vouches for; for AuditLog::verify.
    [[nodiscard]] static const store::AuditWitness& keyholderWitness();

private:
    store::Database& m_database;
};

}  // namespace leedswatch::estate

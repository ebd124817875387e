#pragma once

#include "access/person.h"
#include "base/result.h"
#include "estate/camera_registry.h"
#include "estate/premises.h"
#include "store/audit_witness.h"
#include "store/database.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::estate {

/// Kinds of systems for which a police force gives a reference (URN) each (reference 4.3).
enum class PoliceSystemKind { Intruder, HoldUp, Video, LoneWorker };

inline constexpr std::array policeSystemKinds{PoliceSystemKind::Intruder, PoliceSystemKind::HoldUp,
                                              PoliceSystemKind::Video, PoliceSystemKind::LoneWorker};

[[nodiscard]] std::string_view nameOf(PoliceSystemKind kind);   ///< "hold-up": as stored and typed
[[nodiscard]] std::string_view titleOf(PoliceSystemKind kind);  ///< "Hold-up": as shown
[[nodiscard]] std::optional<PoliceSystemKind> policeSystemKindFrom(std::string_view name);

/// Response: at once, as they can (only in Scotland), none.
inline constexpr int policeImmediate = 1;
inline constexpr int policeWithdrawn = 3;

/// What the police answer of one system of premises.
struct PoliceSystem {
    PoliceSystemKind kind = PoliceSystemKind::Intruder;
    std::string reference = {};  ///< URN; empty: they do not come for this system
    std::string force = {};      ///< "West Yorkshire Police"; empty: not said
    int level = policeImmediate;
    bool needsConfirmation = true;  ///< an alarm that is not confirmed is not passed on
    base::UtcTime countsFrom{};     ///< false calls before it count no more: response was given back then
    bool operator==(const PoliceSystem&) const = default;
};

/// One line of how a level came to be what it is.
struct PoliceLevelChange {
    base::UtcTime at{};
    int level = policeImmediate;
    std::string who;  ///< user name, or "station"
    std::string why;
};

/// References of premises with the police, one for each kind of system. That of the intruder system is the one of the
/// list of premises. Thread-safe. Topic of the change feed: "premises".
class PoliceSystems {
public:
    explicit PoliceSystems(store::Database& database) : m_database{database} {}

    /// Those with a reference, in the order of the kinds. Errors: NotPermitted.
    [[nodiscard]] base::Result<std::vector<PoliceSystem>> of(const access::Acting& acting, PremisesId premises);
    /// The newest first.
    [[nodiscard]] base::Result<std::vector<PoliceLevelChange>> levels(const access::Acting& acting, PremisesId premises,
                                                                      PoliceSystemKind kind);
    /// Reference, force and whether it needs a confirmation; the level stays. An empty reference takes it away.
    /// Errors: NotPermitted, NotFound (the premises), InvalidInput.
    [[nodiscard]] base::Result<void> set(const access::Acting& acting, PremisesId premises, const PoliceSystem& wanted);
    /// As the police have written, or by the ledger's count. From 3 to another it is given back: false calls count from
    /// then on, and a hold-up system needs a confirmation. Errors: NotPermitted, NotFound (no reference), InvalidInput
    /// (no such level, no reason).
    [[nodiscard]] base::Result<void> setLevel(const access::Acting& acting, PremisesId premises, PoliceSystemKind kind,
                                              int level, const std::string& why);
    /// CSV with premises (a reference), system, reference; force, level and needs_confirmation may be there. An empty
    /// field changes nothing, a dash takes a reference away. All rows or none. Errors: NotPermitted, InvalidInput
    /// (names line, column and what to do).
    [[nodiscard]] base::Result<ImportReport> importCsv(const access::Acting& acting, std::string_view csv);

    /// In a transaction or a reading of the caller's. Nothing: no reference. Throws soci::soci_error.
    [[nodiscard]] static std::optional<PoliceSystem> select(soci::session& sql, PremisesId premises,
                                                            PoliceSystemKind kind);
    /// In the caller's transaction, with its audit event. Throws soci::soci_error.
    static void writeLevel(store::Transaction& transaction, const access::Acting& acting, PremisesId premises,
                           const PoliceSystem& system, int level, const std::string& why);

    /// What the audit log vouches for; for AuditLog::verify.
    [[nodiscard]] static const store::AuditWitness& witness();
    [[nodiscard]] static const store::AuditWitness& levelWitness();

private:
    store::Database& m_database;
};

}  // namespace leedswatch::estate

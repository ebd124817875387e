#pragma once

#include "access/person.h"
#include "base/id.h"
#include "estate/police_systems.h"
#include "response/alarm.h"
#include "store/audit_witness.h"
#include "store/database.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::response {

class AlarmChange;
struct AlarmOutcome;

using PoliceCallId = base::Id<struct PoliceCallTag>;

enum class PoliceVerdict {
    False,
    Genuine,
    Disregarded,  ///< does not count: called off in time, part of another, the police agreed
};

[[nodiscard]] std::string_view nameOf(PoliceVerdict verdict);  ///< as stored and typed
[[nodiscard]] std::optional<PoliceVerdict> policeVerdictFrom(std::string_view name);

/// By whom a call was judged.
enum class VerdictSource {
    Outcome,  ///< what its alarm was closed as
    Police,   ///< their letter or word
    Room,     ///< a supervisor
};

[[nodiscard]] std::string_view nameOf(VerdictSource source);
[[nodiscard]] std::optional<VerdictSource> verdictSourceFrom(std::string_view name);

/// A call that was passed to the police with a reference, and what it turned out to be.
struct PoliceCall {
    PoliceCallId id;
    estate::PremisesId premises;
    estate::PoliceSystemKind system = estate::PoliceSystemKind::Intruder;
    std::optional<AlarmId> alarm = {};  ///< none: written down afterwards
    std::string reference = {};
    base::UtcTime at{};
    std::string who = {};
    std::string words = {};                      ///< what the police said: their number for it
    std::optional<PoliceVerdict> verdict = {};   ///< none: its alarm is not closed, or said nothing
    VerdictSource source = VerdictSource::Room;  ///< of the verdict
    std::string judgedBy = {};
    std::string why = {};
};

/// False calls of a system in the rolling twelve months, against the numbers at which the police warn and stop.
struct FalseCallCount {
    int calls = 0;
    int warnAt = 2;
    int stopAt = 3;
};

/// The ledger of calls to the police. Twelve months of it, since response was last given back, decide whether they
/// still come: with the number at which they stop the level is 3 until a supervisor gives it back. Lines are only
/// added: a verdict that is changed is a new line. Thread-safe. Topic of the change feed: "police_calls".
class PoliceCalls {
public:
    explicit PoliceCalls(store::Database& database) : m_database{database} {}

    /// The newest first. Error: NotPermitted.
    [[nodiscard]] base::Result<std::vector<PoliceCall>> list(const access::Acting& acting, estate::PremisesId premises,
                                                             int most = 200);
    [[nodiscard]] base::Result<FalseCallCount> count(const access::Acting& acting, estate::PremisesId premises,
                                                     estate::PoliceSystemKind system);
    /// One that is not in the ledger: of another receiving centre, or found in a letter. Errors: NotPermitted, NotFound
    /// (no reference), InvalidInput (in the future, no reason).
    struct Told {
        estate::PremisesId premises;
        estate::PoliceSystemKind system = estate::PoliceSystemKind::Intruder;
        base::UtcTime at{};
        PoliceVerdict verdict = PoliceVerdict::False;
        VerdictSource source = VerdictSource::Police;
        std::string why = {};
    };
    [[nodiscard]] base::Result<PoliceCall> add(const access::Acting& acting, const Told& told);
    /// What a call turned out to be, whatever was said before. Errors: NotPermitted, NotFound, InvalidInput.
    [[nodiscard]] base::Result<void> judge(const access::Acting& acting, PoliceCallId id, PoliceVerdict verdict,
                                           VerdictSource source, const std::string& why);

    // In the caller's transaction. Each throws soci::soci_error.

    /// A police step was done by reference.
    static void enterCall(AlarmChange& change, const Alarm& alarm, const estate::PoliceSystem& system,
                          const std::string& words);
    /// An alarm is closed: if the police were called for it, its outcome is the verdict. What the count leads to is a
    /// line of the alarm's record.
    static void judgeByOutcome(AlarmChange& change, const Alarm& alarm, const AlarmOutcome& outcome);
    [[nodiscard]] static FalseCallCount countOf(soci::session& sql, estate::PremisesId premises,
                                                const estate::PoliceSystem& system, base::UtcTime now);

    /// What the audit log vouches for; for AuditLog::verify.
    [[nodiscard]] static const store::AuditWitness& witness();
    [[nodiscard]] static const store::AuditWitness& verdictWitness();

private:
    store::Database& m_database;
};

}  // namespace leedswatch::response

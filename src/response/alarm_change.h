#pragma once

#include "access/person.h"
#include "response/alarm.h"
#include "store/audit_event.h"
#include "store/database.h"

#include <optional>
#include <string>
#include <vector>

namespace leedswatch::response {

/// What raises an alarm, or joins the one that is open for it.
struct NewAlarm {
    AlarmClass alarmClass = AlarmClass::Unknown;
    std::string joinKey = {};
    std::optional<estate::PremisesId> premises = {};
    std::optional<estate::PanelId> panel = {};
    std::optional<estate::CameraId> camera = {};
    std::string place = {};
    std::string what = {};
    base::UtcTime raised{};
    std::optional<int> priority = {};             ///< another than its class's
    std::optional<base::UtcTime> heldUntil = {};  ///< kept back till then
    bool isConfirmed = false;
    bool isOnTest = false;  ///< shown although its system is on test
    std::optional<SignalId> signal = {};
    std::vector<std::string> reasons = {};  ///< why it is shown as it is: sentences
    std::optional<FireHandling> fireHandling = {};
};

/// Changes of alarms in one transaction: each writes the alarm's row and a line of its record, and `finish` one audit
/// event that vouches for all of them. What throws is soci::soci_error.
class AlarmChange {
public:
    AlarmChange(store::Transaction& transaction, const access::Acting& acting)
        : m_transaction{transaction}, m_acting{acting} {}

    /// Raises one, or joins the signal to the one that is open under the same key.
    struct Raised {
        Alarm alarm;
        bool isNew = true;
    };
    Raised raise(const NewAlarm& from);
    /// Writes the alarm as it is now, with a line in its record.
    void enter(const Alarm& alarm, EntryKind kind, std::string text, nlohmann::json details = nlohmann::json::object(),
               std::optional<SignalId> signal = {});

    /// Writes the alarm as it is now, without a line: one of very many signals of the same kind joined it.
    void count(const Alarm& alarm);
    /// By a rule: with a line that says so.
    void close(Alarm alarm, const std::string& outcome);
    /// Nothing if nothing was changed. `action`: "alarm.accepted".
    void finish(const std::string& action, const std::string& object);

    [[nodiscard]] soci::session& sql() { return m_transaction.sql(); }
    /// For what is written with the change by another service.
    [[nodiscard]] store::Transaction& transaction() { return m_transaction; }
    [[nodiscard]] const access::Acting& acting() const { return m_acting; }
    [[nodiscard]] base::UtcTime now() const { return m_transaction.now(); }

private:
    [[nodiscard]] Alarm join(Alarm alarm, const NewAlarm& from);

    store::Transaction& m_transaction;
    const access::Acting& m_acting;
    std::vector<store::WitnessedChange> m_alarms;
    std::vector<store::WitnessedChange> m_entries;
    std::string m_newest;
};

/// What the audit log vouches for: what an alarm was when it was raised, and every line of its record.
[[nodiscard]] const store::AuditWitness& alarmWitness();
[[nodiscard]] const store::AuditWitness& alarmEntryWitness();

}  // namespace leedswatch::response

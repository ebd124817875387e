#pragma once

#include "access/person.h"
#include "dispatch/job.h"
#include "response/alarm_change.h"
#include "response/alarm_rows.h"
#include "response/alarm_steps.h"
#include "store/database.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace leedswatch::response {

/// The queue as a desk shows it: the first of each state in the order in which they are to be answered.
struct QueueSnapshot {
    std::vector<Alarm> waiting;
    std::vector<Alarm> inHand;
    std::vector<Alarm> parked;
    std::vector<Alarm> held;
    std::map<AlarmState, int> counts;  ///< mostCounted: as many or more
};

/// An alarm with its record and steps.
struct AlarmRecord {
    Alarm alarm;
    std::vector<AlarmEntry> entries;
    std::vector<AlarmStep> steps;     ///< none before somebody has taken it
    std::string plan;                 ///< its name
    std::vector<StepGate> gates;      ///< of open steps for the police and the fire service, as they stand now
    std::vector<dispatch::Job> jobs;  ///< whom it sent, over or not
};

/// Null: nothing stands in the way of the step, and there is nothing to know of it.
[[nodiscard]] const StepGate* gateOf(const AlarmRecord& record, int position);

/// What came of a step.
struct StepResult {
    int position = 0;
    bool isSkipped = false;  ///< not needed, and why in `words`
    std::string words;       ///< what was said or seen
    bool confirms = false;   ///< Camera, Call: an offence or a fire was seen or heard of
    /// Dispatch: a unit is sent. Premises, alarm and place are the alarm's, and an empty reason is what it says.
    std::optional<dispatch::NewJob> sending = {};
};

/// One queue for everything that needs an answer. In the order: life safety, then priority, then age. Whoever has an
/// alarm is its owner; only the owner works on it, others take it over first. Every change is a line of the alarm's
/// record with who, when and where. Thread-safe. Topic of the change feed: "alarms".
/// Errors of all: NotPermitted; NotFound (there is no such alarm); Busy (somebody else has it; the message says who and
/// since when); InvalidInput (it is closed, or words are missing).
class AlarmQueue {
public:
    explicit AlarmQueue(store::Database& database) : m_database{database} {}

    [[nodiscard]] base::Result<QueueSnapshot> snapshot(const access::Acting& acting, int most = 200);
    [[nodiscard]] base::Result<AlarmRecord> record(const access::Acting& acting, AlarmId id);
    /// Of a period, closed ones too; the newest first.
    [[nodiscard]] base::Result<std::vector<Alarm>> history(const access::Acting& acting, const AlarmPeriod& period);

    /// By whoever finds something that needs an answer, a person or the station; joins the one that is open for it.
    [[nodiscard]] base::Result<Alarm> raise(const access::Acting& acting, const NewAlarm& alarm);
    /// A desk shows these: those of them that none had shown yet are marked.
    [[nodiscard]] base::Result<void> present(const access::Acting& acting, const std::vector<AlarmId>& shown);

    /// Takes one that waits, is parked or is held; its steps begin.
    [[nodiscard]] base::Result<Alarm> accept(const access::Acting& acting, AlarmId id);
    /// The first that waits, for this desk or any. NotFound: none does.
    [[nodiscard]] base::Result<Alarm> acceptNext(const access::Acting& acting);
    /// From somebody else, who is named in the record.
    [[nodiscard]] base::Result<Alarm> takeOver(const access::Acting& acting, AlarmId id);
    /// Back into the queue.
    [[nodiscard]] base::Result<void> release(const access::Acting& acting, AlarmId id);
    /// All that this person has at this desk, as they leave it; how many.
    [[nodiscard]] base::Result<int> releaseAll(const access::Acting& acting);
    /// By its owner or anybody who may answer.
    [[nodiscard]] base::Result<void> note(const access::Acting& acting, AlarmId id, const std::string& words);
    /// Comes back by itself at `until`, which is at most a day away.
    [[nodiscard]] base::Result<void> park(const access::Acting& acting, AlarmId id, base::UtcTime until,
                                          const std::string& why);
    /// To another desk, where it waits. Not taken there within two minutes, half a minute if it is of life safety, it
    /// waits at all desks again: a name may be mistyped, and nobody may be there.
    [[nodiscard]] base::Result<void> forward(const access::Acting& acting, AlarmId id, const std::string& desk,
                                             const std::string& why);

    /// The other desks at which alarms were answered of late, by name.
    [[nodiscard]] base::Result<std::vector<std::string>> otherDesks(const access::Acting& acting);

    /// A step of the plan. The outcome's is `close`. InvalidInput: its gate is closed; it names the reasons. The police
    /// are called by reference: it goes into the ledger. A job is created in the transaction of the step that sends
    /// somebody, and its number stands in the record. Errors: those of dispatch::Jobs::create, too.
    [[nodiscard]] base::Result<AlarmRecord> completeStep(const access::Acting& acting, AlarmId id,
                                                         const StepResult& result);
    struct Closing {
        std::string outcome;  ///< a code of alarmOutcomes()
        std::string words;
        /// Though required steps are open: why. By those who may skip steps.
        std::string whyStepsAreSkipped = {};
    };
    /// InvalidInput names the steps that are not done.
    [[nodiscard]] base::Result<void> close(const access::Acting& acting, AlarmId id, const Closing& closing);

    /// By the station: what is held, parked or forwarded no longer than that waits at all desks from now
    /// on; how many.
    [[nodiscard]] base::Result<int> wakeDue(base::UtcTime now);

private:
    store::Database& m_database;
};

}  // namespace leedswatch::response

#include "response/job_notes.h"

#include "response/alarm_change.h"
#include "response/alarm_rows.h"

namespace leedswatch::response {

namespace {

using dispatch::JobLine;

/// What an alarm's record says of a line of a job's; empty: nothing.
std::string noteOf(const dispatch::Job& job, const dispatch::JobEntry& entry) {
    const std::string number = "Job " + std::to_string(job.id.value()) + ": ";
    switch (entry.kind) {
        case JobLine::OnScene: return number + "on scene, " + entry.text;
        case JobLine::StoodDown: return number + "stood down, " + entry.text;
        case JobLine::Finished: return number + "finished by " + job.callSign + ". " + entry.text;
        case JobLine::Cancelled: return number + "cancelled: " + entry.text;
        case JobLine::Created:
        case JobLine::Assigned:
        case JobLine::EnRoute:
        case JobLine::Note:
        case JobLine::Keys: return {};
    }
    return {};
}

}  // namespace

void noteJobInAlarm(store::Transaction& transaction, const access::Acting& acting, const dispatch::Job& job,
                    const dispatch::JobEntry& entry) {
    const std::string note = job.alarm ? noteOf(job, entry) : std::string{};
    if (note.empty()) {
        return;
    }
    const auto alarm = selectAlarm(transaction.sql(), AlarmId{*job.alarm});
    if (!alarm || alarm->state == AlarmState::Closed) {
        return;
    }
    AlarmChange changes{transaction, acting};
    changes.enter(*alarm, EntryKind::Note, note, {{"job", job.id.value()}});
    changes.finish("alarm.noted", "alarm " + std::to_string(alarm->id.value()));
}

}  // namespace leedswatch::response

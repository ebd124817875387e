#include "response/alarm_change.h"

#include "response/alarm_rows.h"
#include "response/service_marks.h"
#include "store/audit_witness.h"

#include <algorithm>

namespace leedswatch::response {

AlarmChange::Raised AlarmChange::raise(const NewAlarm& from) {
    if (auto open = selectOpenAlarm(sql(), from.joinKey)) {
        return {join(*std::move(open), from), false};
    }
    const AlarmClassInfo& info = infoOf(from.alarmClass);
    Alarm alarm;
    alarm.alarmClass = from.alarmClass;
    alarm.raised = from.raised;
    alarm.joinKey = from.joinKey;
    alarm.premises = from.premises;
    alarm.panel = from.panel;
    alarm.camera = from.camera;
    alarm.place = from.place;
    alarm.what = from.what;
    alarm.isLifeSafety = info.isLifeSafety;
    alarm.priority = from.priority.value_or(info.priority);
    alarm.state = from.heldUntil ? AlarmState::Held : AlarmState::Waiting;
    alarm.until = from.heldUntil;
    alarm.signals = from.signal ? 1 : 0;
    alarm.latest = from.raised;
    alarm.isConfirmed = from.isConfirmed;
    alarm.fireHandling = from.fireHandling;
    insertAlarm(sql(), alarm);
    markRaised(sql(), alarm, from.isOnTest);
    store::vouchForAdded(m_alarms, alarmWitness(), alarm.id.value());
    enter(alarm, EntryKind::Raised, from.what, {{"reasons", from.reasons}}, from.signal);
    return {std::move(alarm), true};
}

Alarm AlarmChange::join(Alarm alarm, const NewAlarm& from) {
    alarm.signals += from.signal ? 1 : 0;
    alarm.latest = std::max(alarm.latest, from.raised);
    enter(alarm, EntryKind::Joined, from.what, {{"reasons", from.reasons}}, from.signal);
    return alarm;
}

void AlarmChange::enter(const Alarm& alarm, EntryKind kind, std::string text, nlohmann::json details,
                        std::optional<SignalId> signal) {
    updateAlarm(sql(), alarm);
    AlarmEntry entry;
    entry.alarm = alarm.id;
    entry.at = now();
    entry.kind = kind;
    entry.who = m_acting.username;
    entry.workstation = m_acting.workstation;
    entry.text = std::move(text);
    entry.signal = signal;
    entry.details = std::move(details);
    insertEntry(sql(), entry);
    store::vouchForAdded(m_entries, alarmEntryWitness(), entry.id);
    markEntered(sql(), alarm, kind, m_acting.username, now());
    m_newest = std::to_string(alarm.id.value());
}

void AlarmChange::count(const Alarm& alarm) {
    updateAlarm(sql(), alarm);
    m_transaction.notify("alarms", std::to_string(alarm.id.value()));
}

void AlarmChange::close(Alarm alarm, const std::string& outcome) {
    alarm.state = AlarmState::Closed;
    alarm.until.reset();
    alarm.closed = now();
    alarm.outcome = outcome;
    enter(alarm, EntryKind::Closed, "Ended by the rules: " + outcome + ".");
}

void AlarmChange::finish(const std::string& action, const std::string& object) {
    if (m_entries.empty()) {
        return;
    }
    store::AuditEvent event;
    event.who = m_acting.username;
    event.workstation = m_acting.workstation;
    event.action = action;
    event.object = object;
    event.witnesses = std::exchange(m_alarms, {});
    event.witnesses.insert(event.witnesses.end(), m_entries.begin(), m_entries.end());
    m_entries.clear();
    m_transaction.audit(event);
    m_transaction.notify("alarms", m_newest);
}

const store::AuditWitness& alarmWitness() {
    static const store::AuditWitness witness{
        "alarm",
        "alarm",
        "id",
        "id",
        {"class", "raised", "join_key", "premises_id", "panel_id", "camera_id", "place", "what"},
        store::AuditWitness::Rows::OnlyAdded};
    return witness;
}

const store::AuditWitness& alarmEntryWitness() {
    static const store::AuditWitness witness{
        "alarm_entry",
        "alarm_entry",
        "id",
        "alarm_id",
        {"alarm_id", "at", "kind", "who", "workstation", "text", "signal_id", "details"},
        store::AuditWitness::Rows::OnlyAdded};
    return witness;
}

}  // namespace leedswatch::response

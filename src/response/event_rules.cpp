#include "response/event_rules.h"

#include "base/local_time.h"
#include "response/alarm_rows.h"
#include "response/engineer_visits.h"
#include "response/event_words.h"
#include "response/fire_rules.h"
#include "response/opening_rules.h"
#include "response/restored_class.h"
#include "response/set_states.h"
#include "response/storms.h"
#include "response/test_periods.h"

#include <algorithm>
#include <array>

namespace leedswatch::response {

namespace {

using namespace std::chrono_literals;
using Category = alarm::SignalCategory;

constexpr int runawayPriority = 8;
constexpr int calledOffPriority = 7;
constexpr int engineerPriority = 7;
/// While one runs away, its record gets a line this often.
constexpr auto runawayLine = 60s;
constexpr int mostTimes = 200;

constexpr std::array<std::pair<Decision::Outcome, std::string_view>, 5> outcomeNames{{
    {Decision::Outcome::Raised, "raised"},
    {Decision::Outcome::Held, "held"},
    {Decision::Outcome::Joined, "joined"},
    {Decision::Outcome::Closed, "closed"},
    {Decision::Outcome::Logged, "logged"},
}};

Decision logged(std::string reason) {
    return {Decision::Outcome::Logged, std::nullopt, {std::move(reason)}};
}

std::string keyOf(estate::PremisesId premises, AlarmClass alarmClass) {
    return "premises " + std::to_string(premises.value()) + " " + std::string{infoOf(alarmClass).code};
}

std::string placeOf(const estate::Premises& premises) {
    return premises.address.empty() ? premises.name : premises.name + ", " + premises.address;
}

std::string minutesText(std::chrono::minutes minutes) {
    return std::to_string(minutes.count()) + (minutes.count() == 1 ? " minute" : " minutes");
}

bool isMainsFault(const SignalEvent& event) {
    return event.code.code == (event.code.scheme == alarm::CodeScheme::ContactId ? "301" : "AT");
}

// With two paths, one lost and an intruder alarm by the other are taken for an attack (BS 8243; reference 4.4).
bool hasLostOneOfTwoPaths(soci::session& sql, estate::PanelId panel) {
    const long long key = panel.value();
    int paths = 0;
    int failed = 0;
    sql << "SELECT count(*), coalesce(sum(state = 'failed'), 0) FROM panel_path WHERE panel_id = :panel",
        soci::use(key, "panel"), soci::into(paths), soci::into(failed);
    return paths == 2 && failed == 1;
}

/// Whether the panel says that an engineer came (true) or left.
std::optional<bool> engineerReported(const SignalEvent& event) {
    const std::string& code = event.code.code;
    if (event.code.scheme == alarm::CodeScheme::ContactId) {
        if (code == "466") {
            return event.code.qualifier != alarm::Qualifier::Restore;
        }
        return code == "627" || code == "628" ? std::optional{code == "627"} : std::nullopt;
    }
    return code == "LB" || code == "LX" ? std::optional{code == "LB"} : std::nullopt;
}

bool isFireConfirmedByItself(const SignalEvent& event) {
    return event.code.scheme == alarm::CodeScheme::ContactId && event.code.code == "115";
}

}  // namespace

std::string_view nameOf(Decision::Outcome outcome) {
    return outcomeNames.at(static_cast<std::size_t>(outcome)).second;
}

std::optional<Decision::Outcome> outcomeFrom(std::string_view name) {
    const auto* found = std::ranges::find(outcomeNames, name, &decltype(outcomeNames)::value_type::second);
    return found == outcomeNames.end() ? std::nullopt : std::optional{found->first};
}

Decision EventRules::judge(const SignalEvent& event) {
    if (event.code.qualifier == alarm::Qualifier::Previous) {
        return logged("The panel says that it reported this before and that it is still so.");
    }
    switch (event.meaning.category) {
        case Category::Opened:
        case Category::Closed:
        case Category::OpenOrClose: return setOrUnset(event);
        case Category::Restored:
        case Category::TroubleRestored:
        case Category::PowerRestored:
        case Category::CommunicationRestored: return restored(event);
        case Category::Cancelled: return cancelled(event);
        default: break;
    }
    if (const auto isOnSite = engineerReported(event); isOnSite && m_whose != nullptr) {
        EngineerVisits::reported(m_change.transaction(), m_whose->premises.id, *isOnSite, wordsOf(event));
        return logged(*isOnSite ? "An engineer is on site: alarms are shown lower, and the police are not called."
                                : "The engineer has left.");
    }
    const auto alarmClass = alarmClassOf(event.meaning.category);
    if (!alarmClass) {
        return logged("Signals of this kind need no answer.");
    }
    if (m_whose == nullptr) {
        return unknownAccount(event, *alarmClass);
    }
    return alarm(event, *alarmClass);
}

Decision EventRules::setOrUnset(const SignalEvent& event) {
    if (m_whose == nullptr || event.meaning.category == Category::OpenOrClose) {
        return logged("Whose system was set or unset is not known.");
    }
    const bool isSet = event.meaning.category == Category::Closed;
    writeSetState(m_change.sql(), m_whose->panel, event.code.area, {isSet, received(), event.code.address});
    if (event.code.code == "OR") {  // unset by a user while it was in alarm: an abort, as the panels mean it
        return cancelled(event);
    }
    NewAlarm wanted = alarmOf(event, AlarmClass::OpenClose);
    if (auto outside = judgeSetting(m_change, wanted, isSet)) {
        return *outside;
    }
    return logged(isSet ? "The system was set." : "The system was unset.");
}

Decision EventRules::restored(const SignalEvent& event) {
    const auto what = m_whose == nullptr ? std::nullopt : restoredEvent(event, m_whose->transmitter);
    if (!what) {
        return logged("What was restored was no alarm.");
    }
    const auto wanted = alarmOf(*what, *alarmClassOf(what->meaning.category));
    auto open = selectOpenAlarm(m_change.sql(), wanted.joinKey);
    if (!open) {
        return logged("No alarm is open that this could end.");
    }
    const bool mayEnd = isOfTheSystem(open->alarmClass) && open->state != AlarmState::InHand;
    if (mayEnd) {
        close(*open, EntryKind::Restored, wordsOf(event), "restored");
        return {Decision::Outcome::Closed, open->id, {"The fault is over, and nobody had taken it."}};
    }
    m_change.enter(*open, EntryKind::Restored, wordsOf(event), nlohmann::json::object(), m_signal.id);
    return {Decision::Outcome::Joined, open->id, {"A restore is noted in the alarm; it does not end it."}};
}

Decision EventRules::cancelled(const SignalEvent& event) {
    if (m_whose == nullptr) {
        return logged("Nobody knows the account.");
    }
    Decision decision = logged("No alarm is open that could be called off.");
    for (const AlarmClass alarmClass : {AlarmClass::Intruder, AlarmClass::Tamper}) {
        auto open = selectOpenAlarm(m_change.sql(), keyOf(m_whose->premises.id, alarmClass));
        if (!open) {
            continue;
        }
        if (open->state == AlarmState::Held) {
            close(*open, EntryKind::Cancelled, wordsOf(event), "called off");
            decision = {Decision::Outcome::Closed, open->id, {"Its user called the alarm off while it was held."}};
            continue;
        }
        const bool lowers = !open->isConfirmed && open->state != AlarmState::InHand;
        open->priority = lowers ? std::max(open->priority, calledOffPriority) : open->priority;
        m_change.enter(*open, EntryKind::Cancelled, wordsOf(event), nlohmann::json::object(), m_signal.id);
        decision = {Decision::Outcome::Joined,
                    open->id,
                    {lowers ? "Its user called the alarm off after it was shown: lowered, and for a person to end."
                            : "Its user called the alarm off; somebody has it, or it was confirmed: not lowered."}};
    }
    return decision;
}

Decision EventRules::unknownAccount(const SignalEvent& event, AlarmClass alarmClass) {
    const alarm::ReceivedSignal& from = m_signal.signal.received;
    NewAlarm wanted;
    wanted.alarmClass = infoOf(alarmClass).isLifeSafety ? alarmClass : AlarmClass::Unknown;
    wanted.joinKey = "account " + from.line + "/" + from.account + " " + std::string{infoOf(wanted.alarmClass).code};
    wanted.place = "Unknown account " + alarm::panelText(from.account) +
                   (from.line.empty() ? "" : ", line " + from.line) + ", from " + from.source;
    wanted.what = wordsOf(event);
    wanted.raised = received();
    wanted.signal = m_signal.id;
    wanted.reasons = {"No premises have this account: its place is not known."};
    return raise(wanted, false);
}

std::optional<Decision> EventRules::hiddenByTest(const SignalEvent& event, AlarmClass alarmClass) {
    const auto period =
        TestPeriods::covering(m_change.sql(), m_whose->premises.id, event.code.area, event.code.address, received());
    m_isOnTest = period.has_value();
    if (!period || (period->showsLifeSafety && infoOf(alarmClass).isLifeSafety)) {
        return std::nullopt;
    }
    return logged("On test until " + base::formatLocalTimeOfDay(period->ends) + ", asked for by " + period->byWhom +
                  ": " + period->reason);
}

NewAlarm EventRules::alarmOf(const SignalEvent& event, AlarmClass alarmClass) const {
    NewAlarm wanted;
    const bool isHelpPoint = m_whose->premises.kind == "help-point" &&
                             (alarmClass == AlarmClass::HoldUp || alarmClass == AlarmClass::Medical);
    wanted.alarmClass = isHelpPoint ? AlarmClass::HelpPoint : alarmClass;
    wanted.joinKey = keyOf(m_whose->premises.id, wanted.alarmClass);
    if (isOfTheSystem(alarmClass)) {
        // Each fault is one of its own: that the mains are back does not end that a battery is flat.
        wanted.joinKey +=
            " " + std::to_string(m_whose->panel.value()) + " " + event.code.code + " " + event.code.address;
    }
    wanted.premises = m_whose->premises.id;
    wanted.panel = m_whose->panel;
    wanted.place = placeOf(m_whose->premises);
    wanted.what = wordsOf(event);
    wanted.raised = received();
    wanted.isConfirmed = isConfirmed(event.meaning.category) || isFireConfirmedByItself(event);
    wanted.signal = m_signal.id;
    return wanted;
}

Decision EventRules::alarm(const SignalEvent& event, AlarmClass alarmClass) {
    if (auto hidden = hiddenByTest(event, alarmClass)) {
        return *hidden;
    }
    NewAlarm wanted = alarmOf(event, alarmClass);
    const Activation activation{m_whose->premises.id, wanted.alarmClass, received(),        m_whose->panel,
                                event.code.code,      event.code.area,   event.code.address};
    insertActivation(m_change.sql(), activation);
    if (const auto confirmed = confirmation(event, activation)) {
        wanted.isConfirmed = true;
        wanted.reasons.push_back(*confirmed);
    }
    applyEngineer(wanted);
    if (wanted.alarmClass == AlarmClass::Fire) {
        const auto fire = FireRules::decide(m_change.sql(), m_whose->premises.id, m_whose->premises.kind, received());
        wanted.fireHandling = fire.handling;
        wanted.reasons.push_back(fire.reason);
    }
    if (auto storm = joinStorm(m_change, m_policy, wanted)) {
        return *storm;
    }
    holdBack(event, wanted);
    if (m_isOnTest) {
        wanted.isOnTest = true;
        wanted.reasons.emplace_back("Its system is on test; life safety is shown all the same.");
    }
    const auto times = timesOfSame(m_change.sql(), activation, received() - 24h, mostTimes);
    return raise(wanted, isRunaway(times, m_policy));
}

std::optional<std::string> EventRules::confirmation(const SignalEvent& event, const Activation& activation) {
    if (isConfirmed(event.meaning.category)) {
        return "The panel has confirmed it.";
    }
    if (isFireConfirmedByItself(event)) {
        return "Somebody pressed a manual call point.";
    }
    switch (activation.alarmClass) {
        case AlarmClass::Intruder:
            if (hasLostOneOfTwoPaths(m_change.sql(), activation.panel)) {
                return "One of the two paths of its panel has failed.";
            }
            return otherDetector(activation, PolicySetting::IntruderConfirmation, std::nullopt);
        case AlarmClass::HoldUp:
            return otherDetector(activation, PolicySetting::HoldUpConfirmation, AlarmClass::Tamper);
        case AlarmClass::Fire: return otherDetector(activation, PolicySetting::FireConfirmation, std::nullopt);
        default: return std::nullopt;
    }
}

std::optional<std::string> EventRules::otherDetector(const Activation& activation, PolicySetting window,
                                                     std::optional<AlarmClass> other) {
    if (activation.address.empty()) {
        return std::nullopt;  // a panel that names no detector cannot name a second one
    }
    base::UtcTime from = activation.at - m_policy.minutes(window);
    if (activation.alarmClass == AlarmClass::Intruder) {
        // What happened before the system was set anew confirms nothing (BS 8243).
        if (const auto state = newestSetState(m_change.sql(), activation.panel)) {
            from = std::max(from, state->since);
        }
    }
    const auto found = findOtherDetector(m_change.sql(), activation, from, other);
    if (!found || found->address.empty()) {
        return std::nullopt;
    }
    return "A second detector: " + activation.address + " after " + found->address + " at " +
           base::formatLocalTimeOfDay(found->at) + ", within " + minutesText(m_policy.minutes(window)) + ".";
}

void EventRules::applyEngineer(NewAlarm& wanted) {
    const auto visit = EngineerVisits::at(m_change.sql(), m_whose->premises.id, received());
    if (!visit) {
        return;
    }
    std::string reason = "An engineer is on site: " + visit->engineer + ".";
    if (!infoOf(wanted.alarmClass).isLifeSafety) {
        wanted.priority = std::max(engineerPriority, infoOf(wanted.alarmClass).priority);
        reason += " Shown lower.";
    }
    wanted.reasons.push_back(std::move(reason));
}

void EventRules::holdBack(const SignalEvent& event, NewAlarm& wanted) const {
    const auto window = m_policy.seconds(PolicySetting::AbortWindow);
    if (wanted.alarmClass == AlarmClass::Intruder && !wanted.isConfirmed && window > 0s) {
        wanted.heldUntil = received() + window;
        wanted.reasons.push_back("Not confirmed: held for " + std::to_string(window.count()) +
                                 " seconds, in case its user calls it off.");
    }
    const auto delay = m_policy.minutes(PolicySetting::PowerFaultDelay);
    if (isMainsFault(event) && delay > 0min) {
        wanted.heldUntil = received() + delay;
        wanted.reasons.push_back("Held for " + minutesText(delay) + ": most mains faults are over by then.");
    }
}

Decision EventRules::raise(const NewAlarm& wanted, bool runsAway) {
    if (auto open = selectOpenAlarm(m_change.sql(), wanted.joinKey); open && open->isRunaway) {
        ++open->signals;
        const bool isDue = received() - newestEntryTime(m_change.sql(), open->id) >= runawayLine;
        open->latest = std::max(open->latest, received());
        if (isDue) {
            m_change.enter(*open, EntryKind::Joined, wanted.what + ": " + std::to_string(open->signals) + " so far");
        } else {
            m_change.count(*open);
        }
        return {Decision::Outcome::Joined, open->id, {"It runs away: counted, with a line a minute."}};
    }
    auto [alarm, isNew] = m_change.raise(wanted);
    Decision decision{isNew ? Decision::Outcome::Raised : Decision::Outcome::Joined, alarm.id, wanted.reasons};
    if (wanted.isConfirmed && (!alarm.isConfirmed || isNew)) {
        alarm.isConfirmed = true;
        if (!wanted.priority) {
            alarm.priority = std::min(alarm.priority, std::max(1, infoOf(alarm.alarmClass).priority - 2));
        }
        m_change.enter(alarm, EntryKind::Confirmed, wanted.reasons.empty() ? "Confirmed." : wanted.reasons.front());
    }
    if (runsAway) {
        alarm.isRunaway = true;
        alarm.priority = alarm.isLifeSafety ? alarm.priority : std::max(alarm.priority, runawayPriority);
        decision.reasons.emplace_back("The same detector reports too often: it is counted from now on" +
                                      std::string{alarm.isLifeSafety ? "." : ", and lowered."});
        m_change.enter(alarm, EntryKind::Lowered, decision.reasons.back());
    }
    if (!isNew && (alarm.state == AlarmState::Parked || (alarm.state == AlarmState::Held && alarm.isConfirmed))) {
        show(alarm, alarm.state == AlarmState::Parked ? "A further signal came." : "It was confirmed.");
    }
    decision.outcome = isNew && alarm.state == AlarmState::Held ? Decision::Outcome::Held : decision.outcome;
    return decision;
}

void EventRules::show(Alarm& alarm, const std::string& why) {
    alarm.state = AlarmState::Waiting;
    alarm.until.reset();
    alarm.owner.clear();
    alarm.ownerDesk.clear();
    alarm.ownedSince.reset();
    m_change.enter(alarm, EntryKind::Woke, why);
}

void EventRules::close(const Alarm& alarm, EntryKind kind, const std::string& words, const std::string& outcome) {
    m_change.enter(alarm, kind, words, nlohmann::json::object(), m_signal.id);
    m_change.close(alarm, outcome);
}

}  // namespace leedswatch::response

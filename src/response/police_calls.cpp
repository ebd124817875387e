#include "response/police_calls.h"

#include "base/local_time.h"
#include "base/utf8.h"
#include "response/alarm_change.h"
#include "response/alarm_outcome.h"
#include "response/response_policy.h"

#include <algorithm>

namespace leedswatch::response {

namespace {

using base::ErrorCode;
using estate::PoliceSystemKind;
using CallKey = long long;

constexpr std::array<std::string_view, 3> verdictNames{"false", "genuine", "disregarded"};
constexpr std::array<std::string_view, 3> sourceNames{"outcome", "police", "room"};
constexpr std::size_t longestWhy = 1'000;

template <typename Value, std::size_t count>
std::optional<Value> verdictValue(const std::array<std::string_view, count>& names, std::string_view name) {
    const auto* found = std::ranges::find(names, name);
    return found == names.end() ? std::nullopt : std::optional{static_cast<Value>(found - names.begin())};
}

base::Result<void> checkWhy(const std::string& why) {
    if (why.find_first_not_of(" \t\r\n") == std::string::npos) {
        return base::fail(ErrorCode::InvalidInput, "say how it is known what the call was");
    }
    if (why.size() > longestWhy || !base::isPlainText(why)) {
        return base::fail(ErrorCode::InvalidInput, "write at most 1,000 letters of text");
    }
    return {};
}

/// The same day and time of the year before; of 29 February the 28th.
base::UtcTime twelveMonthsBefore(base::UtcTime now) {
    const auto day = std::chrono::floor<std::chrono::days>(now);
    std::chrono::year_month_day date{day};
    date -= std::chrono::years{1};
    if (!date.ok()) {
        date = date.year() / date.month() / std::chrono::last;
    }
    return std::chrono::sys_days{date} + (now - day);
}

CallKey insertCall(soci::session& sql, const PoliceCall& call) {
    const CallKey premises = call.premises.value();
    const std::string system{estate::nameOf(call.system)};
    const CallKey alarm = call.alarm ? call.alarm->value() : 0;
    soci::indicator hasAlarm = call.alarm ? soci::i_ok : soci::i_null;
    const CallKey at = base::toStored(call.at);
    CallKey id = 0;
    sql << "INSERT INTO police_call (premises_id, system, alarm_id, reference, at, who, words) VALUES (:premises, "
           ":system, :alarm, :reference, :at, :who, :words) RETURNING id",
        soci::use(premises, "premises"), soci::use(system, "system"), soci::use(alarm, hasAlarm, "alarm"),
        soci::use(call.reference, "reference"), soci::use(at, "at"), soci::use(call.who, "who"),
        soci::use(call.words, "words"), soci::into(id);
    return id;
}

struct NewVerdict {
    CallKey call = 0;
    PoliceVerdict verdict = PoliceVerdict::False;
    VerdictSource source = VerdictSource::Room;
    std::string why = {};
};

CallKey insertVerdict(store::Transaction& transaction, const std::string& who, const NewVerdict& given) {
    const CallKey at = base::toStored(transaction.now());
    const std::string verdict{nameOf(given.verdict)};
    const std::string source{nameOf(given.source)};
    CallKey id = 0;
    transaction.sql() << "INSERT INTO police_verdict (call_id, at, verdict, source, who, why) VALUES (:call, :at, "
                         ":verdict, :source, :who, :why) RETURNING id",
        soci::use(given.call, "call"), soci::use(at, "at"), soci::use(verdict, "verdict"), soci::use(source, "source"),
        soci::use(who, "who"), soci::use(given.why, "why"), soci::into(id);
    return id;
}

void auditCall(store::Transaction& transaction, const access::Acting& acting, const char* action, CallKey call,
               std::vector<store::WitnessedChange> witnesses) {
    store::AuditEvent event;
    event.who = acting.username;
    event.workstation = acting.workstation;
    event.action = action;
    event.object = "police call " + std::to_string(call);
    event.witnesses = std::move(witnesses);
    transaction.audit(event);
    transaction.notify("police_calls", std::to_string(call));
}

/// Calls with their newest verdict; the condition is the caller's, with what it binds.
template <typename... Bound>
std::vector<PoliceCall> selectCalls(soci::session& sql, const std::string& condition, Bound&&... bound) {
    std::vector<PoliceCall> calls;
    PoliceCall call;
    CallKey id = 0;
    CallKey premises = 0;
    std::string system;
    CallKey alarm = 0;
    soci::indicator hasAlarm = soci::i_null;
    CallKey at = 0;
    std::string verdict;
    std::string source;
    soci::statement statement =
        ((sql.prepare << "SELECT police_call.id, premises_id, system, alarm_id, reference, police_call.at, "
                         "police_call.who, words, coalesce(verdict, ''), coalesce(source, ''), "
                         "coalesce(police_verdict.who, ''), coalesce(why, '') FROM police_call LEFT JOIN "
                         "police_verdict ON police_verdict.id = (SELECT max(id) FROM police_verdict WHERE call_id = "
                         "police_call.id) " +
                             condition,
          soci::into(id), soci::into(premises), soci::into(system), soci::into(alarm, hasAlarm),
          soci::into(call.reference), soci::into(at), soci::into(call.who), soci::into(call.words), soci::into(verdict),
          soci::into(source), soci::into(call.judgedBy), soci::into(call.why)),
         ..., std::forward<Bound>(bound));
    statement.execute();
    while (statement.fetch()) {
        call.id = PoliceCallId{id};
        call.premises = estate::PremisesId{premises};
        call.system = estate::policeSystemKindFrom(system).value_or(PoliceSystemKind::Intruder);
        call.alarm = hasAlarm == soci::i_ok ? std::optional{AlarmId{alarm}} : std::nullopt;
        call.at = base::fromStored(at);
        call.verdict = policeVerdictFrom(verdict);
        call.source = verdictSourceFrom(source).value_or(VerdictSource::Room);
        calls.push_back(call);
    }
    return calls;
}

std::optional<PoliceVerdict> verdictOf(const AlarmOutcome& outcome) {
    if (outcome.isFalse || outcome.code == "test" || outcome.code == "fault") {
        return PoliceVerdict::False;
    }
    if (outcome.code == "duplicate") {
        return PoliceVerdict::Disregarded;
    }
    if (outcome.code == "no-action") {
        return std::nullopt;  // it does not say what it was; a supervisor does
    }
    return PoliceVerdict::Genuine;
}

std::string ordinal(int number) {
    const bool isTeen = number % 100 >= 11 && number % 100 <= 13;
    const char* ending = "th";
    if (!isTeen && number % 10 >= 1 && number % 10 <= 3) {
        ending = number % 10 == 1 ? "st" : number % 10 == 2 ? "nd" : "rd";
    }
    return std::to_string(number) + ending;
}

std::string countText(const FalseCallCount& count, PoliceSystemKind kind) {
    return ordinal(count.calls) + " false call in twelve months of the " + std::string{estate::nameOf(kind)} +
           " system";
}

/// What the number of false calls leads to; the sentence of it, empty for nothing.
std::string followCount(store::Transaction& transaction, estate::PremisesId premises, PoliceSystemKind kind) {
    const auto system = estate::PoliceSystems::select(transaction.sql(), premises, kind);
    if (!system || system->level == estate::policeWithdrawn) {
        return {};
    }
    const auto count = PoliceCalls::countOf(transaction.sql(), premises, *system, transaction.now());
    if (count.calls >= count.stopAt) {
        const std::string why = countText(count, kind) + ": the police do not come any more.";
        estate::PoliceSystems::writeLevel(transaction, access::Acting::station(), premises, *system,
                                          estate::policeWithdrawn, why);
        return why + " The level is 3 until a supervisor gives it back.";
    }
    return count.calls >= count.warnAt ? countText(count, kind) + ": the police warn in writing; they stop at " +
                                             std::to_string(count.stopAt) + "."
                                       : std::string{};
}

}  // namespace

std::string_view nameOf(PoliceVerdict verdict) {
    return verdictNames.at(static_cast<std::size_t>(verdict));
}

std::optional<PoliceVerdict> policeVerdictFrom(std::string_view name) {
    return verdictValue<PoliceVerdict>(verdictNames, name);
}

std::string_view nameOf(VerdictSource source) {
    return sourceNames.at(static_cast<std::size_t>(source));
}

std::optional<VerdictSource> verdictSourceFrom(std::string_view name) {
    return verdictValue<VerdictSource>(sourceNames, name);
}

FalseCallCount PoliceCalls::countOf(soci::session& sql, estate::PremisesId premises, const estate::PoliceSystem& system,
                                    base::UtcTime now) {
    const auto policy = ResponsePolicies::select(sql, premises);
    const bool isHoldUp = system.kind == PoliceSystemKind::HoldUp || system.kind == PoliceSystemKind::LoneWorker;
    FalseCallCount count;
    count.warnAt = policy[isHoldUp ? PolicySetting::HoldUpCallsWarn : PolicySetting::FalseCallsWarn];
    count.stopAt = policy[isHoldUp ? PolicySetting::HoldUpCallsStop : PolicySetting::FalseCallsStop];
    const CallKey key = premises.value();
    const std::string kind{estate::nameOf(system.kind)};
    const CallKey from = base::toStored(std::max(system.countsFrom, twelveMonthsBefore(now)));
    sql << "SELECT count(*) FROM police_call WHERE premises_id = :premises AND system = :system AND at >= :from AND "
           "(SELECT verdict FROM police_verdict WHERE call_id = police_call.id ORDER BY id DESC LIMIT 1) = 'false'",
        soci::use(key, "premises"), soci::use(kind, "system"), soci::use(from, "from"), soci::into(count.calls);
    return count;
}

void PoliceCalls::enterCall(AlarmChange& change, const Alarm& alarm, const estate::PoliceSystem& system,
                            const std::string& words) {
    PoliceCall call;
    call.premises = *alarm.premises;
    call.system = system.kind;
    call.alarm = alarm.id;
    call.reference = system.reference;
    call.at = change.now();
    call.who = change.acting().username;
    call.words = words;
    const CallKey id = insertCall(change.sql(), call);
    auditCall(change.transaction(), change.acting(), "police.called", id, {{&witness(), id}});
}

void PoliceCalls::judgeByOutcome(AlarmChange& change, const Alarm& alarm, const AlarmOutcome& outcome) {
    const CallKey key = alarm.id.value();
    const auto calls = selectCalls(change.sql(), "WHERE alarm_id = :alarm", soci::use(key, "alarm"));
    const auto verdict = verdictOf(outcome);
    if (calls.empty() || !verdict) {
        return;
    }
    const PoliceCall& call = calls.front();
    const CallKey id = insertVerdict(
        change.transaction(), change.acting().username,
        {call.id.value(), *verdict, VerdictSource::Outcome, "The alarm was closed as: " + std::string{outcome.title}});
    auditCall(change.transaction(), change.acting(), "police.judged", call.id.value(), {{&verdictWitness(), id}});
    const std::string follows = followCount(change.transaction(), call.premises, call.system);
    if (!follows.empty()) {
        change.enter(alarm, EntryKind::Note, follows, {{"police", estate::nameOf(call.system)}});
    }
}

base::Result<std::vector<PoliceCall>> PoliceCalls::list(const access::Acting& acting, estate::PremisesId premises,
                                                        int most) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<PoliceCall>> {
        const CallKey key = premises.value();
        return selectCalls(
            sql, "WHERE premises_id = :premises ORDER BY police_call.at DESC, police_call.id DESC LIMIT :most",
            soci::use(key, "premises"), soci::use(most, "most"));
    });
}

base::Result<FalseCallCount> PoliceCalls::count(const access::Acting& acting, estate::PremisesId premises,
                                                PoliceSystemKind system) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    const base::UtcTime now = m_database.clock().now();
    return m_database.read([&](soci::session& sql) -> base::Result<FalseCallCount> {
        const auto known = estate::PoliceSystems::select(sql, premises, system);
        return known ? countOf(sql, premises, *known, now) : FalseCallCount{};
    });
}

base::Result<PoliceCall> PoliceCalls::add(const access::Acting& acting, const Told& told) {
    TRY(access::require(acting, access::Right::ManagePoliceReferences));
    TRY(checkWhy(told.why));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<PoliceCall> {
        const auto system = estate::PoliceSystems::select(transaction.sql(), told.premises, told.system);
        if (!system) {
            return base::fail(ErrorCode::NotFound, "these premises have no police reference for this system");
        }
        if (told.at > transaction.now()) {
            return base::fail(ErrorCode::InvalidInput,
                              "a call lies in the past: " + base::formatLocal(told.at) + " is still to come");
        }
        PoliceCall call;
        call.premises = told.premises;
        call.system = told.system;
        call.reference = system->reference;
        call.at = told.at;
        call.who = acting.username;
        call.words = told.why;
        const CallKey id = insertCall(transaction.sql(), call);
        const CallKey verdict = insertVerdict(transaction, acting.username, {id, told.verdict, told.source, told.why});
        auditCall(transaction, acting, "police.call-added", id, {{&witness(), id}, {&verdictWitness(), verdict}});
        [[maybe_unused]] const auto follows = followCount(transaction, told.premises, told.system);
        call.id = PoliceCallId{id};
        call.verdict = told.verdict;
        return base::Result<PoliceCall>{tl::in_place, call};
    });
}

base::Result<void> PoliceCalls::judge(const access::Acting& acting, PoliceCallId id, PoliceVerdict verdict,
                                      VerdictSource source, const std::string& why) {
    TRY(access::require(acting, access::Right::ManagePoliceReferences));
    TRY(checkWhy(why));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        const CallKey key = id.value();
        const auto calls = selectCalls(transaction.sql(), "WHERE police_call.id = :id", soci::use(key, "id"));
        if (calls.empty()) {
            return base::fail(ErrorCode::NotFound, "there is no police call " + std::to_string(key));
        }
        const CallKey line = insertVerdict(transaction, acting.username, {key, verdict, source, why});
        auditCall(transaction, acting, "police.judged", key, {{&verdictWitness(), line}});
        [[maybe_unused]] const auto follows = followCount(transaction, calls.front().premises, calls.front().system);
        return {};
    });
}

const store::AuditWitness& PoliceCalls::witness() {
    static const store::AuditWitness witness{"police_call",
                                             "police_call",
                                             "id",
                                             "reference",
                                             {"premises_id", "system", "alarm_id", "reference", "at", "who", "words"},
                                             store::AuditWitness::Rows::OnlyAdded};
    return witness;
}

const store::AuditWitness& PoliceCalls::verdictWitness() {
    static const store::AuditWitness witness{"police_verdict",
                                             "police_verdict",
                                             "id",
                                             "call_id",
                                             {"call_id", "at", "verdict", "source", "who", "why"},
                                             store::AuditWitness::Rows::OnlyAdded};
    return witness;
}

}  // namespace leedswatch::response

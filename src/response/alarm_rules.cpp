#include "response/alarm_rules.h"

#include "response/signal_inbox.h"
#include "response/signal_rows.h"
#include "store/audit_witness.h"

#include <spdlog/spdlog.h>

#include <map>

namespace leedswatch::response {

namespace {

using Key = long long;

/// One transaction of the rules: the policies are read once for each premises in it.
class Judging {
public:
    explicit Judging(store::Transaction& transaction) : m_transaction{transaction}, m_change{transaction, m_acting} {}

    void judge(SignalId id) {
        removeFromInbox(sql(), id);
        SignalQuery query;
        query.only = id;
        const auto found = selectSignals(sql(), query);
        if (found.empty()) {
            return;
        }
        const StoredSignal& signal = found.front();
        const auto whose = signal.signal.panel ? estate::selectPremisesOfPanel(sql(), *signal.signal.panel)
                                               : std::optional<estate::PremisesOfPanel>{};
        EventRules rules{m_change, signal, whose ? &*whose : nullptr, policyOf(whose)};
        int number = 0;
        for (const SignalEvent& event : signal.signal.events) {
            write(id, number++, rules.judge(event));
        }
    }

    void setAside(SignalId id, const std::string& why) {
        removeFromInbox(sql(), id);
        NewAlarm alarm;
        alarm.joinKey = "signal " + std::to_string(id.value());
        alarm.place = "Signal " + std::to_string(id.value());
        alarm.what = "A signal could not be judged by the rules: look at it";
        alarm.raised = m_transaction.now();
        alarm.signal = id;
        alarm.reasons = {why};
        write(id, 0, {Decision::Outcome::Raised, m_change.raise(alarm).alarm.id, alarm.reasons});
    }

    void finish() {
        m_change.finish("alarms.judged", "signals");
        if (m_decisions.empty()) {
            return;
        }
        store::AuditEvent event;
        event.who = m_acting.username;
        event.workstation = m_acting.workstation;
        event.action = "signals.judged";
        event.object = "signals";
        event.witnesses = std::move(m_decisions);
        m_transaction.audit(event);
    }

private:
    soci::session& sql() { return m_transaction.sql(); }

    const ResponsePolicy& policyOf(const std::optional<estate::PremisesOfPanel>& whose) {
        const auto premises = whose ? std::optional{whose->premises.id} : std::nullopt;
        const auto known = m_policies.find(premises);
        return known != m_policies.end()
                   ? known->second
                   : m_policies.emplace(premises, ResponsePolicies::select(sql(), premises)).first->second;
    }

    void write(SignalId signal, int event, const Decision& decision) {
        const Key key = signal.value();
        const std::string outcome{nameOf(decision.outcome)};
        const Key alarm = decision.alarm ? decision.alarm->value() : 0;
        auto indicator = decision.alarm ? soci::i_ok : soci::i_null;
        const std::string reasons =
            nlohmann::json(decision.reasons).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        Key id = 0;
        sql() << "INSERT INTO signal_decision (signal_id, event, outcome, alarm_id, reasons) VALUES (:signal, :event, "
                 ":outcome, :alarm, :reasons) RETURNING id",
            soci::use(key, "signal"), soci::use(event, "event"), soci::use(outcome, "outcome"),
            soci::use(alarm, indicator, "alarm"), soci::use(reasons, "reasons"), soci::into(id);
        store::vouchForAdded(m_decisions, AlarmRules::witness(), id);
    }

    store::Transaction& m_transaction;
    const access::Acting m_acting = access::Acting::station();
    AlarmChange m_change;
    std::map<std::optional<estate::PremisesId>, ResponsePolicy> m_policies;
    std::vector<store::WitnessedChange> m_decisions;
};

/// The store cannot write at the moment: nothing is wrong with the signal.
bool isOfTheStore(const base::Error& error) {
    return error.code == base::ErrorCode::Busy || error.code == base::ErrorCode::StorageFull;
}

}  // namespace

base::Result<int> AlarmRules::judgeWaiting(int most) {
    auto judged = judgeBatch(most);
    if (judged || isOfTheStore(judged.error())) {
        return judged;
    }
    // One of them is the cause: they are judged alone until it is found.
    const auto alone = judgeBatch(1);
    if (alone || isOfTheStore(alone.error())) {
        return alone;
    }
    spdlog::error("a signal cannot be judged and is set aside as an alarm: {}", alone.error().message);
    return setFirstAside(alone.error().message);
}

base::Result<int> AlarmRules::judgeBatch(int most) {
    return m_database.write([&](store::Transaction& transaction) -> base::Result<int> {
        const auto waiting = selectInbox(transaction.sql(), most);
        Judging judging{transaction};
        for (const SignalId id : waiting) {
            judging.judge(id);
        }
        judging.finish();
        return static_cast<int>(waiting.size());
    });
}

base::Result<int> AlarmRules::setFirstAside(const std::string& why) {
    return m_database.write([&](store::Transaction& transaction) -> base::Result<int> {
        const auto waiting = selectInbox(transaction.sql(), 1);
        Judging judging{transaction};
        for (const SignalId id : waiting) {
            judging.setAside(id, why);
        }
        judging.finish();
        return static_cast<int>(waiting.size());
    });
}

base::Result<std::vector<SignalDecision>> AlarmRules::decisions(const access::Acting& acting, SignalId signal) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<SignalDecision>> {
        std::vector<SignalDecision> all;
        const Key key = signal.value();
        int event = 0;
        std::string outcome;
        Key alarm = 0;
        soci::indicator indicator = soci::i_null;
        std::string reasons;
        soci::statement statement = (sql.prepare << "SELECT event, outcome, alarm_id, reasons FROM signal_decision "
                                                    "WHERE signal_id = :signal ORDER BY event",
                                     soci::use(key, "signal"), soci::into(event), soci::into(outcome),
                                     soci::into(alarm, indicator), soci::into(reasons));
        statement.execute();
        while (statement.fetch()) {
            SignalDecision one{signal, event, {}};
            one.decision.outcome = outcomeFrom(outcome).value_or(Decision::Outcome::Logged);
            one.decision.alarm = indicator == soci::i_ok ? std::optional{AlarmId{alarm}} : std::nullopt;
            const auto sentences = nlohmann::json::parse(reasons, nullptr, false);
            for (const auto& sentence : sentences.is_array() ? sentences : nlohmann::json::array()) {
                one.decision.reasons.push_back(sentence.is_string() ? sentence.get<std::string>() : std::string{});
            }
            all.push_back(std::move(one));
        }
        return all;
    });
}

const store::AuditWitness& AlarmRules::witness() {
    static const store::AuditWitness witness{"signal_decision",
                                             "signal_decision",
                                             "id",
                                             "signal_id",
                                             {"signal_id", "event", "outcome", "alarm_id", "reasons"},
                                             store::AuditWitness::Rows::OnlyAdded};
    return witness;
}

}  // namespace leedswatch::response

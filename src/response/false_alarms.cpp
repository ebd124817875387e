#include "response/false_alarms.h"

#include "response/local_calendar.h"
#include "response/service_figures.h"
#include "response/service_rows.h"

#include <algorithm>
#include <unordered_map>

namespace leedswatch::response {

namespace {

/// Puts together a report of the parts that are read.
class FalseAlarmTally {
public:
    void add(estate::PremisesId id, const DecidedCounts::Sum& sum) {
        const bool isFalse = sum.outcome != nullptr && sum.outcome->isFalse;
        const DecidedAlarms decided{sum.alarms, isFalse ? sum.alarms : 0, isFalse ? sum.police : 0};
        addTo(m_report.all, decided);
        addTo(m_report.classes[sum.alarmClass], decided);
        PremisesFalseAlarms& premises = m_premises[id];
        premises.premises = id;
        addTo(premises.all, decided);
        addTo(premises.classes[sum.alarmClass], decided);
        if (isFalse) {
            premises.causes[std::string{sum.outcome->code}] += sum.alarms;
        }
    }
    /// `times`: -1 takes it off again.
    void add(const ServiceTimes& alarm, std::int64_t times = 1) {
        if (alarm.premises && countingOf(alarm) == ServiceCounting::Counted) {
            add(*alarm.premises, {alarm.alarmClass, findOutcome(alarm.outcome), times, alarm.policeCalled ? times : 0});
        }
    }
    FalseAlarmReport finish(soci::session& sql) {
        nameThem(sql);
        const auto isNone = [](const auto& entry) { return entry.second == DecidedAlarms{}; };
        std::erase_if(m_report.classes, isNone);
        for (auto& [id, premises] : m_premises) {
            std::erase_if(premises.classes, isNone);
            std::erase_if(premises.causes, [](const auto& cause) { return cause.second == 0; });
            if (premises.all.falseOnes > 0) {
                m_report.ranked.push_back(std::move(premises));
            }
        }
        std::ranges::sort(m_report.ranked, [](const PremisesFalseAlarms& one, const PremisesFalseAlarms& other) {
            return one.all.falseOnes != other.all.falseOnes ? one.all.falseOnes > other.all.falseOnes
                                                            : one.reference < other.reference;
        });
        return std::move(m_report);
    }

private:
    static void addTo(DecidedAlarms& sum, const DecidedAlarms& more) {
        sum.alarms += more.alarms;
        sum.falseOnes += more.falseOnes;
        sum.falsePolice += more.falsePolice;
    }

    void nameThem(soci::session& sql) {
        long long id = 0;
        std::string reference;
        std::string name;
        soci::statement statement = (sql.prepare << "SELECT id, reference, name FROM premises", soci::into(id),
                                     soci::into(reference), soci::into(name));
        statement.execute();
        while (statement.fetch()) {
            ++m_report.premises;
            if (const auto found = m_premises.find(estate::PremisesId{id}); found != m_premises.end()) {
                found->second.reference = reference;
                found->second.name = name;
            }
        }
    }

    FalseAlarmReport m_report;
    std::unordered_map<estate::PremisesId, PremisesFalseAlarms> m_premises;
};

/// From which sums a period is read, and what of the rows is put to them or taken off them.
struct SumsOfPeriod {
    ServicePeriod months;  ///< whole ones
    std::vector<ServicePeriod> added = {};
    std::vector<ServicePeriod> takenOff = {};
};

/// Of a month at an end of the period the smaller part is read from the rows: that which is in the period, or that
/// which is not. `newest`: after it nothing arrived.
SumsOfPeriod sumsOf(const ServicePeriod& period, base::UtcTime newest) {
    const LocalMonth first = localMonthOf(period.from);
    const LocalMonth last = localMonthOf(period.until - base::Microseconds{1});
    const ServicePeriod before{first.begin, period.from};
    const ServicePeriod after{period.until, std::max(period.until, std::min(last.end, newest + base::Microseconds{1}))};
    const auto lengthOfPart = [](const ServicePeriod& part) { return part.until - part.from; };
    if (first.begin == last.begin && lengthOfPart(before) + lengthOfPart(after) > lengthOfPart(period)) {
        return {{period.from, period.from}, {period}};
    }
    SumsOfPeriod sums{{first.begin, last.end}};
    const ServicePeriod head{period.from, first.end};
    const ServicePeriod tail{last.begin, period.until};
    const bool isOneMonth = first.begin == last.begin;
    if (!isOneMonth && lengthOfPart(before) > lengthOfPart(head)) {
        sums.months.from = first.end;
        sums.added.push_back(head);
    } else {
        sums.takenOff.push_back(before);
    }
    if (!isOneMonth && lengthOfPart(after) > lengthOfPart(tail)) {
        sums.months.until = last.begin;
        sums.added.push_back(tail);
    } else {
        sums.takenOff.push_back(after);
    }
    return sums;
}

base::Result<void> addFromSums(soci::session& sql, const ServicePeriod& period, FalseAlarmTally& tally) {
    const SumsOfPeriod sums = sumsOf(period, newestArrival(sql).value_or(period.from));
    TRY(visitPremises(sql, sums.months.from, sums.months.until,
                      [&](estate::PremisesId premises, const DecidedCounts::Sum& sum) { tally.add(premises, sum); }));
    visitPending(sql, [&](const ServiceTimes& alarm) {
        const bool isInPeriod = alarm.raised >= period.from && alarm.raised < period.until;
        if (isInPeriod && alarm.raised >= sums.months.from && alarm.raised < sums.months.until) {
            tally.add(alarm);
        }
    });
    for (const ServicePeriod& part : sums.added) {
        visitClosed(sql, part.from, part.until, [&](const ServiceTimes& alarm) { tally.add(alarm); });
    }
    for (const ServicePeriod& part : sums.takenOff) {
        visitSummed(sql, part.from, part.until, [&](const ServiceTimes& alarm) { tally.add(alarm, -1); });
    }
    return {};
}

}  // namespace

double FalseAlarmReport::rate() const {
    return premises == 0 ? 0 : static_cast<double>(all.falseOnes) / static_cast<double>(premises);
}

base::Result<FalseAlarmReport> FalseAlarms::report(const access::Acting& acting, const ServicePeriod& period) {
    TRY(access::require(acting, access::Right::SeeServiceFigures));
    TRY(checkPeriod(period));
    return m_database.read([&](soci::session& sql) -> base::Result<FalseAlarmReport> {
        FalseAlarmTally tally;
        const base::UtcTime now = m_database.clock().now();
        if (m_source == Source::Sums) {
            TRY(addFromSums(sql, period, tally));
        } else {
            visitClosed(sql, period.from, period.until, [&](const ServiceTimes& alarm) { tally.add(alarm); });
        }
        FalseAlarmReport report = tally.finish(sql);
        report.period = period;
        report.made = now;
        report.madeBy = acting.username;
        return base::Result<FalseAlarmReport>{tl::in_place, std::move(report)};
    });
}

}  // namespace leedswatch::response

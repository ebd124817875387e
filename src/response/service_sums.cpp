#include "response/service_sums.h"

#include "response/local_calendar.h"
#include "response/service_rows.h"

#include <map>

namespace leedswatch::response {

namespace {

using namespace std::chrono_literals;

using HourKey = std::pair<base::UtcTime, AlarmClass>;
using HourSums = std::map<HourKey, ServiceCounts>;
using PremisesKey = std::pair<base::UtcTime, estate::PremisesId>;
using PremisesSums = std::map<PremisesKey, DecidedCounts>;

HourKey hourOf(const ServiceTimes& alarm) {
    return {std::chrono::floor<std::chrono::hours>(alarm.raised), alarm.alarmClass};
}

/// Only what the room decided is told of premises.
bool isDecided(const ServiceTimes& alarm) {
    return alarm.premises && countingOf(alarm) == ServiceCounting::Counted;
}

void addDecided(PremisesSums& sums, base::UtcTime month, const ServiceTimes& alarm) {
    if (isDecided(alarm)) {
        sums[{month, *alarm.premises}].add(
            {alarm.alarmClass, findOutcome(alarm.outcome), 1, alarm.policeCalled ? 1 : 0});
    }
}

base::Result<void> writeSums(soci::session& sql, const HourSums& hours, const PremisesSums& premises) {
    for (const auto& [key, counts] : hours) {
        TRY(addToHour(sql, {key.first, key.second, counts}));
    }
    for (const auto& [key, counts] : premises) {
        TRY(addToPremises(sql, key.first, key.second, counts));
    }
    return {};
}

base::Result<bool> isAnyPending(store::Database& database) {
    return database.read([](soci::session& sql) -> base::Result<bool> {
        int count = 0;
        sql << "SELECT count(*) FROM (SELECT 1 FROM service_pending LIMIT 1)", soci::into(count);
        return count > 0;
    });
}

/// A part of the sums: a local day of hours, or a month of premises.
struct SumsPart {
    base::UtcTime begin;
    base::UtcTime end;
    bool isOfPremises = false;
};

HourSums hoursAnew(soci::session& sql, const SumsPart& part) {
    HourSums sums;
    visitSummed(sql, part.begin, part.end, [&](const ServiceTimes& alarm) { sums[hourOf(alarm)].add(alarm); });
    return sums;
}

PremisesSums premisesAnew(soci::session& sql, const SumsPart& part) {
    PremisesSums sums;
    visitSummed(sql, part.begin, part.end, [&](const ServiceTimes& alarm) { addDecided(sums, part.begin, alarm); });
    return sums;
}

/// None: what is stored cannot even be read.
std::optional<HourSums> hoursStored(soci::session& sql, const SumsPart& part) {
    HourSums sums;
    const auto read = visitHours(sql, part.begin, part.end, [&](const ServiceHour& hour) {
        sums[{hour.hour, hour.alarmClass}] = hour.counts;
    });
    return read ? std::optional{std::move(sums)} : std::nullopt;
}

/// None: as above.
std::optional<PremisesSums> premisesStored(soci::session& sql, const SumsPart& part) {
    PremisesSums sums;
    const auto read = visitPremises(sql, part.begin, part.begin + base::Microseconds{1},
                                    [&](estate::PremisesId premises, const DecidedCounts::Sum& sum) {
                                        sums[{part.begin, premises}].add(sum);
                                    });
    return read ? std::optional{std::move(sums)} : std::nullopt;
}

bool isRight(soci::session& sql, const SumsPart& part) {
    if (part.isOfPremises) {
        const auto stored = premisesStored(sql, part);
        return stored && *stored == premisesAnew(sql, part);
    }
    const auto stored = hoursStored(sql, part);
    return stored && *stored == hoursAnew(sql, part);
}

base::Result<void> makeAnew(store::Transaction& transaction, const access::Acting& acting, const SumsPart& part,
                            const std::string& what) {
    soci::session& sql = transaction.sql();
    if (part.isOfPremises) {
        removePremisesMonth(sql, part.begin);
        TRY(writeSums(sql, {}, premisesAnew(sql, part)));
    } else {
        removeHours(sql, part.begin, part.end);
        TRY(writeSums(sql, hoursAnew(sql, part), {}));
    }
    store::AuditEvent event;
    event.who = acting.username;
    event.workstation = acting.workstation;
    event.action = "service-sums.mended";
    event.object = "service sums";
    event.details = {{"what", what}};
    transaction.audit(event);
    return {};
}

std::string nameOfPart(const SumsPart& part) {
    return part.isOfPremises ? "the sums of premises in the month from " + base::formatLocalDate(part.begin)
                             : "the sums of hours of " + base::formatLocalDate(part.begin);
}

/// Every local day and month from the first alarm until now; an hour belongs to the day in which it begins.
std::vector<SumsPart> partsOf(soci::session& sql, base::UtcTime now) {
    std::vector<SumsPart> parts;
    long long summed = 0;
    soci::indicator hasSummed = soci::i_null;
    sql << "SELECT min(hour) FROM service_hour", soci::into(summed, hasSummed);
    auto first = firstArrival(sql).value_or(now);
    first = hasSummed == soci::i_ok ? std::min(first, base::fromStored(summed)) : first;
    // Steps of the clock may have left alarms ahead of now.
    const base::UtcTime last = std::max(now, newestArrival(sql).value_or(now));
    for (base::LocalDay day = base::localDayOf(first); day.begin <= last; day = base::localDayOf(day.end)) {
        parts.push_back({day.begin, day.end, false});
    }
    for (LocalMonth month = localMonthOf(first); month.begin <= last; month = localMonthOf(month.end)) {
        parts.push_back({month.begin, month.end, true});
    }
    return parts;
}

}  // namespace

base::Result<int> ServiceSums::addPending(int most) {
    // It is asked every second, and most times there is nothing to add.
    TRY_ASSIGN(const bool isAny, isAnyPending(m_database));
    if (!isAny) {
        return 0;
    }
    return m_database.write([&](store::Transaction& transaction) -> base::Result<int> {
        const auto pending = selectPending(transaction.sql(), most);
        HourSums hours;
        PremisesSums premises;
        LocalMonth month{};
        for (const ServiceTimes& alarm : pending) {
            hours[hourOf(alarm)].add(alarm);
            const bool isInMonth = alarm.raised >= month.begin && alarm.raised < month.end;
            month = isInMonth ? month : localMonthOf(alarm.raised);
            addDecided(premises, month.begin, alarm);
        }
        if (!pending.empty()) {
            removePending(transaction.sql(), pending.back().id);
        }
        TRY(writeSums(transaction.sql(), hours, premises));
        return static_cast<int>(pending.size());
    });
}

base::Result<std::vector<std::string>> ServiceSums::check(const access::Acting& acting) {
    TRY(access::require(acting, access::Right::SeeServiceFigures));
    return compare(acting, Repair::None);
}

base::Result<std::vector<std::string>> ServiceSums::mend(const access::Acting& acting) {
    TRY(access::require(acting, access::Right::SetServiceTargets));
    return compare(acting, Repair::Anew);
}

base::Result<std::vector<std::string>> ServiceSums::compare(const access::Acting& acting, Repair repair) {
    TRY_ASSIGN(const auto parts, m_database.read([&](soci::session& sql) -> base::Result<std::vector<SumsPart>> {
        return partsOf(sql, m_database.clock().now());
    }));
    std::vector<std::string> wrong;
    for (const SumsPart& part : parts) {
        TRY_ASSIGN(const bool right,
                   m_database.read([&](soci::session& sql) -> base::Result<bool> { return isRight(sql, part); }));
        if (right) {
            continue;
        }
        const std::string name = nameOfPart(part);
        wrong.push_back(name + " are not those of the alarms");
        if (repair == Repair::Anew) {
            TRY(m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
                return makeAnew(transaction, acting, part, name);
            }));
        }
    }
    return base::Result<std::vector<std::string>>{tl::in_place, std::move(wrong)};
}

}  // namespace leedswatch::response

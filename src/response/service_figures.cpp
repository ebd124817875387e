#include "response/service_figures.h"

#include "base/local_time.h"
#include "response/service_tally.h"

namespace leedswatch::response {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::hours longestPeriod{24 * 3'660};

/// Nothing arrived before the first alarm: no shifts and hours are made up for that time.
ServicePeriod cutToAlarms(soci::session& sql, const ServicePeriod& period) {
    const auto first = firstArrival(sql);
    ServicePeriod cut = period;
    if (first && *first > cut.from) {
        cut.from = std::min(base::localDayOf(*first).begin, cut.until);
        cut.from = std::max(cut.from, period.from);
    }
    return cut;
}

base::Result<void> addSums(soci::session& sql, const ServicePeriod& period, ServiceTally& tally) {
    const base::UtcTime firstHour = std::chrono::floor<std::chrono::hours>(period.from);
    TRY(visitHours(sql, firstHour, period.until, [&](const ServiceHour& hour) {
        if (tally.isWhole(hour.hour)) {
            tally.add(hour);
        }
    }));
    visitPending(sql, [&](const ServiceTimes& alarm) {
        if (tally.isWhole(std::chrono::floor<std::chrono::hours>(alarm.raised))) {
            tally.add(alarm);
        }
    });
    for (const base::UtcTime hour : tally.partialHours()) {
        visitClosed(sql, hour, hour + 1h, [&](const ServiceTimes& alarm) { tally.add(alarm); });
    }
    return {};
}

}  // namespace

Verdict TargetResult::verdict() const {
    if (of < fewestFor(target.perMille)) {
        return Verdict::TooFew;
    }
    return within * 1'000 >= of * target.perMille ? Verdict::Met : Verdict::NotMet;
}

base::Result<void> checkPeriod(const ServicePeriod& period) {
    if (period.from >= period.until) {
        return base::fail(base::ErrorCode::InvalidInput, "the period ends, " + base::formatLocal(period.until) +
                                                             ", before it begins, " + base::formatLocal(period.from));
    }
    if (period.until - period.from > longestPeriod) {
        return base::fail(base::ErrorCode::InvalidInput, "a period is ten years at most");
    }
    return {};
}

base::Result<ServiceReport> ServiceFigures::report(const access::Acting& acting, const ServicePeriod& period) {
    TRY(access::require(acting, access::Right::SeeServiceFigures));
    TRY(checkPeriod(period));
    return m_database.read([&](soci::session& sql) -> base::Result<ServiceReport> {
        const ServicePeriod cut = cutToAlarms(sql, period);
        ServiceTally tally{cut, m_database.clock().now(), ServiceTargets::select(sql), ShiftPatterns::select(sql)};
        if (m_source == Source::Sums) {
            TRY(addSums(sql, cut, tally));
        } else {
            visitClosed(sql, cut.from, cut.until, [&](const ServiceTimes& alarm) { tally.add(alarm); });
        }
        visitOpen(sql, [&](const ServiceTimes& alarm) { tally.add(alarm); });
        tally.add(selectTaken(sql, cut.from, cut.until));
        ServiceReport report = tally.finish();
        report.period = period;
        report.madeBy = acting.username;
        return base::Result<ServiceReport>{tl::in_place, std::move(report)};
    });
}

base::Result<ServicePeriod> ServiceFigures::period(const access::Acting& acting, NamedPeriod named) {
    TRY(access::require(acting, access::Right::SeeServiceFigures));
    return m_database.read([&](soci::session& sql) -> base::Result<ServicePeriod> {
        return periodOf(named, m_database.clock().now(), ShiftPatterns::select(sql));
    });
}

}  // namespace leedswatch::response

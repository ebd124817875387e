#include "dispatch/attendance.h"

#include "base/local_time.h"
#include "base/spreadsheet_field.h"
#include "store/nullable.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <functional>
#include <unordered_map>

namespace leedswatch::dispatch {

namespace {

using base::ErrorCode;
using Minutes = std::chrono::duration<double, std::ratio<60>>;

/// What a job's row says of attendance. Without its long texts: there may be very many.
struct AttendedJob {
    Job job;
    std::string premisesReference;
    std::string premisesName;
};

/// Calls `each` for the jobs of a period in the order of their creation; one value for all, so that nothing is kept.
void forEachJob(soci::session& sql, const AttendancePeriod& period,
                const std::function<void(const AttendedJob&)>& each) {
    const long long from = base::toStored(period.from);
    const long long until = base::toStored(period.until);
    AttendedJob attended;
    Job& job = attended.job;
    long long id = 0;
    store::Nullable premises;
    store::Nullable alarm;
    int target = 0;
    long long created = 0;
    std::string state;
    store::Nullable unit;
    store::Nullable assigned;
    store::Nullable enRoute;
    store::Nullable onScene;
    store::Nullable ended;
    soci::statement statement =
        (sql.prepare << "SELECT j.id, j.premises_id, j.alarm_id, j.place, j.reason, j.priority, j.target_minutes, "
                        "j.created, j.state, j.unit_id, coalesce(u.call_sign, ''), j.assigned, j.en_route, "
                        "j.on_scene, j.ended, coalesce(p.reference, ''), coalesce(p.name, '') FROM dispatch_job AS j "
                        "LEFT JOIN response_unit AS u ON u.id = j.unit_id LEFT JOIN premises AS p ON p.id = "
                        "j.premises_id WHERE j.created >= :from AND j.created < :until ORDER BY j.created, j.id",
         soci::use(from, "from"), soci::use(until, "until"), soci::into(id), premises.into(), alarm.into(),
         soci::into(job.place), soci::into(job.reason), soci::into(job.priority), soci::into(target),
         soci::into(created), soci::into(state), unit.into(), soci::into(job.callSign), assigned.into(), enRoute.into(),
         onScene.into(), ended.into(), soci::into(attended.premisesReference), soci::into(attended.premisesName));
    statement.execute();
    while (statement.fetch()) {
        job.id = JobId{id};
        job.premises = premises.id<estate::PremisesId>();
        job.alarm = alarm.number();
        job.target = std::chrono::minutes{target};
        job.created = base::fromStored(created);
        job.state = jobStateFrom(state).value_or(JobState::Created);
        job.unit = unit.id<UnitId>();
        job.assigned = assigned.time();
        job.enRoute = enRoute.time();
        job.onScene = onScene.time();
        job.ended = ended.time();
        each(attended);
    }
}

Spread spreadOf(std::vector<base::Microseconds>& times) {
    if (times.empty()) {
        return {};
    }
    const auto middle = times.begin() + static_cast<std::ptrdiff_t>((times.size() - 1) / 2);
    std::ranges::nth_element(times, middle);
    return {static_cast<int>(times.size()), *middle, *std::ranges::max_element(times)};
}

/// Counts jobs into a line.
class Counter {
public:
    explicit Counter(std::string name = {}) { m_line.name = std::move(name); }

    void add(const Job& job, base::UtcTime now) {
        ++m_line.jobs;
        m_line.attended += job.onScene ? 1 : 0;
        m_line.cancelled += job.state == JobState::Cancelled ? 1 : 0;
        m_line.open += isOpen(job.state) ? 1 : 0;
        const TargetState target = targetOf(job, now);
        m_line.met += target == TargetState::Met ? 1 : 0;
        m_line.missed += target == TargetState::Missed ? 1 : 0;
        keep(m_toAssigned, job, job.assigned);
        keep(m_toEnRoute, job, job.enRoute);
        keep(m_toOnScene, job, job.onScene);
        keep(m_toFinished, job, job.state == JobState::Finished ? job.ended : std::nullopt);
    }
    [[nodiscard]] AttendanceLine line() {
        m_line.toAssigned = spreadOf(m_toAssigned);
        m_line.toEnRoute = spreadOf(m_toEnRoute);
        m_line.toOnScene = spreadOf(m_toOnScene);
        m_line.toFinished = spreadOf(m_toFinished);
        return m_line;
    }

private:
    static void keep(std::vector<base::Microseconds>& times, const Job& job, std::optional<base::UtcTime> at) {
        if (at) {
            times.push_back(*at - job.created);
        }
    }

    AttendanceLine m_line;
    std::vector<base::Microseconds> m_toAssigned;
    std::vector<base::Microseconds> m_toEnRoute;
    std::vector<base::Microseconds> m_toOnScene;
    std::vector<base::Microseconds> m_toFinished;
};

using Counters = std::unordered_map<std::string, Counter>;

std::vector<AttendanceLine> linesOf(Counters& counters) {
    std::vector<AttendanceLine> lines;
    lines.reserve(counters.size());
    for (auto& [key, counter] : counters) {
        lines.push_back(counter.line());
    }
    std::ranges::sort(lines, {}, &AttendanceLine::name);
    return lines;
}

std::string premisesText(const AttendedJob& attended) {
    return attended.premisesReference.empty() ? attended.job.place
                                              : attended.premisesReference + " " + attended.premisesName;
}

AttendanceReport count(soci::session& sql, const AttendancePeriod& period, base::UtcTime now) {
    Counter all{"All"};
    Counters premises;
    Counters units;
    forEachJob(sql, period, [&](const AttendedJob& attended) {
        const Job& job = attended.job;
        all.add(job, now);
        const std::string key =
            job.premises ? "premises " + std::to_string(job.premises->value()) : "place " + job.place;
        auto found = premises.find(key);
        if (found == premises.end()) {
            found = premises.emplace(key, Counter{premisesText(attended)}).first;
        }
        found->second.add(job, now);
        const std::string unit = job.unit ? job.callSign : "no unit";
        units.try_emplace(unit, unit).first->second.add(job, now);
    });
    AttendanceReport report{all.line(), linesOf(premises), linesOf(units)};
    std::ranges::stable_sort(report.premises, std::greater{}, &AttendanceLine::jobs);
    return report;
}

std::string minutesText(base::Microseconds time) {
    return fmt::format("{:.1f}", Minutes{time}.count());
}

std::string minutesFrom(const Job& job, std::optional<base::UtcTime> at) {
    return at ? minutesText(*at - job.created) : std::string{};
}

std::string_view targetText(TargetState state) {
    switch (state) {
        case TargetState::Open: return "open";
        case TargetState::Met: return "met";
        case TargetState::Missed: return "missed";
        case TargetState::None: return "none";
    }
    return "";
}

std::string csvOfLines(const std::vector<AttendanceLine>& lines, const char* what) {
    std::string csv = std::string{what} +
                      ",jobs,attended,cancelled,open,target_met,target_missed,assigned_middle_min,assigned_longest_min,"
                      "en_route_middle_min,en_route_longest_min,on_scene_middle_min,on_scene_longest_min,"
                      "finished_middle_min,finished_longest_min\r\n";
    for (const AttendanceLine& line : lines) {
        std::vector<std::string> fields{line.name,
                                        std::to_string(line.jobs),
                                        std::to_string(line.attended),
                                        std::to_string(line.cancelled),
                                        std::to_string(line.open),
                                        std::to_string(line.met),
                                        std::to_string(line.missed)};
        for (const Spread* spread : {&line.toAssigned, &line.toEnRoute, &line.toOnScene, &line.toFinished}) {
            fields.push_back(spread->count == 0 ? "" : minutesText(spread->middle));
            fields.push_back(spread->count == 0 ? "" : minutesText(spread->longest));
        }
        csv += base::spreadsheetLine(fields);
    }
    return csv;
}

std::string csvOfJobs(soci::session& sql, const AttendancePeriod& period, base::UtcTime now) {
    std::string csv =
        "job,premises,place,alarm,reason,priority,unit,state,created,target_min,target,assigned_min,en_route_min,"
        "on_scene_min,ended_min\r\n";
    forEachJob(sql, period, [&](const AttendedJob& attended) {
        const Job& job = attended.job;
        csv += base::spreadsheetLine(
            {std::to_string(job.id.value()), attended.premisesReference, job.place,
             job.alarm ? std::to_string(*job.alarm) : "", job.reason, std::to_string(job.priority), job.callSign,
             std::string{nameOf(job.state)}, base::formatLocal(job.created), std::to_string(job.target.count()),
             std::string{targetText(targetOf(job, now))}, minutesFrom(job, job.assigned), minutesFrom(job, job.enRoute),
             minutesFrom(job, job.onScene), minutesFrom(job, job.ended)});
    });
    return csv;
}

base::Result<void> checkPeriod(const access::Acting& acting, const AttendancePeriod& period) {
    TRY(access::require(acting, access::Right::SeeServiceFigures));
    if (period.until <= period.from) {
        return base::fail(ErrorCode::InvalidInput, "the period ends, " + base::formatLocal(period.until) +
                                                       ", before it begins, " + base::formatLocal(period.from));
    }
    return {};
}

}  // namespace

base::Result<AttendanceReport> Attendance::report(const access::Acting& acting, const AttendancePeriod& period) {
    TRY(checkPeriod(acting, period));
    return m_database.read([&](soci::session& sql) -> base::Result<AttendanceReport> {
        return base::Result<AttendanceReport>{tl::in_place, count(sql, period, m_database.clock().now())};
    });
}

base::Result<std::string> Attendance::csv(const access::Acting& acting, const AttendancePeriod& period,
                                          AttendanceTable table) {
    TRY(checkPeriod(acting, period));
    return m_database.read([&](soci::session& sql) -> base::Result<std::string> {
        const base::UtcTime now = m_database.clock().now();
        switch (table) {
            case AttendanceTable::Premises: return csvOfLines(count(sql, period, now).premises, "premises");
            case AttendanceTable::Units: return csvOfLines(count(sql, period, now).units, "unit");
            case AttendanceTable::Jobs: return csvOfJobs(sql, period, now);
        }
        return std::string{};
    });
}

}  // namespace leedswatch::dispatch

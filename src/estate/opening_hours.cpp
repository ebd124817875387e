#include "estate/opening_hours.h"

#include "base/csv_table.h"
#include "base/local_time.h"
#include "estate/premises_rows.h"

#include <algorithm>
#include <array>

namespace leedswatch::estate {

namespace {

using RowKey = long long;

constexpr std::array<std::string_view, 4> monitorNames{"late-close", "early-open", "late-open", "early-close"};
constexpr std::array<std::string_view, 3> levelNames{"standard", "holiday", "temporary"};
constexpr int longestTolerance = 240;
constexpr int usualTolerance = 15;

std::string nameOfLevel(HoursLevel level) {
    return std::string{levelNames.at(static_cast<std::size_t>(level))};
}

std::optional<HoursLevel> levelFrom(std::string_view name) {
    const auto* found = std::ranges::find(levelNames, name);
    return found == levelNames.end() ? std::nullopt
                                     : std::optional{static_cast<HoursLevel>(found - levelNames.begin())};
}

std::string textOfMonitors(const std::set<OpeningMonitor>& monitors) {
    std::string text;
    for (const OpeningMonitor monitor : monitors) {
        text += (text.empty() ? "" : " ") + std::string{nameOf(monitor)};
    }
    return text;
}

/// Names between spaces or semicolons; nothing if one is none.
std::optional<std::set<OpeningMonitor>> monitorsFrom(std::string text) {
    std::ranges::replace(text, ';', ' ');
    std::set<OpeningMonitor> monitors;
    std::size_t begin = 0;
    while (begin < text.size()) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        if (end > begin) {
            const auto monitor = openingMonitorFrom(std::string_view{text}.substr(begin, end - begin));
            if (!monitor) {
                return std::nullopt;
            }
            monitors.insert(*monitor);
        }
        begin = end + 1;
    }
    return monitors;
}

base::Result<std::string> dayOf(const base::CsvRow& row, const std::string& column) {
    const std::string day = row.raw(column);
    if (!day.empty() && (day.size() != 10 || !base::parseTime(day + "T12:00"))) {
        return row.refuse(column, "write a day as in 2026-12-25");
    }
    return day;
}

base::Result<OpeningHours> hoursOf(const base::CsvRow& row) {
    OpeningHours hours;
    const std::string level = row.raw("level");
    const auto known = level.empty() ? std::optional{HoursLevel::Standard} : levelFrom(level);
    if (!known) {
        return row.refuse("level", "it is standard, holiday or temporary");
    }
    hours.level = *known;
    auto schedule = base::WeeklySchedule::parse(row.raw("hours"));
    if (!schedule) {
        return row.refuse("hours", schedule.error().message);
    }
    hours.hours = *std::move(schedule);
    int tolerance = usualTolerance;
    if (!row.raw("tolerance").empty()) {
        TRY_ASSIGN(tolerance, row.integer("tolerance", 0, longestTolerance));
    }
    hours.tolerance = std::chrono::minutes{tolerance};
    TRY_ASSIGN(hours.firstDay, dayOf(row, "first_day"));
    TRY_ASSIGN(hours.lastDay, dayOf(row, "last_day"));
    const bool isTemporary = hours.level == HoursLevel::Temporary;
    if (isTemporary != !hours.firstDay.empty() || isTemporary != !hours.lastDay.empty() ||
        hours.lastDay < hours.firstDay) {
        return row.refuse("first_day", "temporary hours have a first and a last day, in their order; others have none");
    }
    const auto monitors = monitorsFrom(row.raw("monitors"));
    if (!monitors) {
        return row.refuse("monitors", "they are late-close, early-open, late-open and early-close");
    }
    hours.monitors = monitors->empty() ? std::set{OpeningMonitor::LateClose, OpeningMonitor::EarlyOpen} : *monitors;
    return base::Result<OpeningHours>{tl::in_place, std::move(hours)};
}

void insertHours(soci::session& sql, PremisesId premises, const OpeningHours& hours) {
    const RowKey id = premises.value();
    const std::string level = nameOfLevel(hours.level);
    const int tolerance = static_cast<int>(hours.tolerance.count());
    const std::string monitors = textOfMonitors(hours.monitors);
    sql << "INSERT INTO opening_hours (premises_id, level, hours, tolerance, first_day, last_day, monitors) VALUES "
           "(:premises, :level, :hours, :tolerance, :first, :last, :monitors)",
        soci::use(id, "premises"), soci::use(level, "level"), soci::use(hours.hours.text(), "hours"),
        soci::use(tolerance, "tolerance"), soci::use(hours.firstDay, "first"), soci::use(hours.lastDay, "last"),
        soci::use(monitors, "monitors");
}

void auditHours(store::Transaction& transaction, const access::Acting& acting, const std::string& object,
                nlohmann::json details) {
    store::AuditEvent event;
    event.who = acting.username;
    event.workstation = acting.workstation;
    event.action = "opening-hours.changed";
    event.object = object;
    event.details = std::move(details);
    transaction.audit(event);
    transaction.notify("premises", object);
}

std::set<std::string> selectHolidays(soci::session& sql) {
    std::set<std::string> days;
    std::string day;
    soci::statement statement = (sql.prepare << "SELECT day FROM public_holiday", soci::into(day));
    statement.execute();
    while (statement.fetch()) {
        days.insert(day);
    }
    return days;
}

}  // namespace

std::string_view nameOf(OpeningMonitor monitor) {
    return monitorNames.at(static_cast<std::size_t>(monitor));
}

std::optional<OpeningMonitor> openingMonitorFrom(std::string_view name) {
    const auto* found = std::ranges::find(monitorNames, name);
    return found == monitorNames.end() ? std::nullopt
                                       : std::optional{static_cast<OpeningMonitor>(found - monitorNames.begin())};
}

std::string localDayText(base::UtcTime time) {
    return base::formatLocal(time).substr(0, 10);
}

const OpeningHours* OpeningCalendar::on(base::UtcTime time) const {
    const std::string day = localDayText(time);
    const OpeningHours* best = nullptr;
    for (const OpeningHours& hours : m_hours) {
        const bool holds = hours.level == HoursLevel::Standard ||
                           (hours.level == HoursLevel::Holiday && m_holidays.contains(day)) ||
                           (hours.level == HoursLevel::Temporary && hours.firstDay <= day && day <= hours.lastDay);
        if (holds && (best == nullptr || best->level < hours.level)) {
            best = &hours;
        }
    }
    return best;
}

bool OpeningCalendar::isOpen(base::UtcTime time) const {
    const OpeningHours* hours = on(time);
    const bool isUnnamedHoliday =
        hours != nullptr && hours->level == HoursLevel::Standard && m_holidays.contains(localDayText(time));
    return hours != nullptr && !isUnnamedHoliday && hours->hours.contains(time);
}

bool OpeningCalendar::isClearlyClosed(base::UtcTime time) const {
    const OpeningHours* hours = on(time);
    return hours != nullptr && !isOpen(time) && !isOpen(time - hours->tolerance) && !isOpen(time + hours->tolerance);
}

bool OpeningCalendar::isClearlyOpen(base::UtcTime time) const {
    const OpeningHours* hours = on(time);
    return hours != nullptr && isOpen(time) && isOpen(time - hours->tolerance) && isOpen(time + hours->tolerance);
}

bool OpeningCalendar::watches(OpeningMonitor monitor, base::UtcTime time) const {
    const OpeningHours* hours = on(time);
    return hours != nullptr && hours->monitors.contains(monitor);
}

base::Result<ImportReport> OpeningHoursRegistry::importCsv(const access::Acting& acting, std::string_view csv) {
    TRY(access::require(acting, access::Right::ManagePremises));
    TRY_ASSIGN(
        const auto table,
        base::CsvTable::read(csv, {"premises", "level", "hours", "tolerance", "first_day", "last_day", "monitors"},
                             {"premises", "hours"}));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<ImportReport> {
        std::map<std::string, std::pair<PremisesId, std::vector<OpeningHours>>> all;
        for (std::size_t index = 0; index < table.size(); ++index) {
            const base::CsvRow row = table.row(index);
            TRY_ASSIGN(const std::string reference, row.text("premises"));
            const auto found = selectPremises(transaction.sql(), reference);
            if (found.empty()) {
                return row.refuse("premises", "there are no premises '" + reference + "': import them first");
            }
            TRY_ASSIGN(OpeningHours hours, hoursOf(row));
            all[reference].first = found.front().id;
            all[reference].second.push_back(std::move(hours));
        }
        for (const auto& [reference, entry] : all) {
            const RowKey id = entry.first.value();
            transaction.sql() << "DELETE FROM opening_hours WHERE premises_id = :id", soci::use(id, "id");
            for (const OpeningHours& hours : entry.second) {
                insertHours(transaction.sql(), entry.first, hours);
            }
            auditHours(transaction, acting, "premises " + reference, {{"rows", static_cast<int>(entry.second.size())}});
        }
        ImportReport report;
        report.changed = static_cast<int>(all.size());
        return report;
    });
}

base::Result<ImportReport> OpeningHoursRegistry::importHolidays(const access::Acting& acting, std::string_view csv) {
    TRY(access::require(acting, access::Right::ManagePremises));
    TRY_ASSIGN(const auto table, base::CsvTable::read(csv, {"day", "name"}, {"day", "name"}));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<ImportReport> {
        transaction.sql() << "DELETE FROM public_holiday";
        for (std::size_t index = 0; index < table.size(); ++index) {
            const base::CsvRow row = table.row(index);
            TRY_ASSIGN(const std::string day, dayOf(row, "day"));
            TRY_ASSIGN(const std::string name, row.text("name"));
            if (day.empty() || name.empty()) {
                return row.refuse("day", "a holiday has a day and a name");
            }
            transaction.sql() << "INSERT INTO public_holiday (day, name) VALUES (:day, :name) ON CONFLICT (day) DO "
                                 "UPDATE SET name = excluded.name",
                soci::use(day, "day"), soci::use(name, "name");
        }
        ImportReport report;
        report.changed = static_cast<int>(table.size());
        auditHours(transaction, acting, "public holidays", {{"days", report.changed}});
        return report;
    });
}

std::map<PremisesId, OpeningCalendar> OpeningHoursRegistry::select(soci::session& sql, std::optional<PremisesId> only) {
    const std::set<std::string> holidays = selectHolidays(sql);
    std::map<PremisesId, std::vector<OpeningHours>> rows;
    RowKey premises = 0;
    std::string level;
    std::string hours;
    std::string monitors;
    int tolerance = 0;
    OpeningHours one;
    const RowKey wanted = only ? only->value() : 0;
    // A condition for each kind of question, so that each has its index.
    const std::string condition = only ? "premises_id = :only" : ":only = 0";
    soci::statement statement =
        (sql.prepare << "SELECT premises_id, level, hours, tolerance, first_day, last_day, monitors FROM opening_hours "
                        "WHERE " +
                            condition,
         soci::use(wanted, "only"), soci::into(premises), soci::into(level), soci::into(hours), soci::into(tolerance),
         soci::into(one.firstDay), soci::into(one.lastDay), soci::into(monitors));
    statement.execute();
    while (statement.fetch()) {
        one.level = levelFrom(level).value_or(HoursLevel::Standard);
        one.hours = base::WeeklySchedule::parse(hours).value_or(base::WeeklySchedule{});
        one.tolerance = std::chrono::minutes{tolerance};
        one.monitors = monitorsFrom(monitors).value_or(std::set<OpeningMonitor>{});
        rows[PremisesId{premises}].push_back(one);
    }
    std::map<PremisesId, OpeningCalendar> calendars;
    for (auto& [id, all] : rows) {
        calendars.emplace(id, OpeningCalendar{std::move(all), holidays});
    }
    return calendars;
}

}  // namespace leedswatch::estate

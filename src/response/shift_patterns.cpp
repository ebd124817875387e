#include "response/shift_patterns.h"

#include "base/utf8.h"
#include "response/local_calendar.h"

#include <algorithm>
#include <charconv>

namespace leedswatch::response {

namespace {

using base::ErrorCode;
using namespace std::chrono_literals;

constexpr auto tenMinutes = 10min;
constexpr std::size_t longestShiftName = 40;
constexpr std::chrono::hours aYearAhead{24 * 366};

base::Result<void> checkShift(const Shift& shift) {
    if (shift.name.find_first_not_of(" \t\r\n") == std::string::npos || shift.name.size() > longestShiftName ||
        !base::isPlainText(shift.name)) {
        return base::fail(ErrorCode::InvalidInput, "each shift has a name of at most 40 letters");
    }
    if (shift.begins < 0min || shift.begins >= 24h || shift.begins % tenMinutes != 0min) {
        return base::fail(ErrorCode::InvalidInput,
                          "a shift begins at full ten minutes from 00:00 to 23:50, as the load is counted by them");
    }
    return {};
}

base::Result<void> checkShifts(const std::vector<Shift>& shifts) {
    if (shifts.empty() || shifts.size() > ShiftPatterns::mostOfDay) {
        return base::fail(ErrorCode::InvalidInput, "a day has one to twelve shifts");
    }
    for (auto one = shifts.begin(); one != shifts.end(); ++one) {
        TRY(checkShift(*one));
        for (auto other = shifts.begin(); other != one; ++other) {
            if (one->name == other->name || one->begins == other->begins) {
                return base::fail(ErrorCode::InvalidInput,
                                  "two shifts have the same " +
                                      std::string{one->name == other->name ? "name, " : "begin, "} + one->name + " " +
                                      beginText(*one));
            }
        }
    }
    return {};
}

void insertPattern(soci::session& sql, const ShiftPattern& pattern) {
    const long long from = base::toStored(pattern.holdsFrom);
    const long long made = base::toStored(pattern.made);
    long long id = 0;
    sql << "INSERT INTO shift_pattern (holds_from, made, made_by) VALUES (:from, :made, :who) RETURNING id",
        soci::use(from, "from"), soci::use(made, "made"), soci::use(pattern.madeBy, "who"), soci::into(id);
    for (const Shift& shift : pattern.shifts) {
        const long long begins = shift.begins.count();
        sql << "INSERT INTO shift (pattern_id, begins, name) VALUES (:id, :begins, :name)", soci::use(id, "id"),
            soci::use(begins, "begins"), soci::use(shift.name, "name");
    }
}

void auditPattern(store::Transaction& transaction, const access::Acting& acting, const ShiftPattern& pattern) {
    store::AuditEvent event;
    event.who = acting.username;
    event.workstation = acting.workstation;
    event.action = "shifts.set";
    event.object = "shifts";
    event.details = {{"holds_from", base::formatUtc(pattern.holdsFrom)}, {"shifts", nlohmann::json::array()}};
    for (const Shift& shift : pattern.shifts) {
        event.details["shifts"].push_back(shift.name + "=" + beginText(shift));
    }
    transaction.audit(event);
    transaction.notify("shift_patterns", "shifts");
}

/// Those of one pattern that touch the period, cut where another pattern begins to hold.
void addSpans(const ShiftPattern& pattern, base::UtcTime patternEnd, base::UtcTime from, base::UtcTime until,
              std::vector<ShiftSpan>& spans) {
    if (patternEnd <= from || pattern.holdsFrom >= until || pattern.shifts.empty()) {
        return;
    }
    std::vector<ShiftSpan> all;
    base::LocalDay day = base::localDayOf(std::max(from, pattern.holdsFrom));
    day = base::localDayOf(day.begin - 1h);  // the shift over midnight began on the day before
    const base::UtcTime last = std::min(until, patternEnd);
    while (day.begin <= last + 25h) {
        for (const Shift& shift : pattern.shifts) {
            const base::UtcTime begin = localTimeOn(day, shift.begins);
            if (!all.empty()) {
                all.back().end = begin;
            }
            all.push_back({shift.name, begin, begin});
        }
        day = base::localDayOf(day.end);
    }
    all.pop_back();
    for (ShiftSpan& span : all) {
        span.begin = std::max(span.begin, pattern.holdsFrom);
        span.end = std::min(span.end, patternEnd);
        if (span.begin < span.end && span.begin < until && span.end > from) {
            spans.push_back(span);
        }
    }
}

}  // namespace

base::Result<std::vector<ShiftPattern>> ShiftPatterns::history(const access::Acting& acting) {
    TRY(access::require(acting, access::Right::SeeServiceFigures));
    return m_database.read([](soci::session& sql) -> base::Result<std::vector<ShiftPattern>> { return select(sql); });
}

base::Result<void> ShiftPatterns::set(const access::Acting& acting, std::vector<Shift> shifts,
                                      base::UtcTime holdsFrom) {
    TRY(access::require(acting, access::Right::SetServiceTargets));
    TRY(checkShifts(shifts));
    std::ranges::sort(shifts, {}, &Shift::begins);
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        const base::UtcTime now = transaction.now();
        if (holdsFrom < now - 1min || holdsFrom > now + aYearAhead) {
            return base::fail(ErrorCode::InvalidInput,
                              "shifts hold from now or from a time within the next year, not from " +
                                  base::formatLocal(holdsFrom) + ": past ones stay as they were");
        }
        using TenMinutes = std::chrono::duration<std::int64_t, std::ratio<600>>;
        const ShiftPattern pattern{std::chrono::ceil<TenMinutes>(std::max(holdsFrom, now)), now, acting.username,
                                   std::move(shifts)};
        insertPattern(transaction.sql(), pattern);
        auditPattern(transaction, acting, pattern);
        return {};
    });
}

std::vector<ShiftPattern> ShiftPatterns::select(soci::session& sql) {
    std::vector<ShiftPattern> patterns;
    long long id = 0;
    long long last = 0;
    long long from = 0;
    long long made = 0;
    std::string madeBy;
    std::string name;
    long long begins = 0;
    soci::statement statement =
        (sql.prepare << "SELECT p.id, holds_from, made, made_by, name, begins FROM shift_pattern p JOIN shift s ON "
                        "s.pattern_id = p.id ORDER BY holds_from, p.id, begins",
         soci::into(id), soci::into(from), soci::into(made), soci::into(madeBy), soci::into(name), soci::into(begins));
    statement.execute();
    while (statement.fetch()) {
        if (id != last) {
            last = id;
            patterns.push_back({base::fromStored(from), base::fromStored(made), madeBy, {}});
        }
        patterns.back().shifts.push_back({name, std::chrono::minutes{begins}});
    }
    return patterns;
}

std::vector<ShiftSpan> shiftsIn(const std::vector<ShiftPattern>& history, base::UtcTime from, base::UtcTime until) {
    std::vector<ShiftSpan> spans;
    for (auto pattern = history.begin(); pattern != history.end(); ++pattern) {
        const auto next = std::next(pattern);
        addSpans(*pattern, next == history.end() ? base::UtcTime::max() - 48h : next->holdsFrom, from, until, spans);
    }
    return spans;
}

base::Result<Shift> parseShift(std::string_view text) {
    const auto wrong = base::fail(ErrorCode::InvalidInput,
                                  "'" + std::string{text.substr(0, 60)} + "' is no shift: write it as Day=07:00");
    const auto equals = text.rfind('=');
    if (equals == std::string_view::npos || text.size() != equals + 6 || text[equals + 3] != ':') {
        return wrong;
    }
    int hour = 0;
    int minute = 0;
    const char* digits = text.data() + equals + 1;
    const bool isTime = std::from_chars(digits, digits + 2, hour).ptr == digits + 2 &&
                        std::from_chars(digits + 3, digits + 5, minute).ptr == digits + 5;
    if (!isTime || hour < 0 || hour > 23 || minute < 0 || minute > 59) {
        return wrong;
    }
    return Shift{std::string{text.substr(0, equals)}, std::chrono::hours{hour} + std::chrono::minutes{minute}};
}

std::string beginText(const Shift& shift) {
    const auto two = [](std::int64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return two(shift.begins.count() / 60) + ":" + two(shift.begins.count() % 60);
}

}  // namespace leedswatch::response

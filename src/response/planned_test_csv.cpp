#include "base/csv_table.h"
#include "base/local_time.h"
#include "base/spreadsheet_field.h"
#include "estate/premises_rows.h"
#include "response/planned_test_rows.h"
#include "response/planned_tests.h"

#include <algorithm>
#include <charconv>

// Planned tests from a file and into one.

namespace leedswatch::response {

namespace {

constexpr int mostInFile = 100'000;
constexpr int usualMinutes = 60;

std::optional<std::chrono::minutes> minuteOfDayFrom(const std::string& text) {
    const auto number = [](std::string_view digits) {
        int value = -1;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return error == std::errc{} && end == digits.data() + digits.size() ? value : -1;
    };
    if (text.size() != 5 || text[2] != ':') {
        return std::nullopt;
    }
    const int hour = number(std::string_view{text}.substr(0, 2));
    const int minute = number(std::string_view{text}.substr(3));
    return hour >= 0 && hour < 24 && minute >= 0 && minute < 60
               ? std::optional{std::chrono::minutes{hour * 60 + minute}}
               : std::nullopt;
}

std::string timeText(std::chrono::minutes ofDay) {
    const auto two = [](std::int64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return two(ofDay.count() / 60) + ":" + two(ofDay.count() % 60);
}

base::Result<void> readTimes(const base::CsvRow& row, PlannedTest& test) {
    const auto day = base::localDateFrom(row.raw("first_day"));
    if (!day) {
        return row.refuse("first_day", "write a day as in 2026-03-29");
    }
    const auto time = minuteOfDayFrom(row.raw("time"));
    if (!time) {
        return row.refuse("time", "write a time of the day as in 09:30");
    }
    const std::string every = base::loweredAscii(row.raw("every"));
    const auto recurrence = every.empty() ? std::optional{Recurrence::Once} : recurrenceFrom(every);
    if (!recurrence) {
        return row.refuse("every", "it is once, weekly, monthly, quarterly or yearly");
    }
    int lasts = usualMinutes;
    if (!row.raw("lasts").empty()) {
        TRY_ASSIGN(lasts, row.integer("lasts", 5, 480));
    }
    test.first = *day;
    test.ofDay = *time;
    test.every = *recurrence;
    test.lasts = std::chrono::minutes{lasts};
    return {};
}

base::Result<PlannedTest> plannedOfRow(soci::session& sql, const base::CsvRow& row) {
    PlannedTest test;
    TRY_ASSIGN(const std::string reference, row.text("premises"));
    const auto premises = estate::selectPremises(sql, reference);
    if (premises.empty()) {
        return row.refuse("premises", "there are no premises '" + reference + "': import them first");
    }
    test.premises = premises.front().id;
    const auto kind = testKindFrom(base::loweredAscii(row.raw("kind")));
    if (!kind) {
        return row.refuse("kind", "it is walk-test, fire, hold-up, path, annual-service or other");
    }
    test.kind = *kind;
    TRY(readTimes(row, test));
    TRY_ASSIGN(test.area, row.text("area"));
    TRY_ASSIGN(test.zone, row.text("zone"));
    TRY_ASSIGN(const std::string who, row.text("who"));
    test.who = base::fromSpreadsheetField(who);
    test.instructions = base::fromSpreadsheetField(row.raw("instructions"));
    TRY_ASSIGN(const auto hides, row.yesNo("hide_life_safety"));
    test.showsLifeSafety = !hides.value_or(false);
    if (const auto checked = checkPlannedTest(test); !checked) {
        return row.refuse("instructions", checked.error().message);
    }
    return base::Result<PlannedTest>{tl::in_place, std::move(test)};
}

bool isPlannedAlike(soci::session& sql, const PlannedTest& test, base::UtcTime now) {
    const auto known = selectPlannedTests(sql, {test.premises, {}, 1'000}, now);
    return std::ranges::any_of(known, [&](const PlannedTest& one) {
        return one.kind == test.kind && one.first == test.first && one.ofDay == test.ofDay && one.every == test.every &&
               one.area == test.area && one.zone == test.zone;
    });
}

}  // namespace

base::Result<estate::ImportReport> PlannedTests::importCsv(const access::Acting& acting, std::string_view csv) {
    TRY(access::require(acting, access::Right::PlanAlarmTests));
    TRY_ASSIGN(const auto table,
               base::CsvTable::read(csv,
                                    {"premises", "kind", "first_day", "time", "every", "lasts", "area", "zone", "who",
                                     "instructions", "hide_life_safety", "next"},
                                    {"premises", "kind", "first_day", "time"}));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<estate::ImportReport> {
        estate::ImportReport report;
        for (std::size_t index = 0; index < table.size(); ++index) {
            const base::CsvRow row = table.row(index);
            TRY_ASSIGN(const PlannedTest test, plannedOfRow(transaction.sql(), row));
            if (isPlannedAlike(transaction.sql(), test, transaction.now())) {
                ++report.unchanged;
                continue;
            }
            if (const auto planned = planIn(transaction, acting, test); !planned) {
                return row.refuse("first_day", planned.error().message);
            }
            ++report.added;
        }
        return report;
    });
}

base::Result<std::string> PlannedTests::exportCsv(const access::Acting& acting) {
    TRY_ASSIGN(const auto tests, list(acting, {{}, {}, mostInFile}));
    std::string csv = "premises,kind,first_day,time,every,lasts,area,zone,who,instructions,hide_life_safety,next\r\n";
    for (const PlannedTest& test : tests) {
        const std::vector<std::string> fields{test.reference,
                                              std::string{nameOf(test.kind)},
                                              base::textOf(test.first),
                                              timeText(test.ofDay),
                                              std::string{nameOf(test.every)},
                                              std::to_string(test.lasts.count()),
                                              test.area,
                                              test.zone,
                                              test.who,
                                              test.instructions,
                                              test.showsLifeSafety ? "no" : "yes",
                                              base::formatLocal(test.due)};
        for (std::size_t index = 0; index < fields.size(); ++index) {
            csv += (index == 0 ? "" : ",") + base::spreadsheetField(fields[index]);
        }
        csv += "\r\n";
    }
    return base::Result<std::string>{tl::in_place, std::move(csv)};
}

}  // namespace leedswatch::response

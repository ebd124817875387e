#include "response/service_rows.h"

#include "store/nullable.h"

namespace leedswatch::response {

namespace {

using Stored = long long;

constexpr const char* columnsOfTimes =
    "SELECT a.id, a.class, a.premises_id, a.raised, a.state, a.presented, a.accepted, a.acted, a.closed, a.outcome, "
    "coalesce(c.was_held, 0), c.hold_ended, coalesce(c.on_test, 0), EXISTS (SELECT 1 FROM alarm_step s WHERE "
    "s.alarm_id = a.id AND s.kind = 'police' AND s.state = 'done') ";

/// Alarms of a query: FROM and what follows is the caller's, with `a` and `c` named there, and the values it binds.
class TimesQuery {
    template <typename... Where>
    static auto into(Where&... where) {
        return soci::into(where...);
    }

public:
    template <typename... Bound>
    TimesQuery(soci::session& sql, const std::string& from, Bound&&... bound)
        : m_statement{
              ((sql.prepare << columnsOfTimes + from, into(m_id), into(m_class), m_premises.into(), into(m_raised),
                into(m_state), m_presented.into(), m_accepted.into(), m_acted.into(), m_closed.into(), into(m_outcome),
                into(m_wasHeld), m_holdEnded.into(), into(m_onTest), into(m_police)),
               ..., std::forward<Bound>(bound))} {
        m_statement.execute();
    }
    TimesQuery(const TimesQuery&) = delete;
    TimesQuery& operator=(const TimesQuery&) = delete;

    void each(const VisitAlarm& visit) {
        ServiceTimes times;
        while (m_statement.fetch()) {
            times.id = AlarmId{m_id};
            times.alarmClass = alarmClassFrom(m_class).value_or(AlarmClass::Unknown);
            times.premises = m_premises.id<estate::PremisesId>();
            times.raised = base::fromStored(m_raised);
            times.state = alarmStateFrom(m_state).value_or(AlarmState::Waiting);
            times.presented = m_presented.time();
            times.accepted = m_accepted.time();
            times.acted = m_acted.time();
            times.closed = m_closed.time();
            times.outcome = m_outcome;
            times.wasHeld = m_wasHeld != 0;
            times.holdEnded = m_holdEnded.time();
            times.isOnTest = m_onTest != 0;
            times.policeCalled = m_police != 0;
            visit(times);
        }
    }

private:
    Stored m_id = 0;
    std::string m_class;
    store::Nullable m_premises;
    Stored m_raised = 0;
    std::string m_state;
    store::Nullable m_presented;
    store::Nullable m_accepted;
    store::Nullable m_acted;
    store::Nullable m_closed;
    std::string m_outcome;
    int m_wasHeld = 0;
    store::Nullable m_holdEnded;
    int m_onTest = 0;
    int m_police = 0;
    soci::statement m_statement;
};

/// The texts of an hour's row.
struct HourTexts {
    std::array<std::string, serviceMeasureCount> times;
    std::string held;
    std::string unanswered;

    [[nodiscard]] bool addTo(ServiceCounts& counts) const {
        bool isGood = counts.held.addText(held) && counts.unanswered.addText(unanswered);
        for (std::size_t measure = 0; measure < times.size(); ++measure) {
            isGood = isGood && counts.times.at(measure).addText(times.at(measure));
        }
        return isGood;
    }
};

/// Reads rows of service_hour: what stands behind FROM service_hour is the caller's.
class HourQuery {
public:
    template <typename... Bound>
    HourQuery(soci::session& sql, const std::string& condition, Bound&&... bound)
        : m_statement{((sql.prepare << "SELECT id, hour, class, counted, tests, storms, called_off, presented, "
                                       "accepted, acted, closed, held, unanswered FROM service_hour " +
                                           condition,
                        soci::into(id), soci::into(m_hour), soci::into(m_class), soci::into(m_counted),
                        soci::into(m_tests), soci::into(m_storms), soci::into(m_calledOff),
                        soci::into(m_texts.times[0]), soci::into(m_texts.times[1]), soci::into(m_texts.times[2]),
                        soci::into(m_texts.times[3]), soci::into(m_texts.held), soci::into(m_texts.unanswered)),
                       ..., std::forward<Bound>(bound))} {
        m_statement.execute();
    }
    HourQuery(const HourQuery&) = delete;
    HourQuery& operator=(const HourQuery&) = delete;

    /// None: there is no further one. Error: Damaged.
    base::Result<bool> next(ServiceHour& hour) {
        if (!m_statement.fetch()) {
            return false;
        }
        hour.hour = base::fromStored(m_hour);
        hour.alarmClass = alarmClassFrom(m_class).value_or(AlarmClass::Unknown);
        hour.counts = {};
        hour.counts.counted = m_counted;
        hour.counts.tests = m_tests;
        hour.counts.storms = m_storms;
        hour.counts.calledOff = m_calledOff;
        if (!m_texts.addTo(hour.counts)) {
            return base::fail(base::ErrorCode::Damaged, "row " + std::to_string(id) +
                                                            " of service_hour is damaged: alarms figures --mend "
                                                            "makes the sums anew");
        }
        return true;
    }

    Stored id = 0;

private:
    Stored m_hour = 0;
    std::string m_class;
    Stored m_counted = 0;
    Stored m_tests = 0;
    Stored m_storms = 0;
    Stored m_calledOff = 0;
    HourTexts m_texts;
    soci::statement m_statement;
};

void writeHour(soci::session& sql, const ServiceHour& hour) {
    const Stored at = base::toStored(hour.hour);
    const std::string name{infoOf(hour.alarmClass).code};
    const ServiceCounts& counts = hour.counts;
    const Stored counted = counts.counted;
    const Stored tests = counts.tests;
    const Stored storms = counts.storms;
    const Stored calledOff = counts.calledOff;
    HourTexts texts;
    for (std::size_t measure = 0; measure < texts.times.size(); ++measure) {
        texts.times.at(measure) = counts.times.at(measure).text();
    }
    texts.held = counts.held.text();
    texts.unanswered = counts.unanswered.text();
    sql << "INSERT INTO service_hour (hour, class, counted, tests, storms, called_off, presented, accepted, acted, "
           "closed, held, unanswered) VALUES (:hour, :class, :counted, :tests, :storms, :off, :presented, :accepted, "
           ":acted, :closed, :held, :unanswered) ON CONFLICT (hour, class) DO UPDATE SET counted = excluded.counted, "
           "tests = excluded.tests, storms = excluded.storms, called_off = excluded.called_off, presented = "
           "excluded.presented, accepted = excluded.accepted, acted = excluded.acted, closed = excluded.closed, held = "
           "excluded.held, unanswered = excluded.unanswered",
        soci::use(at, "hour"), soci::use(name, "class"), soci::use(counted, "counted"), soci::use(tests, "tests"),
        soci::use(storms, "storms"), soci::use(calledOff, "off"), soci::use(texts.times[0], "presented"),
        soci::use(texts.times[1], "accepted"), soci::use(texts.times[2], "acted"), soci::use(texts.times[3], "closed"),
        soci::use(texts.held, "held"), soci::use(texts.unanswered, "unanswered");
}

tl::unexpected<base::Error> damagedPremises(estate::PremisesId premises) {
    return base::fail(base::ErrorCode::Damaged, "a row of service_premises of premises " +
                                                    std::to_string(premises.value()) +
                                                    " is damaged: alarms figures --mend makes the sums anew");
}

}  // namespace

void visitClosed(soci::session& sql, base::UtcTime from, base::UtcTime until, const VisitAlarm& visit) {
    const Stored begin = base::toStored(from);
    const Stored end = base::toStored(until);
    TimesQuery{sql,
               "FROM alarm a INDEXED BY alarm_by_time LEFT JOIN alarm_circumstance c ON c.alarm_id = a.id WHERE "
               "a.raised >= :begin AND a.raised < :end AND a.state = 'closed'",
               soci::use(begin, "begin"), soci::use(end, "end")}
        .each(visit);
}

void visitSummed(soci::session& sql, base::UtcTime from, base::UtcTime until, const VisitAlarm& visit) {
    const Stored begin = base::toStored(from);
    const Stored end = base::toStored(until);
    TimesQuery{sql,
               "FROM alarm a INDEXED BY alarm_by_time LEFT JOIN alarm_circumstance c ON c.alarm_id = a.id WHERE "
               "a.raised >= :begin AND a.raised < :end AND a.state = 'closed' AND NOT EXISTS (SELECT 1 FROM "
               "service_pending p WHERE p.alarm_id = a.id)",
               soci::use(begin, "begin"), soci::use(end, "end")}
        .each(visit);
}

void visitPending(soci::session& sql, const VisitAlarm& visit) {
    TimesQuery{sql,
               "FROM service_pending p CROSS JOIN alarm a ON a.id = p.alarm_id LEFT JOIN alarm_circumstance c ON "
               "c.alarm_id = a.id"}
        .each(visit);
}

void visitOpen(soci::session& sql, const VisitAlarm& visit) {
    // Else all alarms of the period would be read to find the few that are open.
    TimesQuery{sql,
               "FROM alarm a INDEXED BY alarm_queue LEFT JOIN alarm_circumstance c ON c.alarm_id = a.id WHERE a.state "
               "<> 'closed'"}
        .each(visit);
}

std::vector<ServiceTimes> selectPending(soci::session& sql, int most) {
    std::vector<ServiceTimes> all;
    TimesQuery{sql,
               "FROM (SELECT alarm_id FROM service_pending ORDER BY alarm_id LIMIT :most) p CROSS JOIN alarm a ON a.id "
               "= p.alarm_id LEFT JOIN alarm_circumstance c ON c.alarm_id = a.id ORDER BY p.alarm_id",
               soci::use(most, "most")}
        .each([&](const ServiceTimes& times) { all.push_back(times); });
    return all;
}

void removePending(soci::session& sql, AlarmId last) {
    const Stored id = last.value();
    sql << "DELETE FROM service_pending WHERE alarm_id <= :last", soci::use(id, "last");
}

std::optional<base::UtcTime> firstArrival(soci::session& sql) {
    store::Nullable first;
    sql << "SELECT min(raised) FROM alarm", first.into();
    return first.time();
}

std::optional<base::UtcTime> newestArrival(soci::session& sql) {
    store::Nullable newest;
    sql << "SELECT max(raised) FROM alarm", newest.into();
    return newest.time();
}

base::Result<void> visitHours(soci::session& sql, base::UtcTime from, base::UtcTime until,
                              const std::function<void(const ServiceHour& hour)>& visit) {
    const Stored begin = base::toStored(from);
    const Stored end = base::toStored(until);
    HourQuery query{sql, "WHERE hour >= :begin AND hour < :end ORDER BY hour, class", soci::use(begin, "begin"),
                    soci::use(end, "end")};
    ServiceHour hour;
    while (true) {
        TRY_ASSIGN(const bool isThere, query.next(hour));
        if (!isThere) {
            return {};
        }
        visit(hour);
    }
}

base::Result<void> addToHour(soci::session& sql, const ServiceHour& more) {
    const Stored at = base::toStored(more.hour);
    const std::string name{infoOf(more.alarmClass).code};
    ServiceHour sum;
    TRY_ASSIGN(
        const bool isThere,
        (HourQuery{sql, "WHERE hour = :hour AND class = :class", soci::use(at, "hour"), soci::use(name, "class")}.next(
            sum)));
    if (!isThere) {
        writeHour(sql, more);
        return {};
    }
    sum.counts.add(more.counts);
    writeHour(sql, sum);
    return {};
}

void removeHours(soci::session& sql, base::UtcTime from, base::UtcTime until) {
    const Stored begin = base::toStored(from);
    const Stored end = base::toStored(until);
    sql << "DELETE FROM service_hour WHERE hour >= :begin AND hour < :end", soci::use(begin, "begin"),
        soci::use(end, "end");
}

base::Result<void> visitPremises(
    soci::session& sql, base::UtcTime from, base::UtcTime until,
    const std::function<void(estate::PremisesId premises, const DecidedCounts::Sum& sum)>& visit) {
    const Stored begin = base::toStored(from);
    const Stored end = base::toStored(until);
    Stored premises = 0;
    std::string decided;
    soci::statement statement =
        (sql.prepare << "SELECT premises_id, decided FROM service_premises WHERE month >= :begin AND month < :end",
         soci::use(begin, "begin"), soci::use(end, "end"), soci::into(premises), soci::into(decided));
    statement.execute();
    while (statement.fetch()) {
        const estate::PremisesId id{premises};
        if (!DecidedCounts::parse(decided, [&](const DecidedCounts::Sum& sum) { visit(id, sum); })) {
            return damagedPremises(id);
        }
    }
    return {};
}

base::Result<void> addToPremises(soci::session& sql, base::UtcTime month, estate::PremisesId premises,
                                 const DecidedCounts& more) {
    const Stored at = base::toStored(month);
    const Stored id = premises.value();
    DecidedCounts sum = more;
    std::string decided;
    sql << "SELECT decided FROM service_premises WHERE month = :month AND premises_id = :premises",
        soci::use(at, "month"), soci::use(id, "premises"), soci::into(decided);
    if (sql.got_data() && !DecidedCounts::parse(decided, [&](const DecidedCounts::Sum& before) { sum.add(before); })) {
        return damagedPremises(premises);
    }
    decided = sum.text();
    sql << "INSERT INTO service_premises (month, premises_id, decided) VALUES (:month, :premises, :decided) ON "
           "CONFLICT (month, premises_id) DO UPDATE SET decided = excluded.decided",
        soci::use(at, "month"), soci::use(id, "premises"), soci::use(decided, "decided");
    return {};
}

void removePremisesMonth(soci::session& sql, base::UtcTime month) {
    const Stored at = base::toStored(month);
    sql << "DELETE FROM service_premises WHERE month = :month", soci::use(at, "month");
}

std::vector<TakenAlarms> selectTaken(soci::session& sql, base::UtcTime from, base::UtcTime until) {
    const Stored begin = base::toStored(from);
    const Stored end = base::toStored(until);
    std::vector<TakenAlarms> all;
    TakenAlarms one;
    Stored at = 0;
    Stored taken = 0;
    soci::statement statement =
        (sql.prepare << "SELECT ten_minutes, username, taken FROM service_taken WHERE ten_minutes >= :begin AND "
                        "ten_minutes < :end ORDER BY ten_minutes, username",
         soci::use(begin, "begin"), soci::use(end, "end"), soci::into(at), soci::into(one.username), soci::into(taken));
    statement.execute();
    while (statement.fetch()) {
        one.tenMinutes = base::fromStored(at);
        one.taken = taken;
        all.push_back(one);
    }
    return all;
}

}  // namespace leedswatch::response

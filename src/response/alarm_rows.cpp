#include "response/alarm_rows.h"

#include "store/nullable.h"

namespace leedswatch::response {

namespace {

using Whole = long long;

/// The variables that a row of alarm goes through.
struct AlarmRow {
    AlarmRow() = default;
    explicit AlarmRow(const Alarm& alarm)
        : id{alarm.id.value()},
          alarmClass{infoOf(alarm.alarmClass).code},
          raised{base::toStored(alarm.raised)},
          joinKey{alarm.joinKey},
          premises{alarm.premises},
          panel{alarm.panel},
          camera{alarm.camera},
          place{alarm.place},
          what{alarm.what},
          lifeSafety{alarm.isLifeSafety ? 1 : 0},
          priority{alarm.priority},
          state{nameOf(alarm.state)},
          until{alarm.until},
          owner{alarm.owner},
          ownerDesk{alarm.ownerDesk},
          ownedSince{alarm.ownedSince},
          forwardedTo{alarm.forwardedTo},
          signals{alarm.signals},
          latest{base::toStored(alarm.latest)},
          confirmed{alarm.isConfirmed ? 1 : 0},
          runaway{alarm.isRunaway ? 1 : 0},
          presented{alarm.presented},
          accepted{alarm.accepted},
          acted{alarm.acted},
          closed{alarm.closed},
          outcome{alarm.outcome},
          fireHandling{alarm.fireHandling ? nameOf(*alarm.fireHandling) : std::string_view{}} {}

    [[nodiscard]] Alarm alarm() const {
        Alarm to;
        to.id = AlarmId{id};
        to.alarmClass = alarmClassFrom(alarmClass).value_or(AlarmClass::Unknown);
        to.raised = base::fromStored(raised);
        to.joinKey = joinKey;
        to.premises = premises.id<estate::PremisesId>();
        to.panel = panel.id<estate::PanelId>();
        to.camera = camera.id<estate::CameraId>();
        to.place = place;
        to.what = what;
        to.isLifeSafety = lifeSafety != 0;
        to.priority = priority;
        to.state = alarmStateFrom(state).value_or(AlarmState::Waiting);
        to.until = until.time();
        to.owner = owner;
        to.ownerDesk = ownerDesk;
        to.ownedSince = ownedSince.time();
        to.forwardedTo = forwardedTo;
        to.signals = signals;
        to.latest = base::fromStored(latest);
        to.isConfirmed = confirmed != 0;
        to.isRunaway = runaway != 0;
        to.presented = presented.time();
        to.accepted = accepted.time();
        to.acted = acted.time();
        to.closed = closed.time();
        to.outcome = outcome;
        to.fireHandling = fireHandlingFrom(fireHandling);
        return to;
    }

    Whole id = 0;
    std::string alarmClass;
    Whole raised = 0;
    std::string joinKey;
    store::Nullable premises;
    store::Nullable panel;
    store::Nullable camera;
    std::string place;
    std::string what;
    int lifeSafety = 0;
    int priority = 0;
    std::string state;
    store::Nullable until;
    std::string owner;
    std::string ownerDesk;
    store::Nullable ownedSince;
    std::string forwardedTo;
    int signals = 0;
    Whole latest = 0;
    int confirmed = 0;
    int runaway = 0;
    store::Nullable presented;
    store::Nullable accepted;
    store::Nullable acted;
    store::Nullable closed;
    std::string outcome;
    std::string fireHandling;
};

/// Alarms of a query: everything behind FROM alarm is the caller's, with the values that it binds.
class AlarmQuery {
    template <typename Value>
    static auto into(Value& value) {
        return soci::into(value);
    }
    static auto into(store::Nullable& value) { return value.into(); }

public:
    template <typename... Bound>
    AlarmQuery(soci::session& sql, const std::string& condition, Bound&&... bound)
        : m_statement{
              ((sql.prepare << "SELECT id, class, raised, join_key, premises_id, panel_id, camera_id, place, what, "
                               "life_safety, priority, state, until, owner, owner_desk, owned_since, forwarded_to, "
                               "signals, latest, confirmed, runaway, presented, accepted, acted, closed, outcome, "
                               "fire_handling FROM alarm " +
                                   condition,
                into(m_row.id), into(m_row.alarmClass), into(m_row.raised), into(m_row.joinKey), into(m_row.premises),
                into(m_row.panel), into(m_row.camera), into(m_row.place), into(m_row.what), into(m_row.lifeSafety),
                into(m_row.priority), into(m_row.state), into(m_row.until), into(m_row.owner), into(m_row.ownerDesk),
                into(m_row.ownedSince), into(m_row.forwardedTo), into(m_row.signals), into(m_row.latest),
                into(m_row.confirmed), into(m_row.runaway), into(m_row.presented), into(m_row.accepted),
                into(m_row.acted), into(m_row.closed), into(m_row.outcome), into(m_row.fireHandling)),
               ..., std::forward<Bound>(bound))} {
        m_statement.execute();
    }

    [[nodiscard]] std::optional<Alarm> next() {
        return m_statement.fetch() ? std::optional{m_row.alarm()} : std::nullopt;
    }
    [[nodiscard]] std::vector<Alarm> all() {
        std::vector<Alarm> alarms;
        while (auto alarm = next()) {
            alarms.push_back(*std::move(alarm));
        }
        return alarms;
    }

private:
    AlarmRow m_row;
    soci::statement m_statement;
};

}  // namespace

void insertAlarm(soci::session& sql, Alarm& alarm) {
    const AlarmRow row{alarm};
    Whole id = 0;
    sql << "INSERT INTO alarm (class, raised, join_key, premises_id, panel_id, camera_id, place, what, life_safety, "
           "priority, state, until, signals, latest, confirmed, runaway, fire_handling) VALUES (:class, :raised, :key, "
           ":premises, :panel, :camera, :place, :what, :life, :priority, :state, :until, :signals, :latest, "
           ":confirmed, :runaway, :fire) RETURNING id",
        soci::use(row.alarmClass, "class"), soci::use(row.raised, "raised"), soci::use(row.joinKey, "key"),
        row.premises.use("premises"), row.panel.use("panel"), row.camera.use("camera"), soci::use(row.place, "place"),
        soci::use(row.what, "what"), soci::use(row.lifeSafety, "life"), soci::use(row.priority, "priority"),
        soci::use(row.state, "state"), row.until.use("until"), soci::use(row.signals, "signals"),
        soci::use(row.latest, "latest"), soci::use(row.confirmed, "confirmed"), soci::use(row.runaway, "runaway"),
        soci::use(row.fireHandling, "fire"), soci::into(id);
    alarm.id = AlarmId{id};
}

void updateAlarm(soci::session& sql, const Alarm& alarm) {
    const AlarmRow row{alarm};
    sql << "UPDATE alarm SET life_safety = :life, priority = :priority, state = :state, until = :until, owner = "
           ":owner, owner_desk = :desk, owned_since = :since, forwarded_to = :forwarded, signals = :signals, latest = "
           ":latest, confirmed = :confirmed, runaway = :runaway, presented = :presented, accepted = :accepted, acted = "
           ":acted, closed = :closed, outcome = :outcome WHERE id = :id",
        soci::use(row.lifeSafety, "life"), soci::use(row.priority, "priority"), soci::use(row.state, "state"),
        row.until.use("until"), soci::use(row.owner, "owner"), soci::use(row.ownerDesk, "desk"),
        row.ownedSince.use("since"), soci::use(row.forwardedTo, "forwarded"), soci::use(row.signals, "signals"),
        soci::use(row.latest, "latest"), soci::use(row.confirmed, "confirmed"), soci::use(row.runaway, "runaway"),
        row.presented.use("presented"), row.accepted.use("accepted"), row.acted.use("acted"), row.closed.use("closed"),
        soci::use(row.outcome, "outcome"), soci::use(row.id, "id");
}

std::optional<Alarm> selectAlarm(soci::session& sql, AlarmId id) {
    const Whole key = id.value();
    return AlarmQuery{sql, "WHERE id = :id", soci::use(key, "id")}.next();
}

std::optional<Alarm> selectOpenAlarm(soci::session& sql, const std::string& joinKey) {
    return AlarmQuery{sql, "WHERE join_key = :key AND state <> 'closed'", soci::use(joinKey, "key")}.next();
}

std::vector<Alarm> selectAlarms(soci::session& sql, AlarmState state, int most) {
    const std::string name{nameOf(state)};
    return AlarmQuery{sql,
                      "WHERE state = :state AND state <> 'closed' ORDER BY life_safety DESC, priority, raised, id "
                      "LIMIT :most",
                      soci::use(name, "state"), soci::use(most, "most")}
        .all();
}

std::map<AlarmState, int> countAlarms(soci::session& sql) {
    std::map<AlarmState, int> counts;
    for (const AlarmState state : {AlarmState::Held, AlarmState::Waiting, AlarmState::InHand, AlarmState::Parked}) {
        const std::string name{nameOf(state)};
        int count = 0;
        sql << "SELECT count(*) FROM (SELECT 1 FROM alarm WHERE state = :state AND state <> 'closed' LIMIT :most)",
            soci::use(name, "state"), soci::use(mostCounted, "most"), soci::into(count);
        counts[state] = count;
    }
    return counts;
}

std::vector<Alarm> selectDueAlarms(soci::session& sql, base::UtcTime now, int most) {
    const Whole until = base::toStored(now);
    return AlarmQuery{sql, "WHERE until IS NOT NULL AND until <= :until ORDER BY until LIMIT :most",
                      soci::use(until, "until"), soci::use(most, "most")}
        .all();
}

std::vector<std::string> selectDesks(soci::session& sql, const std::string& without) {
    std::vector<std::string> desks;
    // The newest entries only: how many there ever were makes no difference.
    const soci::rowset<std::string> rows =
        (sql.prepare << "SELECT DISTINCT workstation FROM (SELECT workstation, who FROM alarm_entry ORDER BY id DESC "
                        "LIMIT 5000) WHERE who <> 'station' AND workstation NOT IN ('', :without) ORDER BY workstation",
         soci::use(without, "without"));
    desks.assign(rows.begin(), rows.end());
    return desks;
}

std::vector<Alarm> selectUntaken(soci::session& sql, AlarmClass alarmClass, base::UtcTime after) {
    const Whole since = base::toStored(after);
    const std::string name{infoOf(alarmClass).code};
    return AlarmQuery{sql, "WHERE raised > :since AND class = :class AND state IN ('waiting', 'held') ORDER BY id",
                      soci::use(since, "since"), soci::use(name, "class")}
        .all();
}

std::vector<Alarm> selectAlarms(soci::session& sql, const AlarmPeriod& period) {
    const Whole from = base::toStored(period.from);
    const Whole until = base::toStored(period.until);
    const Whole premises = period.premises ? period.premises->value() : 0;
    // A condition for each kind of question, so that each has its index.
    const std::string condition = period.premises ? "premises_id = :premises" : ":premises = 0";
    return AlarmQuery{sql,
                      "WHERE " + condition +
                          " AND raised >= :from AND raised < :until ORDER BY raised DESC, id DESC "
                          "LIMIT :most",
                      soci::use(premises, "premises"),
                      soci::use(from, "from"),
                      soci::use(until, "until"),
                      soci::use(period.most, "most")}
        .all();
}

void insertEntry(soci::session& sql, AlarmEntry& entry) {
    const Whole alarm = entry.alarm.value();
    const Whole at = base::toStored(entry.at);
    const std::string kind{nameOf(entry.kind)};
    const store::Nullable signal{entry.signal};
    const std::string details = entry.details.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    Whole id = 0;
    sql << "INSERT INTO alarm_entry (alarm_id, at, kind, who, workstation, text, signal_id, details) VALUES (:alarm, "
           ":at, :kind, :who, :workstation, :text, :signal, :details) RETURNING id",
        soci::use(alarm, "alarm"), soci::use(at, "at"), soci::use(kind, "kind"), soci::use(entry.who, "who"),
        soci::use(entry.workstation, "workstation"), soci::use(entry.text, "text"), signal.use("signal"),
        soci::use(details, "details"), soci::into(id);
    entry.id = id;
}

base::UtcTime newestEntryTime(soci::session& sql, AlarmId alarm) {
    const Whole key = alarm.value();
    Whole at = 0;
    sql << "SELECT at FROM alarm_entry WHERE alarm_id = :alarm ORDER BY id DESC LIMIT 1", soci::use(key, "alarm"),
        soci::into(at);
    return base::fromStored(at);
}

std::vector<AlarmEntry> selectEntries(soci::session& sql, AlarmId alarm) {
    std::vector<AlarmEntry> entries;
    const Whole key = alarm.value();
    AlarmEntry entry;
    Whole id = 0;
    Whole at = 0;
    std::string kind;
    store::Nullable signal;
    std::string details;
    soci::statement statement =
        (sql.prepare << "SELECT id, at, kind, who, workstation, text, signal_id, details FROM alarm_entry WHERE "
                        "alarm_id = :alarm ORDER BY id",
         soci::use(key, "alarm"), soci::into(id), soci::into(at), soci::into(kind), soci::into(entry.who),
         soci::into(entry.workstation), soci::into(entry.text), signal.into(), soci::into(details));
    statement.execute();
    while (statement.fetch()) {
        entry.id = id;
        entry.alarm = alarm;
        entry.at = base::fromStored(at);
        entry.kind = entryKindFrom(kind).value_or(EntryKind::Note);
        entry.signal = signal.id<SignalId>();
        entry.details = nlohmann::json::parse(details, nullptr, false);
        if (!entry.details.is_object()) {
            entry.details = nlohmann::json::object();
        }
        entries.push_back(entry);
    }
    return entries;
}

}  // namespace leedswatch::response

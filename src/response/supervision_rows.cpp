#include "response/supervision_rows.h"

#include "store/nullable.h"

#include <algorithm>
#include <string>

namespace leedswatch::response {

namespace {

using StoredNumber = long long;

constexpr const char* testSubject = "test";

/// Writes what was heard of many paths with one statement that is prepared once.
class HeardStatement {
public:
    explicit HeardStatement(soci::session& sql)
        : m_statement{(sql.prepare << "UPDATE panel_path SET heard = :heard, heard_uptime = :uptime, poll_interval = "
                                      ":interval WHERE panel_id = :panel AND path = :path",
                       m_heard.use("heard"), m_uptime.use("uptime"), m_interval.use("interval"),
                       soci::use(m_panel, "panel"), soci::use(m_path, "path"))} {}

    void write(const PathStanding& path, std::chrono::microseconds uptime) {
        m_panel = path.panel.value();
        m_path = nameOf(path.path);
        m_heard = store::Nullable{path.heard};
        m_uptime = store::Nullable{path.silence ? std::optional<StoredNumber>{(uptime - *path.silence).count()}
                                                : std::nullopt};
        m_interval =
            store::Nullable{path.pollInterval ? std::optional<StoredNumber>{path.pollInterval->count()} : std::nullopt};
        m_statement.execute(true);
    }

private:
    StoredNumber m_panel = 0;
    std::string m_path;
    store::Nullable m_heard;
    store::Nullable m_uptime;
    store::Nullable m_interval;
    soci::statement m_statement;  ///< last: it is bound to those above
};

void saveTest(soci::session& sql, const TestStanding& test, std::chrono::microseconds uptime) {
    const StoredNumber panel = test.panel.value();
    const std::string state{nameOf(test.state)};
    const StoredNumber since = base::toStored(test.since);
    const StoredNumber from = (uptime - test.waited).count();
    const store::Nullable tested{test.tested};
    sql << "INSERT INTO panel_test (panel_id, state, since, tested, tested_uptime) VALUES (:panel, :state, :since, "
           ":tested, :uptime) ON CONFLICT (panel_id) DO UPDATE SET tested = excluded.tested, tested_uptime = "
           "excluded.tested_uptime",
        soci::use(panel, "panel"), soci::use(state, "state"), soci::use(since, "since"), tested.use("tested"),
        soci::use(from, "uptime");
}

/// The variables that a change is read through.
struct ChangeRow {
    [[nodiscard]] StoredSupervisionChange change() const {
        const estate::PanelId of{panel};
        const base::UtcTime when = base::fromStored(changed);
        if (const auto path = estate::signallingPathFrom(subject)) {
            return {SupervisionChangeId{id},
                    PathChange{of, *path, pathStateFrom(before).value_or(PathState::Unknown),
                               pathStateFrom(after).value_or(PathState::Unknown), when, bothFailed != 0}};
        }
        return {SupervisionChangeId{id}, TestChange{of, testStateFrom(before).value_or(TestState::Ok),
                                                    testStateFrom(after).value_or(TestState::Ok), when}};
    }

    StoredNumber id = 0;
    StoredNumber panel = 0;
    std::string subject;
    std::string before;
    std::string after;
    StoredNumber changed = 0;
    int bothFailed = 0;
};

// One for each kind of question, so that each has its index.
std::string conditionFor(const ChangeSelection& which) {
    if (!which.newestFirst) {
        return ":panel = 0 ORDER BY id LIMIT :most";
    }
    return which.query.panel ? "panel_id = :panel ORDER BY changed DESC, id DESC LIMIT :most"
                             : ":panel = 0 ORDER BY changed DESC, id DESC LIMIT :most";
}

std::vector<PathStanding> selectPaths(soci::session& sql, StoredNumber uptime) {
    std::vector<PathStanding> paths;
    StoredNumber panel = 0;
    std::string path;
    std::string state;
    StoredNumber since = 0;
    store::Nullable heard;
    store::Nullable heardUptime;
    store::Nullable interval;
    soci::statement statement =
        (sql.prepare << "SELECT panel_id, path, state, since, heard, heard_uptime, poll_interval FROM panel_path ORDER "
                        "BY panel_id, path DESC",
         soci::into(panel), soci::into(path), soci::into(state), soci::into(since), heard.into(), heardUptime.into(),
         interval.into());
    statement.execute();
    while (statement.fetch()) {
        PathStanding one{.panel = estate::PanelId{panel},
                         .path = estate::signallingPathFrom(path).value_or(estate::SignallingPath::Primary),
                         .state = pathStateFrom(state).value_or(PathState::Unknown),
                         .since = base::fromStored(since),
                         .heard = heard.time()};
        if (!heardUptime.isNull()) {
            one.silence = std::chrono::microseconds{std::max<StoredNumber>(uptime - heardUptime.value, 0)};
        }
        if (!interval.isNull()) {
            one.pollInterval = std::chrono::seconds{interval.value};
        }
        paths.push_back(one);
    }
    return paths;
}

std::vector<TestStanding> selectTests(soci::session& sql, StoredNumber uptime) {
    std::vector<TestStanding> tests;
    StoredNumber panel = 0;
    std::string state;
    StoredNumber since = 0;
    store::Nullable tested;
    store::Nullable waitsSince;
    soci::statement statement =
        (sql.prepare << "SELECT panel_id, state, since, tested, tested_uptime FROM panel_test ORDER BY panel_id",
         soci::into(panel), soci::into(state), soci::into(since), tested.into(), waitsSince.into());
    statement.execute();
    while (statement.fetch()) {
        tests.push_back({estate::PanelId{panel}, testStateFrom(state).value_or(TestState::Ok), base::fromStored(since),
                         tested.time(),
                         std::chrono::microseconds{
                             waitsSince.isNull() ? 0 : std::max<StoredNumber>(uptime - waitsSince.value, 0)}});
    }
    return tests;
}

}  // namespace

ChangeWriter::ChangeWriter(soci::session& sql)
    : m_sql{sql},
      m_insert{(sql.prepare << "INSERT INTO supervision_change (panel_id, subject, before, after, changed, "
                               "both_failed) VALUES (:panel, :subject, :from, :to, :changed, :both) RETURNING id",
                soci::use(m_panel, "panel"), soci::use(m_subject, "subject"), soci::use(m_from, "from"),
                soci::use(m_to, "to"), soci::use(m_changed, "changed"), soci::use(m_bothFailed, "both"),
                soci::into(m_id))},
      m_savePath{(sql.prepare << "INSERT INTO panel_path (panel_id, path, state, since) VALUES (:panel, :path, "
                                 ":state, :since) ON CONFLICT (panel_id, path) DO UPDATE SET state = excluded.state, "
                                 "since = excluded.since",
                  soci::use(m_panel, "panel"), soci::use(m_subject, "path"), soci::use(m_to, "state"),
                  soci::use(m_changed, "since"))} {}

SupervisionChangeId ChangeWriter::insert() {
    m_insert.execute(true);
    return SupervisionChangeId{m_id};
}

SupervisionChangeId ChangeWriter::write(const PathChange& change) {
    m_panel = change.panel.value();
    m_subject = nameOf(change.path);
    m_from = nameOf(change.from);
    m_to = nameOf(change.to);
    m_changed = base::toStored(change.when);
    m_bothFailed = change.isCatastrophic ? 1 : 0;
    const auto id = insert();
    if (change.to == PathState::Unknown) {
        m_sql << "DELETE FROM panel_path WHERE panel_id = :panel AND path = :path", soci::use(m_panel, "panel"),
            soci::use(m_subject, "path");
    } else {
        m_savePath.execute(true);
    }
    return id;
}

SupervisionChangeId ChangeWriter::write(const TestChange& change) {
    m_panel = change.panel.value();
    m_subject = testSubject;
    m_from = nameOf(change.from);
    m_to = nameOf(change.to);
    m_changed = base::toStored(change.when);
    m_bothFailed = 0;
    m_sql << "INSERT INTO panel_test (panel_id, state, since) VALUES (:panel, :state, :since) ON CONFLICT (panel_id) "
             "DO UPDATE SET state = excluded.state, since = excluded.since",
        soci::use(m_panel, "panel"), soci::use(m_to, "state"), soci::use(m_changed, "since");
    return insert();
}

void saveHeard(soci::session& sql, const HeardPaths& heard, base::UtcTime now) {
    HeardStatement statement{sql};
    for (const PathStanding& path : heard.paths) {
        statement.write(path, heard.uptime);
    }
    for (const TestStanding& test : heard.tests) {
        saveTest(sql, test, heard.uptime);
    }
    const StoredNumber uptime = heard.uptime.count();
    const StoredNumber alive = base::toStored(now);
    sql << "INSERT INTO supervision_clock (id, uptime, alive) VALUES (1, :uptime, :alive) ON CONFLICT (id) DO UPDATE "
           "SET uptime = excluded.uptime, alive = excluded.alive",
        soci::use(uptime, "uptime"), soci::use(alive, "alive");
}

SupervisionMemory selectMemory(soci::session& sql) {
    SupervisionMemory memory;
    StoredNumber uptime = 0;
    StoredNumber alive = 0;
    sql << "SELECT uptime, alive FROM supervision_clock WHERE id = 1", soci::into(uptime), soci::into(alive);
    if (sql.got_data()) {
        memory.uptime = std::chrono::microseconds{uptime};
        memory.alive = base::fromStored(alive);
    }
    memory.paths = selectPaths(sql, uptime);
    memory.tests = selectTests(sql, uptime);
    return memory;
}

std::vector<StoredSupervisionChange> selectChanges(soci::session& sql, const ChangeSelection& which) {
    std::vector<StoredSupervisionChange> changes;
    const StoredNumber from = base::toStored(which.query.from);
    const StoredNumber until = base::toStored(which.query.until);
    const StoredNumber wanted = which.query.panel ? which.query.panel->value() : 0;
    const StoredNumber after = which.after.value();
    ChangeRow row;
    const std::string condition = conditionFor(which);
    soci::statement statement =
        (sql.prepare << "SELECT id, panel_id, subject, before, after, changed, both_failed FROM supervision_change "
                        "WHERE id > :after AND changed BETWEEN :from AND :until AND " +
                            condition,
         soci::use(wanted, "panel"), soci::use(after, "after"), soci::use(from, "from"), soci::use(until, "until"),
         soci::use(which.query.most, "most"), soci::into(row.id), soci::into(row.panel), soci::into(row.subject),
         soci::into(row.before), soci::into(row.after), soci::into(row.changed), soci::into(row.bothFailed));
    statement.execute();
    while (statement.fetch()) {
        changes.push_back(row.change());
    }
    return changes;
}

}  // namespace leedswatch::response

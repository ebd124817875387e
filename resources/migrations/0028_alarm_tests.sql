-- Tests of alarm systems: what is on test and what came of it, which zones there are, planned tests, walk tests.

-- Which signals belong to a test is told by their ids, which grow in the order of the commits and which no step of the
-- clock moves.
ALTER TABLE test_period ADD COLUMN first_signal INTEGER NOT NULL DEFAULT 0;  -- the newest before it began
ALTER TABLE test_period ADD COLUMN kind TEXT NOT NULL DEFAULT '';            -- "walk-test"; empty: no planned one
CREATE INDEX test_period_by_time ON test_period (begins);

-- What happened to a test: begun, prolonged, ended. Only added.
CREATE TABLE test_period_event (
    id             INTEGER PRIMARY KEY,
    test_period_id INTEGER NOT NULL REFERENCES test_period (id),
    premises_id    INTEGER NOT NULL,
    at             INTEGER NOT NULL,
    kind           TEXT NOT NULL,          -- begun, prolonged, ended
    ends           INTEGER NOT NULL,       -- when it ends from then on
    who            TEXT NOT NULL,          -- user name, or "station"
    workstation    TEXT NOT NULL,
    words          TEXT NOT NULL           -- who asked, how they were known, why
) STRICT;
CREATE INDEX test_period_event_by_period ON test_period_event (test_period_id, id);

-- The notice of a test that is over: what was received, what was expected and did not come. Only added.
CREATE TABLE test_report (
    id             INTEGER PRIMARY KEY,
    test_period_id INTEGER NOT NULL UNIQUE REFERENCES test_period (id),
    premises_id    INTEGER NOT NULL,
    made           INTEGER NOT NULL,
    received       INTEGER NOT NULL,       -- events within the test's area and zone
    hidden         INTEGER NOT NULL,       -- of those: kept from the desks
    missing        INTEGER NOT NULL,       -- zones that were expected and did not come
    content        TEXT NOT NULL           -- JSON
) STRICT;
CREATE INDEX test_report_by_time ON test_report (made);
CREATE INDEX test_report_by_premises ON test_report (premises_id, made);

-- The detectors of a panel, by the number under which it reports them.
CREATE TABLE premises_zone (
    id       INTEGER PRIMARY KEY,
    panel_id INTEGER NOT NULL REFERENCES panel (id),
    number   TEXT NOT NULL,                -- without leading zeros
    name     TEXT NOT NULL,
    area     TEXT NOT NULL,                -- without leading zeros; empty: not known
    kind     TEXT NOT NULL,                -- "intruder", "fire", ...
    source   TEXT NOT NULL,                -- "import", "hand", "learnt"
    UNIQUE (panel_id, number)
) STRICT;

-- A test that somebody has promised: by the clock on the wall, once or again and again. `due` is the oldest that nobody
-- has recorded a result of; it moves on only with a result.
CREATE TABLE planned_test (
    id             INTEGER PRIMARY KEY,
    premises_id    INTEGER NOT NULL REFERENCES premises (id),
    kind           TEXT NOT NULL,          -- "walk-test", "fire", ...
    area           TEXT NOT NULL,          -- empty: all
    zone           TEXT NOT NULL,
    first_day      TEXT NOT NULL,          -- local: "2026-03-29"
    minute_of_day  INTEGER NOT NULL,       -- local
    every          TEXT NOT NULL,          -- once, weekly, monthly, quarterly, yearly
    lasts          INTEGER NOT NULL,       -- minutes
    who            TEXT NOT NULL,          -- carries it out
    instructions   TEXT NOT NULL,
    shows_life_safety INTEGER NOT NULL,
    made           INTEGER NOT NULL,
    made_by        TEXT NOT NULL,
    occurrence     INTEGER NOT NULL,       -- how often it has come round, from 0
    due            INTEGER NOT NULL,       -- UTC
    test_period_id INTEGER,                -- it was begun, and its result is outstanding
    retired        INTEGER,
    retired_by     TEXT NOT NULL DEFAULT '',
    retired_why    TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX planned_test_due ON planned_test (due) WHERE retired IS NULL;
CREATE INDEX planned_test_by_premises ON planned_test (premises_id) WHERE retired IS NULL;
CREATE INDEX planned_test_running ON planned_test (test_period_id) WHERE test_period_id IS NOT NULL;

-- A walk test. What came is not kept here while it lasts: it is read from the signals since it began, so that neither
-- a desk nor a station that dies takes any of it along.
CREATE TABLE walk_test (
    id              INTEGER PRIMARY KEY,
    premises_id     INTEGER NOT NULL REFERENCES premises (id),
    test_period_id  INTEGER NOT NULL REFERENCES test_period (id),
    planned_test_id INTEGER,
    area            TEXT NOT NULL,
    zone            TEXT NOT NULL,
    engineer        TEXT NOT NULL,
    begun           INTEGER NOT NULL,
    begun_by        TEXT NOT NULL,
    first_signal    INTEGER NOT NULL,      -- the newest before it began
    ended           INTEGER,               -- null: it lasts
    ended_by        TEXT NOT NULL DEFAULT '',
    last_signal     INTEGER NOT NULL DEFAULT 0,
    content         TEXT NOT NULL DEFAULT ''  -- JSON: every zone and what came of it, once it has ended
) STRICT;
CREATE UNIQUE INDEX walk_test_lasting ON walk_test (premises_id) WHERE ended IS NULL;
CREATE INDEX walk_test_by_premises ON walk_test (premises_id, begun);

-- What came of tests. Only added.
CREATE TABLE alarm_test_result (
    id              INTEGER PRIMARY KEY,
    premises_id     INTEGER NOT NULL REFERENCES premises (id),
    planned_test_id INTEGER,               -- null: nobody had planned it
    occurrence      INTEGER NOT NULL,
    kind            TEXT NOT NULL,
    due             INTEGER,               -- UTC; null as above
    recorded        INTEGER NOT NULL,
    outcome         TEXT NOT NULL,         -- passed, failed, partly, not-carried-out
    found           TEXT NOT NULL,
    by_whom         TEXT NOT NULL,         -- who carried it out
    recorded_by     TEXT NOT NULL,
    test_period_id  INTEGER,
    walk_test_id    INTEGER,
    zones           TEXT NOT NULL          -- JSON: {"reported": ["12 Hall"], "missing": ["13 Till"]}
) STRICT;
CREATE INDEX alarm_test_result_by_premises ON alarm_test_result (premises_id, recorded);
CREATE INDEX alarm_test_result_by_time ON alarm_test_result (recorded);
CREATE INDEX alarm_test_result_by_plan ON alarm_test_result (planned_test_id, occurrence) WHERE planned_test_id IS NOT NULL;

-- Premises by the words of their reference, name and address: nobody reads all of them to find one. Whoever writes a
-- row of premises writes here, too (a trigger may not, as the schema is not trusted).
CREATE VIRTUAL TABLE premises_search USING fts5 (
    reference, name, address, content = 'premises', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3 4'
);
INSERT INTO premises_search (premises_search) VALUES ('rebuild');

-- What needs an answer, and why: signals wait here for the rules, which raise, join, hold or only write down.

-- Signals that the rules have not judged. Written in the transaction of the signal, removed in that of its decisions:
-- whoever is killed in between judges them at the next start, once.
CREATE TABLE signal_inbox (
    signal_id INTEGER PRIMARY KEY REFERENCES signal (id),
    is_urgent INTEGER NOT NULL           -- somebody's life may depend on it
) STRICT;
CREATE INDEX signal_inbox_urgent ON signal_inbox (signal_id) WHERE is_urgent = 1;

-- What the station itself found that needs an answer: motion while armed, tamper. Written with the finding, removed
-- with the alarm that is made of it.
CREATE TABLE answer_request (
    id        INTEGER PRIMARY KEY,
    source    TEXT NOT NULL,             -- "motion", "tamper"
    camera_id INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    words     TEXT NOT NULL
) STRICT;

-- One thing that somebody must answer, however many signals it is made of.
CREATE TABLE alarm (
    id           INTEGER PRIMARY KEY,    -- the number by which the room speaks of it
    class        TEXT NOT NULL,          -- "fire", "hold-up", ...
    raised       INTEGER NOT NULL,       -- when the first signal arrived
    join_key     TEXT NOT NULL,          -- what joins it while it is open: "premises 7 intruder"
    premises_id  INTEGER,
    panel_id     INTEGER,
    camera_id    INTEGER,
    place        TEXT NOT NULL,          -- as it was called then
    what         TEXT NOT NULL,          -- the first signal, in the room's words
    -- As it stands now: the sum of its entries.
    life_safety  INTEGER NOT NULL,
    priority     INTEGER NOT NULL,       -- 1 first
    state        TEXT NOT NULL,          -- held, waiting, in-hand, parked, closed
    until        INTEGER,                -- held and parked: till then
    owner        TEXT NOT NULL DEFAULT '',
    owner_desk   TEXT NOT NULL DEFAULT '',
    owned_since  INTEGER,
    forwarded_to TEXT NOT NULL DEFAULT '',  -- a desk
    signals      INTEGER NOT NULL DEFAULT 0,
    latest       INTEGER NOT NULL,       -- when the newest signal arrived
    confirmed    INTEGER NOT NULL DEFAULT 0,
    runaway      INTEGER NOT NULL DEFAULT 0,
    presented    INTEGER,                -- first seen by a desk
    accepted     INTEGER,                -- first taken by a person
    acted        INTEGER,                -- first step done
    closed       INTEGER,
    outcome      TEXT NOT NULL DEFAULT ''
) STRICT;
-- None is raised twice.
CREATE UNIQUE INDEX alarm_open_by_key ON alarm (join_key) WHERE state <> 'closed';
CREATE INDEX alarm_queue ON alarm (state, life_safety DESC, priority, raised, id) WHERE state <> 'closed';
CREATE INDEX alarm_until ON alarm (until) WHERE until IS NOT NULL;
CREATE INDEX alarm_by_premises ON alarm (premises_id, raised);
CREATE INDEX alarm_by_time ON alarm (raised);

-- The record of an alarm: every signal that joined it, all that was decided and done. Only added.
CREATE TABLE alarm_entry (
    id          INTEGER PRIMARY KEY,
    alarm_id    INTEGER NOT NULL REFERENCES alarm (id),
    at          INTEGER NOT NULL,
    kind        TEXT NOT NULL,           -- raised, joined, accepted, step, note, closed, ...
    who         TEXT NOT NULL,           -- user name, or "station"
    workstation TEXT NOT NULL,
    text        TEXT NOT NULL,
    signal_id   INTEGER,
    details     TEXT NOT NULL            -- JSON
) STRICT;
CREATE INDEX alarm_entry_by_alarm ON alarm_entry (alarm_id, id);
CREATE INDEX alarm_entry_by_signal ON alarm_entry (signal_id) WHERE signal_id IS NOT NULL;

-- What was decided of each event of a signal, and why. Only added.
CREATE TABLE signal_decision (
    id        INTEGER PRIMARY KEY,
    signal_id INTEGER NOT NULL REFERENCES signal (id),
    event     INTEGER NOT NULL,          -- which of the signal's events, from 0
    outcome   TEXT NOT NULL,             -- raised, joined, held, logged, closed
    alarm_id  INTEGER,
    reasons   TEXT NOT NULL,             -- JSON: sentences
    UNIQUE (signal_id, event)
) STRICT;
CREATE INDEX signal_decision_by_alarm ON signal_decision (alarm_id) WHERE alarm_id IS NOT NULL;

-- Alarms of detectors in the last day: what confirms another, and what runs away. Forgotten after it.
CREATE TABLE activation (
    id          INTEGER PRIMARY KEY,
    premises_id INTEGER NOT NULL,
    class       TEXT NOT NULL,
    at          INTEGER NOT NULL,
    panel_id    INTEGER NOT NULL,
    code        TEXT NOT NULL,
    area        TEXT NOT NULL,
    address     TEXT NOT NULL
) STRICT;
CREATE INDEX activation_by_premises ON activation (premises_id, class, at);
CREATE INDEX activation_by_time ON activation (at);

-- Whether a system is set, as its panel said last. No row: it has not said.
CREATE TABLE set_state (
    panel_id INTEGER NOT NULL REFERENCES panel (id),
    area     TEXT NOT NULL,
    is_set   INTEGER NOT NULL,
    since    INTEGER NOT NULL,
    by_user  TEXT NOT NULL,
    PRIMARY KEY (panel_id, area)
) STRICT;

-- Premises, a panel, an area or a zone on test: what it sends is written down and not shown.
CREATE TABLE test_period (
    id                INTEGER PRIMARY KEY,
    premises_id       INTEGER NOT NULL REFERENCES premises (id),
    area              TEXT NOT NULL,     -- empty: all
    zone              TEXT NOT NULL,     -- empty: all
    begins            INTEGER NOT NULL,
    ends              INTEGER NOT NULL,
    by_whom           TEXT NOT NULL,     -- who asked: the engineer on site
    reason            TEXT NOT NULL,
    shows_life_safety INTEGER NOT NULL,
    placed_by         TEXT NOT NULL,     -- user name
    ended             INTEGER,           -- null: it lasts
    ended_by          TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX test_period_lasting ON test_period (premises_id) WHERE ended IS NULL;
CREATE INDEX test_period_ending ON test_period (ends) WHERE ended IS NULL;

-- Numbers of the rules that are not the standard ones: for all premises (0) or for some.
CREATE TABLE response_policy (
    premises_id INTEGER NOT NULL,
    name        TEXT NOT NULL,
    value       INTEGER NOT NULL,
    PRIMARY KEY (premises_id, name)
) STRICT;

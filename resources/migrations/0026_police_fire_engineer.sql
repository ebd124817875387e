-- When the police and the fire service are called, and who works at premises.

-- What the police answer of premises, by the kind of system (reference 4.3). The reference of the intruder system is
-- premises.police_reference, as it always was; those of the others are here.
CREATE TABLE police_system (
    id                 INTEGER PRIMARY KEY,
    premises_id        INTEGER NOT NULL REFERENCES premises (id),
    system             TEXT NOT NULL,            -- intruder, hold-up, video, lone-worker
    reference          TEXT NOT NULL,            -- URN; empty for the intruder system
    force              TEXT NOT NULL,            -- the police force that gave it; empty: not said
    level              INTEGER NOT NULL,         -- 1 immediate, 2 as they can, 3 withdrawn
    needs_confirmation INTEGER NOT NULL,
    counts_from        INTEGER NOT NULL,         -- false calls before it count no more: it was reinstated
    UNIQUE (premises_id, system)
) STRICT;

-- How the level came to be what it is. Only added.
CREATE TABLE police_level (
    id          INTEGER PRIMARY KEY,
    premises_id INTEGER NOT NULL,
    system      TEXT NOT NULL,
    at          INTEGER NOT NULL,
    level       INTEGER NOT NULL,
    who         TEXT NOT NULL,                   -- user name, or "station": by the ledger
    why         TEXT NOT NULL
) STRICT;
CREATE INDEX police_level_by_system ON police_level (premises_id, system, id);

-- Calls that were passed to the police with a reference. Only added.
CREATE TABLE police_call (
    id          INTEGER PRIMARY KEY,
    premises_id INTEGER NOT NULL,
    system      TEXT NOT NULL,
    alarm_id    INTEGER,                         -- null: it was written down afterwards
    reference   TEXT NOT NULL,                   -- as it was then
    at          INTEGER NOT NULL,
    who         TEXT NOT NULL,
    words       TEXT NOT NULL                    -- what the police said: their number for it
) STRICT;
CREATE UNIQUE INDEX police_call_by_alarm ON police_call (alarm_id) WHERE alarm_id IS NOT NULL;
CREATE INDEX police_call_by_system ON police_call (premises_id, system, at);

-- What each turned out to be; the newest of a call counts. Only added.
CREATE TABLE police_verdict (
    id      INTEGER PRIMARY KEY,
    call_id INTEGER NOT NULL REFERENCES police_call (id),
    at      INTEGER NOT NULL,
    verdict TEXT NOT NULL,                       -- false, genuine, disregarded
    source  TEXT NOT NULL,                       -- outcome, police, room
    who     TEXT NOT NULL,
    why     TEXT NOT NULL
) STRICT;
CREATE INDEX police_verdict_by_call ON police_verdict (call_id, id);

-- Engineers at premises: alarms are shown lower, and the police are not called. Each has an end, which comes by itself.
CREATE TABLE engineer_visit (
    id          INTEGER PRIMARY KEY,
    premises_id INTEGER NOT NULL REFERENCES premises (id),
    begins      INTEGER NOT NULL,
    ends        INTEGER NOT NULL,
    engineer    TEXT NOT NULL,                   -- who, of which firm, and how it was known
    placed_by   TEXT NOT NULL,                   -- user name, or "station": the panel said so
    ended       INTEGER,                         -- null: it lasts
    ended_by    TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX engineer_visit_lasting ON engineer_visit (premises_id) WHERE ended IS NULL;
CREATE INDEX engineer_visit_ending ON engineer_visit (ends) WHERE ended IS NULL;

-- The fire service in whose area premises are; no row: it is not said.
CREATE TABLE premises_fire (
    premises_id INTEGER PRIMARY KEY REFERENCES premises (id),
    authority   TEXT NOT NULL
) STRICT;

-- Whether premises are called before the fire service is (reference 4.5). The rule that says most holds: one of the
-- authority before one of all, one of the kind of premises before one of all, one of the hour before one of any hour.
CREATE TABLE fire_rule (
    id        INTEGER PRIMARY KEY,
    authority TEXT NOT NULL,                     -- empty: all
    kind      TEXT NOT NULL,                     -- of premises, "care-home"; empty: all
    hours     TEXT NOT NULL,                     -- of the week; empty: any
    handling  TEXT NOT NULL,                     -- pass, challenge, confirm
    UNIQUE (authority, kind, hours)
) STRICT;
-- Where people sleep the fire service is called at once; elsewhere the premises are called first.
INSERT INTO fire_rule (authority, kind, hours, handling) VALUES
    ('', '', '', 'challenge'),
    ('', 'house', '', 'pass'),
    ('', 'flats', '', 'pass'),
    ('', 'tower-block', '', 'pass'),
    ('', 'hmo', '', 'pass'),
    ('', 'sheltered', '', 'pass'),
    ('', 'care-home', '', 'pass'),
    ('', 'nursing-home', '', 'pass'),
    ('', 'hospital', '', 'pass'),
    ('', 'hostel', '', 'pass'),
    ('', 'hotel', 'Mon-Sun 21:00-08:00', 'pass');

-- How a fire alarm is handled, as it was decided when it was raised; empty: it is none.
ALTER TABLE alarm ADD COLUMN fire_handling TEXT NOT NULL DEFAULT '';

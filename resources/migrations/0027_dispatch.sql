-- Keyholding and mobile response: who can be sent and where they are, what they were sent for, the keys that are held.

-- What needs an answer may be about something else than a camera (camera_id is 0 then): a responder who does not check in.
ALTER TABLE answer_request ADD COLUMN premises_id INTEGER;
ALTER TABLE answer_request ADD COLUMN subject TEXT NOT NULL DEFAULT '';  -- what joins one alarm: "unit 3 welfare"
ALTER TABLE answer_request ADD COLUMN place TEXT NOT NULL DEFAULT '';    -- empty: the camera's

-- People who may be sent.
CREATE TABLE response_officer (
    id              INTEGER PRIMARY KEY,
    name            TEXT NOT NULL,
    licence         TEXT NOT NULL,           -- number of the Security Industry Authority, 16 digits; empty: none is entered
    licence_expires TEXT NOT NULL,           -- the last day on which it holds, "2027-03-31"; empty with the number
    phone           TEXT NOT NULL,
    retired         INTEGER
) STRICT;
CREATE UNIQUE INDEX response_officer_by_licence ON response_officer (licence) WHERE licence <> '' AND retired IS NULL;

-- What can be sent, as it stands now: the sum of its entries.
CREATE TABLE response_unit (
    id               INTEGER PRIMARY KEY,
    call_sign        TEXT NOT NULL,
    vehicle          TEXT NOT NULL,
    check_in_minutes INTEGER NOT NULL,       -- on scene, within how many it must be heard of; 0: not watched
    status           TEXT NOT NULL,          -- off-duty, available, unavailable, assigned, en-route, on-scene, returning
    since            INTEGER NOT NULL,
    check_in_due     INTEGER,                -- null: nothing is waited for
    is_late          INTEGER NOT NULL DEFAULT 0,  -- it has not checked in, and an answer was asked for
    retired          INTEGER
) STRICT;
CREATE UNIQUE INDEX response_unit_by_call_sign ON response_unit (call_sign) WHERE retired IS NULL;
CREATE INDEX response_unit_check_in ON response_unit (check_in_due) WHERE check_in_due IS NOT NULL AND is_late = 0;

-- Who is in a unit; of one that is off duty, who was in it last. Nobody is in two.
CREATE TABLE response_crew (
    officer_id INTEGER PRIMARY KEY REFERENCES response_officer (id),
    unit_id    INTEGER NOT NULL REFERENCES response_unit (id)
) STRICT;
CREATE INDEX response_crew_by_unit ON response_crew (unit_id);

-- The record of a unit: each status that it had, each check-in. Only added.
CREATE TABLE response_unit_entry (
    id          INTEGER PRIMARY KEY,
    unit_id     INTEGER NOT NULL REFERENCES response_unit (id),
    at          INTEGER NOT NULL,
    status      TEXT NOT NULL,
    job_id      INTEGER,
    who         TEXT NOT NULL,
    workstation TEXT NOT NULL,
    text        TEXT NOT NULL
) STRICT;
CREATE INDEX response_unit_entry_by_unit ON response_unit_entry (unit_id, id);

-- What a unit is sent for.
CREATE TABLE dispatch_job (
    id             INTEGER PRIMARY KEY,      -- the number of the job sheet
    premises_id    INTEGER REFERENCES premises (id),  -- null: a place that is in no list
    alarm_id       INTEGER,                  -- the number of the alarm that it answers
    place          TEXT NOT NULL,            -- as it was called then
    reason         TEXT NOT NULL,
    priority       INTEGER NOT NULL,         -- 1 first
    instructions   TEXT NOT NULL,
    target_minutes INTEGER NOT NULL,         -- from created to on scene
    created        INTEGER NOT NULL,
    created_by     TEXT NOT NULL,
    -- As it stands now: the sum of its entries.
    state          TEXT NOT NULL,            -- created, assigned, en-route, on-scene, finished, cancelled
    unit_id        INTEGER REFERENCES response_unit (id),  -- that has it, or had it at its end
    assigned       INTEGER,                  -- first
    en_route       INTEGER,                  -- of the unit that has it
    on_scene       INTEGER,                  -- first
    ended          INTEGER,
    found          TEXT NOT NULL DEFAULT '',
    actions        TEXT NOT NULL DEFAULT '',
    left_secure    INTEGER,                  -- null: not said
    handed_to      TEXT NOT NULL DEFAULT ''  -- "police, PC 431"
) STRICT;
CREATE INDEX dispatch_job_open ON dispatch_job (priority, created, id) WHERE ended IS NULL;
CREATE INDEX dispatch_job_open_of_unit ON dispatch_job (unit_id) WHERE ended IS NULL;
CREATE INDEX dispatch_job_by_time ON dispatch_job (created, id);
CREATE INDEX dispatch_job_by_premises ON dispatch_job (premises_id, created, id);
CREATE INDEX dispatch_job_by_unit ON dispatch_job (unit_id, created, id);
CREATE INDEX dispatch_job_by_alarm ON dispatch_job (alarm_id) WHERE alarm_id IS NOT NULL;

-- The record of a job: who had it when, what was said. Only added.
CREATE TABLE dispatch_job_entry (
    id          INTEGER PRIMARY KEY,
    job_id      INTEGER NOT NULL REFERENCES dispatch_job (id),
    at          INTEGER NOT NULL,
    kind        TEXT NOT NULL,               -- created, assigned, stood-down, en-route, on-scene, finished, cancelled, note, keys
    unit_id     INTEGER,
    who         TEXT NOT NULL,
    workstation TEXT NOT NULL,
    text        TEXT NOT NULL
) STRICT;
CREATE INDEX dispatch_job_entry_by_job ON dispatch_job_entry (job_id, id);

-- Keys that are held for premises. The tag is all that is on them; it is never used again.
CREATE TABLE key_bunch (
    id          INTEGER PRIMARY KEY,
    tag         TEXT NOT NULL UNIQUE,        -- upper case
    premises_id INTEGER NOT NULL REFERENCES premises (id),
    opens       TEXT NOT NULL,               -- "front door, till room"; codes are kept nowhere here
    keys        INTEGER NOT NULL,            -- how many are on it
    added       INTEGER NOT NULL,
    added_by    TEXT NOT NULL,
    -- As it stands now: the sum of its movements.
    hook        TEXT NOT NULL,               -- "cabinet 2, 114"
    state       TEXT NOT NULL,               -- held, out, lost, withdrawn
    holder      TEXT NOT NULL DEFAULT '',    -- out, lost: who had it last
    unit_id     INTEGER REFERENCES response_unit (id),
    job_id      INTEGER REFERENCES dispatch_job (id),
    since       INTEGER NOT NULL,
    due         INTEGER                      -- out: back by then
) STRICT;
CREATE INDEX key_bunch_by_premises ON key_bunch (premises_id);
CREATE INDEX key_bunch_out ON key_bunch (due) WHERE state = 'out';
CREATE INDEX key_bunch_with_unit ON key_bunch (unit_id) WHERE state = 'out';

-- Every issue, return, loss. Only added.
CREATE TABLE key_movement (
    id          INTEGER PRIMARY KEY,
    bunch_id    INTEGER NOT NULL REFERENCES key_bunch (id),
    at          INTEGER NOT NULL,
    kind        TEXT NOT NULL,               -- added, issued, extended, returned, lost, found, moved, withdrawn
    holder      TEXT NOT NULL,
    unit_id     INTEGER,
    job_id      INTEGER,
    due         INTEGER,
    who         TEXT NOT NULL,
    workstation TEXT NOT NULL,
    text        TEXT NOT NULL
) STRICT;
CREATE INDEX key_movement_by_bunch ON key_movement (bunch_id, id);
CREATE INDEX key_movement_by_job ON key_movement (job_id) WHERE job_id IS NOT NULL;

-- The bunches that a job needs.
CREATE TABLE dispatch_job_key (
    job_id   INTEGER NOT NULL REFERENCES dispatch_job (id),
    bunch_id INTEGER NOT NULL REFERENCES key_bunch (id),
    PRIMARY KEY (job_id, bunch_id)
) STRICT, WITHOUT ROWID;

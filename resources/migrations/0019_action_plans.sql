-- What is to be done about alarms, who is to be called, and what was done.

-- A plan of steps. Rows are not changed but retired: a new version is a new row, so that the record of an old alarm
-- can still be read beside the plan that it followed.
CREATE TABLE action_plan (
    id            INTEGER PRIMARY KEY,
    name          TEXT NOT NULL,
    class         TEXT NOT NULL,
    premises_id   INTEGER,               -- null: for all
    premises_kind TEXT NOT NULL,         -- "school"; empty: any
    hours         TEXT NOT NULL,         -- of the week in which it holds; empty: always
    steps         TEXT NOT NULL,         -- JSON: [{"kind": "call", "text": "...", "required": true, "when": "always"}]
    made          INTEGER NOT NULL,
    made_by       TEXT NOT NULL,
    retired       INTEGER,
    retired_by    TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX action_plan_in_force ON action_plan (class) WHERE retired IS NULL;

-- The steps of an alarm, copied from its plan when somebody first took it.
CREATE TABLE alarm_step (
    id          INTEGER PRIMARY KEY,
    alarm_id    INTEGER NOT NULL REFERENCES alarm (id),
    position    INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    text        TEXT NOT NULL,
    required    INTEGER NOT NULL,
    applies     TEXT NOT NULL,           -- always, if-confirmed, if-not-confirmed
    state       TEXT NOT NULL,           -- open, done, skipped
    done_at     INTEGER,
    done_by     TEXT NOT NULL DEFAULT '',
    result      TEXT NOT NULL DEFAULT '',
    UNIQUE (alarm_id, position)
) STRICT;

-- Who is called for premises, in their order.
CREATE TABLE keyholder (
    id           INTEGER PRIMARY KEY,
    premises_id  INTEGER NOT NULL REFERENCES premises (id),
    position     INTEGER NOT NULL,
    name         TEXT NOT NULL,
    phones       TEXT NOT NULL,          -- one or more, with commas
    availability TEXT NOT NULL,          -- of the week; empty: always
    holds_keys   INTEGER NOT NULL,
    note         TEXT NOT NULL,
    UNIQUE (premises_id, position)
) STRICT;

-- The words by which somebody at the premises is known, sealed as panels' keys are.
CREATE TABLE premises_word (
    premises_id INTEGER PRIMARY KEY REFERENCES premises (id),
    sealed      TEXT NOT NULL            -- JSON: {"password": "...", "duress": "..."}
) STRICT;

-- The cameras that open for an alarm at premises, in their order.
CREATE TABLE premises_camera (
    premises_id INTEGER NOT NULL REFERENCES premises (id),
    position    INTEGER NOT NULL,
    camera_id   INTEGER NOT NULL REFERENCES camera (id),
    zone        TEXT NOT NULL,           -- the detector that it looks at; empty: any
    PRIMARY KEY (premises_id, position)
) STRICT;

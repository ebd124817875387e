-- What is wrong with the installation now, and what was; and when each camera is recorded.

-- One row from the beginning of a fault to its end. It stays for the record.
CREATE TABLE station_fault (
    id              INTEGER PRIMARY KEY,
    kind            TEXT NOT NULL,     -- "volume-missing", "volume-full", ...
    object          TEXT NOT NULL,     -- "volume main": with the kind it names one fault
    since           INTEGER NOT NULL,
    cause           TEXT NOT NULL,     -- one sentence
    message         TEXT NOT NULL,     -- what to do
    acknowledged_by TEXT,
    acknowledged_at INTEGER,
    ended           INTEGER
) STRICT;
CREATE UNIQUE INDEX station_fault_that_lasts ON station_fault (kind, object) WHERE ended IS NULL;

-- A camera without a row is always recorded.
CREATE TABLE recording_plan (
    camera_id INTEGER PRIMARY KEY,
    mode      TEXT NOT NULL CHECK (mode IN ('always', 'event', 'schedule', 'schedule-or-event')),
    pre_roll  INTEGER NOT NULL CHECK (pre_roll BETWEEN 0 AND 60),    -- seconds
    post_roll INTEGER NOT NULL CHECK (post_roll BETWEEN 0 AND 600),
    schedule  TEXT NOT NULL DEFAULT ''
) STRICT;

-- Why a camera is recorded for a time though its plan does not say always. Who has a reason adds a row.
CREATE TABLE recording_trigger (
    id         INTEGER PRIMARY KEY,
    camera_id  INTEGER NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('motion', 'alarm', 'manual')),
    from_time  INTEGER NOT NULL,
    until_time INTEGER,           -- none: it goes on
    who        TEXT NOT NULL
) STRICT;
CREATE INDEX recording_trigger_by_end ON recording_trigger (until_time);

-- Old recordings that are to be converted, and those that have been.
CREATE TABLE transcode_job (
    id           INTEGER PRIMARY KEY,
    place        INTEGER NOT NULL,            -- in the list; the one with the smallest comes next
    source       TEXT NOT NULL UNIQUE,        -- an absolute path
    source_bytes INTEGER NOT NULL,            -- as the file was when it came onto the list, or was started last
    source_time  INTEGER NOT NULL,            -- of its last change, likewise
    folder       TEXT NOT NULL DEFAULT '',    -- where the result goes; empty until it is started
    result       TEXT NOT NULL DEFAULT '',    -- a path; empty until work has begun
    state        TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'waiting', 'running', 'stopped', 'done', 'failed')),
    phase        TEXT NOT NULL DEFAULT '',    -- that was reached last, as transcode::nameOf has it
    share        INTEGER NOT NULL DEFAULT 0 CHECK (share BETWEEN 0 AND 1000), -- thousandths of the work that are done
    seconds_left INTEGER,                     -- of the phase, as far as it can be said
    has_damage   INTEGER NOT NULL DEFAULT 0,  -- some was found in the source
    error        TEXT NOT NULL DEFAULT '',    -- the kind, as base::nameOf has it, and a sentence
    message      TEXT NOT NULL DEFAULT '',
    who          TEXT NOT NULL,               -- gave the order: the user name and the desk
    workstation  TEXT NOT NULL,
    report       TEXT NOT NULL DEFAULT ''     -- JSON, as it lies beside the result
) STRICT;
CREATE INDEX transcode_job_by_place ON transcode_job (place);

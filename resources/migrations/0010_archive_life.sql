-- The archive's whole life: volumes, lean rows for 75 million files, gaps that still last, removal by rule, holds.

-- Where cameras are recorded. Volume 1 is DATA/archive and has a row only once something about it was written down.
CREATE TABLE archive_volume (
    id                INTEGER PRIMARY KEY,
    name              TEXT NOT NULL UNIQUE,
    path              TEXT NOT NULL,               -- absolute; empty: DATA/archive
    identity          TEXT NOT NULL DEFAULT '',    -- what the volume's own mark says; empty: not marked yet
    reserve_bytes     INTEGER CHECK (reserve_bytes >= 0),          -- none: by the size of the disk
    longest_days      INTEGER CHECK (longest_days BETWEEN 1 AND 3650),
    delete_early_days INTEGER CHECK (delete_early_days BETWEEN 1 AND 3650),  -- a full disk may shorten to this; none: never
    enabled           INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1))
) STRICT;

-- A camera without a row is recorded on volume 1.
CREATE TABLE camera_volume (
    camera_id INTEGER PRIMARY KEY,
    volume_id INTEGER NOT NULL
) STRICT;

-- A finished file. The name follows from number and begin_time, so it is kept only where it does not. AUTOINCREMENT: an
-- id that was removed must never name another file, because the audit log vouches for rows by their ids.
CREATE TABLE lean_segment (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    camera_id        INTEGER NOT NULL,
    volume_id        INTEGER NOT NULL DEFAULT 1,
    number           INTEGER NOT NULL DEFAULT 0,                  -- the camera's number in the file's name
    file             TEXT,                                        -- below the volume's folder; none: as derived
    begin_time       INTEGER NOT NULL,                            -- wall time of the first frame, by the station's clock
    duration         INTEGER NOT NULL CHECK (duration > 0),       -- until the last frame stops being shown
    first_media_time INTEGER NOT NULL,                            -- 90 kHz, the stream's clock
    media_span       INTEGER NOT NULL,                            -- from the first frame to the last
    frames           INTEGER NOT NULL CHECK (frames > 0),
    bytes            INTEGER NOT NULL CHECK (bytes > 0),
    sha256           BLOB NOT NULL CHECK (length(sha256) = 32),
    cause            TEXT NOT NULL                                -- why it ended
) STRICT;

INSERT INTO lean_segment (id, camera_id, number, file, begin_time, duration, first_media_time, media_span, frames, bytes,
                          sha256, cause)
SELECT id, camera_id, number, CASE WHEN file = derived THEN NULL ELSE file END, begin_time, end_time - begin_time,
       first_media_time, last_media_time - first_media_time, frames, bytes, unhexed, cause
FROM (
    SELECT segment.*, CAST(substr(file, 1, instr(file, '/') - 1) AS INTEGER) AS number,
           printf('%04d/%s/%04d-%s.%03dZ.mp4', CAST(substr(file, 1, instr(file, '/') - 1) AS INTEGER),
                  strftime('%Y-%m-%d', begin_time / 1000000, 'unixepoch'),
                  CAST(substr(file, 1, instr(file, '/') - 1) AS INTEGER),
                  strftime('%Y%m%dT%H%M%S', begin_time / 1000000, 'unixepoch'), begin_time / 1000 % 1000) AS derived,
           leedswatch_unhex(sha256) AS unhexed
    FROM segment
)
ORDER BY id;

DROP TABLE segment;
ALTER TABLE lean_segment RENAME TO segment;
CREATE UNIQUE INDEX segment_by_camera_and_begin ON segment (camera_id, begin_time, volume_id);

ALTER TABLE open_segment ADD COLUMN volume_id INTEGER NOT NULL DEFAULT 1;

-- What each camera takes a day on each volume, kept with every file that comes and goes: a forecast reads 52,000 rows
-- and never 75 million.
CREATE TABLE archive_day (
    day       INTEGER NOT NULL,  -- UTC days since 1970
    camera_id INTEGER NOT NULL,
    volume_id INTEGER NOT NULL,
    files     INTEGER NOT NULL,
    bytes     INTEGER NOT NULL,
    PRIMARY KEY (camera_id, day, volume_id)
) STRICT, WITHOUT ROWID;

INSERT INTO archive_day (day, camera_id, volume_id, files, bytes)
SELECT begin_time / 86400000000, camera_id, volume_id, count(*), sum(bytes) FROM segment GROUP BY 1, 2, 3;

-- A stretch of wall time without pictures, and why. One without an end still lasts.
CREATE TABLE lasting_gap (
    id         INTEGER PRIMARY KEY,
    camera_id  INTEGER NOT NULL,
    begin_time INTEGER NOT NULL,
    end_time   INTEGER,           -- before begin_time where the wall clock was set back
    cause      TEXT NOT NULL
) STRICT;
INSERT INTO lasting_gap (id, camera_id, begin_time, end_time, cause)
SELECT id, camera_id, begin_time, end_time, cause FROM recording_gap;
DROP TABLE recording_gap;
ALTER TABLE lasting_gap RENAME TO recording_gap;
CREATE INDEX recording_gap_by_camera_and_begin ON recording_gap (camera_id, begin_time);
CREATE UNIQUE INDEX recording_gap_that_lasts ON recording_gap (camera_id) WHERE end_time IS NULL;

-- Files that a rule says are to go: marked first, then unlinked, then their rows removed.
CREATE TABLE segment_deletion (
    segment_id INTEGER PRIMARY KEY,
    rule       TEXT NOT NULL
) STRICT;

-- What was deleted by rule, summarised by camera, day and rule, so that 2.4 million files a day make 1,688 rows.
CREATE TABLE deletion_journal (
    camera_id  INTEGER NOT NULL,
    day        INTEGER NOT NULL,  -- UTC day of the footage, days since 1970
    rule       TEXT NOT NULL,
    begin_time INTEGER NOT NULL,  -- the oldest and the newest that went
    end_time   INTEGER NOT NULL,
    files      INTEGER NOT NULL,
    bytes      INTEGER NOT NULL,
    first_at   INTEGER NOT NULL,  -- when the first and the last of them went
    last_at    INTEGER NOT NULL,
    PRIMARY KEY (camera_id, day, rule)
) STRICT, WITHOUT ROWID;

-- A digest whose row was removed by rule stays until the whole run that an event vouches for is gone.
ALTER TABLE segment_digest ADD COLUMN removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1));

-- Which ids each sealing vouches for; the newest row is never removed.
CREATE TABLE segment_run (
    first INTEGER PRIMARY KEY,
    last  INTEGER NOT NULL
) STRICT;
INSERT INTO segment_run (first, last)
SELECT json_extract(CAST(body AS TEXT), '$.w[0].id'), json_extract(CAST(body AS TEXT), '$.w[0].to')
FROM audit_event WHERE substr(CAST(body AS TEXT), 1, 23) = '{"act":"archive.sealed"';

-- Footage that no rule may delete until a supervisor lifts the hold.
CREATE TABLE footage_hold (
    id             INTEGER PRIMARY KEY,
    begin_time     INTEGER NOT NULL,
    end_time       INTEGER NOT NULL,
    reason         TEXT NOT NULL,
    placed_by      TEXT NOT NULL,
    placed_at      INTEGER NOT NULL,
    released_by    TEXT,
    released_at    INTEGER,
    release_reason TEXT,
    CHECK (begin_time < end_time)
) STRICT;
CREATE TABLE footage_hold_camera (
    camera_id INTEGER NOT NULL,
    hold_id   INTEGER NOT NULL REFERENCES footage_hold (id),
    PRIMARY KEY (camera_id, hold_id)
) STRICT, WITHOUT ROWID;

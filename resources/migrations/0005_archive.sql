-- The archive: which files there are, what each holds, and why there is nothing where there is nothing.

-- A finished file. Its row is written after its bytes and its name are on the disk. Never changed afterwards.
CREATE TABLE segment (
    id               INTEGER PRIMARY KEY,
    camera_id        INTEGER NOT NULL,                       -- camera.id; a segment outlives a camera that is removed
    file             TEXT NOT NULL UNIQUE,                   -- below the archive folder
    begin_time       INTEGER NOT NULL,                       -- wall time of the first frame, by the station's clock
    end_time         INTEGER NOT NULL,                       -- wall time at which the last frame stops being shown
    first_media_time INTEGER NOT NULL,                       -- 90 kHz, the stream's clock
    last_media_time  INTEGER NOT NULL,
    frames           INTEGER NOT NULL CHECK (frames > 0),
    bytes            INTEGER NOT NULL CHECK (bytes > 0),
    sha256           TEXT NOT NULL CHECK (length(sha256) = 64),
    cause            TEXT NOT NULL,                          -- why it ended
    CHECK (begin_time < end_time)
) STRICT;

CREATE INDEX segment_by_camera_and_begin ON segment (camera_id, begin_time);

-- A file in hand. The row comes before the file, so that after a crash every file has one.
CREATE TABLE open_segment (
    file             TEXT PRIMARY KEY NOT NULL,
    camera_id        INTEGER NOT NULL,
    begin_time       INTEGER NOT NULL,
    first_media_time INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A stretch of wall time without pictures, and why. Written when recording goes on again.
CREATE TABLE recording_gap (
    id         INTEGER PRIMARY KEY,
    camera_id  INTEGER NOT NULL,
    begin_time INTEGER NOT NULL,
    end_time   INTEGER NOT NULL,  -- before begin_time where the wall clock was set back
    cause      TEXT NOT NULL
) STRICT;

CREATE INDEX recording_gap_by_camera_and_begin ON recording_gap (camera_id, begin_time);

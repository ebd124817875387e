-- How a camera is connected to, where that is not the usual way. In a table of its own because the audit log vouches for
-- the rows of "camera" column by column (docs/decisions/0101). No row: transport 'automatic', no audio.
CREATE TABLE camera_connection (
    camera_id INTEGER PRIMARY KEY REFERENCES camera (id),
    transport TEXT NOT NULL CHECK (transport IN ('automatic', 'tcp', 'udp', 'multicast')),
    audio     INTEGER NOT NULL CHECK (audio IN (0, 1))  -- whether its sound may be kept; a matter of privacy
) STRICT;

-- What the station measured of each stream. Not audited: observations. Null: not known.
CREATE TABLE camera_stream (
    camera_id       INTEGER NOT NULL REFERENCES camera (id),
    stream          TEXT NOT NULL CHECK (stream IN ('main', 'sub')),
    measured        INTEGER NOT NULL,            -- when this row was written
    codec           TEXT NOT NULL,               -- '' until a picture came
    width           INTEGER NOT NULL,
    height          INTEGER NOT NULL,
    bits_per_second INTEGER NOT NULL,
    millifps        INTEGER NOT NULL,            -- pictures in 1000 s
    transport       TEXT NOT NULL,               -- 'tcp', 'udp', 'multicast', 'tls', 'tls-unverified', 'http', 'device', 'file'
    -- Since the station took the camera up:
    pictures        INTEGER NOT NULL,
    lost_packets    INTEGER,                     -- null where the transport cannot lose any
    reconnections   INTEGER NOT NULL,
    times_repeated  INTEGER NOT NULL,
    times_backwards INTEGER NOT NULL,
    times_leaping   INTEGER NOT NULL,
    times_missing   INTEGER NOT NULL,
    times_wrapped   INTEGER NOT NULL,
    PRIMARY KEY (camera_id, stream)
) STRICT;

-- How far a camera's clock is from the station's: positive if it is ahead, microseconds, with the time on the way in it.
CREATE TABLE camera_clock (
    camera_id INTEGER PRIMARY KEY REFERENCES camera (id),
    offset_us INTEGER NOT NULL,
    measured  INTEGER NOT NULL
) STRICT;

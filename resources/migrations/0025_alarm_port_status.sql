-- What went through each port at which alarms are received, as the station wrote it last. Not audited: an observation.
CREATE TABLE alarm_port_status (
    port    TEXT PRIMARY KEY,    -- "0.0.0.0 port 9300"
    written INTEGER NOT NULL,
    opened  INTEGER NOT NULL,    -- since when the counts are
    waiting INTEGER NOT NULL,    -- signals that are not on the disk yet
    counts  TEXT NOT NULL        -- JSON: {"signals": 12, "faults": {"crc": 1}, ...}
) STRICT, WITHOUT ROWID;

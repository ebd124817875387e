-- How cameras are watched for motion, and what was found.

-- A camera without a row is not watched.
CREATE TABLE motion_plan (
    camera_id     INTEGER PRIMARY KEY REFERENCES camera (id),
    camera_number INTEGER NOT NULL,  -- by which people know the row
    plan          TEXT NOT NULL      -- JSON, as analytics::textOfMotionPlan writes it
) STRICT;

-- Things that moved through a camera's picture, from the first one seen to the last one.
CREATE TABLE motion_event (
    id         INTEGER PRIMARY KEY,
    camera_id  INTEGER NOT NULL,
    from_time  INTEGER NOT NULL,
    until_time INTEGER NOT NULL,     -- when a thing was seen last, so far
    is_over    INTEGER NOT NULL,
    is_alarm   INTEGER NOT NULL,     -- the camera was armed when it began
    peak_time  INTEGER NOT NULL,
    peak_share INTEGER NOT NULL,     -- ten-thousandths of the picture
    sightings  TEXT NOT NULL         -- [[milliseconds after from_time, left, top, width, height],...]
) STRICT;
-- All that a timeline shows of an event.
CREATE INDEX motion_event_by_camera ON motion_event (camera_id, from_time, until_time, is_alarm, peak_share);
CREATE INDEX motion_event_by_time ON motion_event (from_time);
CREATE INDEX motion_event_alarm ON motion_event (from_time) WHERE is_alarm = 1;

-- Where in the picture something moved, for each second of five minutes; a span without motion has no row.
CREATE TABLE motion_activity (
    camera_id INTEGER NOT NULL,
    span      INTEGER NOT NULL,      -- five minutes since 1970
    seconds   BLOB NOT NULL,         -- as analytics::ActivitySpan writes them
    PRIMARY KEY (camera_id, span)
) STRICT, WITHOUT ROWID;
CREATE INDEX motion_activity_by_span ON motion_activity (span);

-- When a camera's pictures were looked at for motion, without a break. What is in no row was not looked at.
CREATE TABLE motion_watched (
    camera_id  INTEGER NOT NULL,
    from_time  INTEGER NOT NULL,
    until_time INTEGER NOT NULL,     -- so far: it is written down once a minute
    PRIMARY KEY (camera_id, from_time)
) STRICT, WITHOUT ROWID;

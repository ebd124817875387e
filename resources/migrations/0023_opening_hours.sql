-- When systems of premises may be unset: what is otherwise is an alarm.
CREATE TABLE opening_hours (
    id          INTEGER PRIMARY KEY,
    premises_id INTEGER NOT NULL REFERENCES premises (id),
    level       TEXT NOT NULL,       -- temporary before holiday before standard
    hours       TEXT NOT NULL,       -- of the week, Europe/London; empty: never
    tolerance   INTEGER NOT NULL,    -- minutes
    first_day   TEXT NOT NULL,       -- of a temporary one: "2026-12-24"; else empty
    last_day    TEXT NOT NULL,
    monitors    TEXT NOT NULL        -- "late-close early-open late-open early-close", those that are wanted
) STRICT;
CREATE INDEX opening_hours_by_premises ON opening_hours (premises_id);

CREATE TABLE public_holiday (
    day  TEXT PRIMARY KEY,           -- "2026-12-25"
    name TEXT NOT NULL
) STRICT;

-- What was raised on which local day: once a day each.
CREATE TABLE opening_alarm (
    premises_id INTEGER NOT NULL,
    monitor     TEXT NOT NULL,
    day         TEXT NOT NULL,
    PRIMARY KEY (premises_id, monitor)
) STRICT;

-- What kept cameras from seeing, and what engineers have said of their views.

-- From when a camera was tampered with until its view was back.
CREATE TABLE tamper_event (
    id           INTEGER PRIMARY KEY,
    camera_id    INTEGER NOT NULL,
    kind         TEXT NOT NULL,              -- as analytics::nameOf writes it: "covered"
    from_time    INTEGER NOT NULL,
    until_time   INTEGER,                    -- none: it lasts
    ended_by     TEXT NOT NULL DEFAULT '',   -- "view-back", "other-kind", "accepted", "not-watched"
    before_still TEXT NOT NULL DEFAULT '',   -- files below the data folder; empty: there is none
    after_still  TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX tamper_event_by_camera ON tamper_event (camera_id, from_time);
CREATE INDEX tamper_event_by_time ON tamper_event (from_time);
CREATE INDEX tamper_event_that_lasts ON tamper_event (camera_id) WHERE until_time IS NULL;

-- A camera without a row is watched, and its view was never accepted by anybody.
CREATE TABLE tamper_view (
    camera_id     INTEGER PRIMARY KEY REFERENCES camera (id),
    camera_number INTEGER NOT NULL,          -- by which people know the row
    is_watched    INTEGER NOT NULL,
    accepted_at   INTEGER NOT NULL,          -- when somebody last said that the view is right; 0: nobody has
    accepted_by   TEXT NOT NULL
) STRICT;
